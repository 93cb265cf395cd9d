import { importObject, mkdirs } from '../api/tree';
import { childOf, parentOf } from '../parts/paths';
import { unzip } from './zip';

export interface Arrival {
  path: string;
  file: File;
}

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

/** A zip archive becomes a folder of its name. */
async function unpacked({ path, file }: Arrival): Promise<{ path: string; content: Uint8Array }[]> {
  const content = new Uint8Array(await file.arrayBuffer());
  if (!file.name.toLowerCase().endsWith('.zip')) return [{ path, content }];
  const folder = path.slice(0, -'.zip'.length);
  return (await unzip(content)).map((each) => ({ path: childOf(folder, each.name), content: each.content }));
}

/** Puts files into the workspace: notebooks become notebooks, everything else stays a file. Returns how many. */
export async function bring(all: Arrival[]): Promise<number> {
  const files = (await Promise.all(all.map(unpacked))).flat();
  const folders = [...new Set(files.map(({ path }) => parentOf(path)))].sort();
  for (const folder of folders) await mkdirs(folder);
  for (const { path, content } of files) await importObject({ path, content, format: 'AUTO' });
  return files.length;
}
