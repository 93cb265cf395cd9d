import { ApiError } from '../api/client';
import { exportText } from '../api/tree';
import { childOf, nameOf, parentOf } from '../parts/paths';

/** Somebody else has saved the file since it was opened here; `theirs` is undefined if it was deleted. */
export interface Conflict {
  theirs: string | undefined;
}

/** Bytes that are no UTF-8 have been replaced; saving them would destroy the file. */
export const isText = (content: string) => !content.includes('\ufffd') && !content.includes('\0');

/** As an editor gives a text back: with line breaks of one kind. */
export const edited = (text: string) => text.replaceAll(/\r\n?/g, '\n');

/** What the file is now; undefined if it is gone. */
export async function present(path: string): Promise<string | undefined> {
  try {
    return await exportText(path, 'SOURCE');
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 404) return undefined;
    throw failure;
  }
}

/** Whether saving `mine` would undo what somebody else did since `saved` was read or written here. */
export const disagree = (saved: string, theirs: string | undefined, mine: string) => theirs !== saved && theirs !== mine;

/** `/a/b.py` becomes `/a/b-copy.py`. */
export function copyOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  const end = dot > 0 ? dot : name.length;
  return childOf(parentOf(path), `${name.slice(0, end)}-copy${name.slice(end)}`);
}
