import { importObject, mkdirs } from '../api/workspace';
import { childOf, parentOf } from './paths';

export interface Arrival {
  path: string;
  file: File;
}

const LANGUAGES: Record<string, string> = { py: 'PYTHON', sql: 'SQL', scala: 'SCALA', r: 'R' };

/** Everything that was dropped, folders with what is in them. */
export async function arrivals(items: DataTransferItemList, folder: string): Promise<Arrival[]> {
  // The list is emptied when the event is over: entries are taken first.
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map((entry) => walk(entry, folder)))).flat();
}

async function walk(entry: FileSystemEntry, folder: string): Promise<Arrival[]> {
  const path = childOf(folder, entry.name);
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Arrival[] = [];
  for (;;) {
    // A reader gives at most a hundred at a time.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    found.push(...(await Promise.all(batch.map((each) => walk(each, path)))).flat());
  }
}

/** The language of a notebook's source, told by its file's name. */
export const languageOf = (name: string): string | undefined => LANGUAGES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];

/** Puts files into the workspace: notebooks become notebooks, everything else stays a file. Returns how many. */
export async function bring(all: Arrival[]): Promise<number> {
  const folders = [...new Set(all.map(({ path }) => parentOf(path)))].sort();
  for (const folder of folders) await mkdirs(folder);
  for (const { path, file } of all) {
    const content = new Uint8Array(await file.arrayBuffer());
    await importObject({ path, content, format: 'AUTO' });
  }
  return all.length;
}
