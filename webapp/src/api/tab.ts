import { showWorkspace } from './client';

/** Under which a tab keeps in which workspace it is: another tab of the same browser may be in another one. */
const KEPT = 'workspace';

let wanted = '';

/** The workspace that the tab's address names (`?o=`), else the one that the tab was in. */
export function begin(): void {
  wanted = new URLSearchParams(location.search).get('o') ?? sessionStorage.getItem(KEPT) ?? '';
}

export const wantedWorkspace = () => wanted;

export function beIn(id: string): void {
  wanted = id;
  showWorkspace(id);
  if (id) sessionStorage.setItem(KEPT, id);
  else sessionStorage.removeItem(KEPT);
}
