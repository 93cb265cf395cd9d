import { showWorkspace } from './client';

/** Under which a tab keeps in which workspace it is: another tab of the same browser may be in another one. */
const KEPT = 'workspace';

/** The workspace that the tab's address names (`?o=`), else the one that the tab was in. */
export function begin(): void {
  showWorkspace(new URLSearchParams(location.search).get('o') ?? sessionStorage.getItem(KEPT) ?? '');
}

export function beIn(id: string): void {
  showWorkspace(id);
  if (id) sessionStorage.setItem(KEPT, id);
  else sessionStorage.removeItem(KEPT);
}
