import { importObject, listFolder, mkdirs } from '../api/tree';
import { childOf, freeName, parentOf } from '../parts/paths';
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
async function unpacked({ path, file }: Arrival): Promise<Incoming[]> {
  const content = new Uint8Array(await file.arrayBuffer());
  if (!file.name.toLowerCase().endsWith('.zip')) return [{ path, content }];
  const folder = path.slice(0, -'.zip'.length);
  return (await unzip(content)).map((each) => ({ path: childOf(folder, each.name), content: each.content }));
}

export interface Incoming {
  path: string;
  content: Uint8Array;
}

export interface Outgoing extends Incoming {
  overwrite: boolean;
}

export const unpackedAll = async (all: Arrival[]): Promise<Incoming[]> => (await Promise.all(all.map(unpacked))).flat();

const HEADER = /^(#|--|\/\/) Databricks notebook source/;

/** Where the server puts a file: a notebook loses its ending, everything else keeps its name. */
export function objectPath({ path, content }: Incoming): string {
  if (/\.ipynb$/i.test(path)) return path.slice(0, -'.ipynb'.length);
  const source = /\.(py|sql|scala|r)$/i.exec(path);
  const first = source && new TextDecoder().decode(content.subarray(0, 40)).replace(/^\uFEFF/, '');
  return source && HEADER.test(first ?? '') ? path.slice(0, -source[0].length) : path;
}

/** Which of their places are taken, and what else is in the folders that they go to. */
export async function takenAmong(files: Incoming[]): Promise<Set<string>> {
  const folders = [...new Set(files.map(({ path }) => parentOf(path)))];
  const there = await Promise.all(folders.map((folder) => listFolder(folder).catch(() => [])));
  return new Set(there.flat().map(({ path }) => path));
}

/** What is to be written, after the reader has said what becomes of what is there already. */
export function decide(files: Incoming[], taken: Set<string>, choice: 'replace' | 'both' | 'skip'): Outgoing[] {
  const used = new Set([...taken, ...files.map(objectPath).filter((path) => !taken.has(path))]);
  return files.flatMap((file): Outgoing[] => {
    if (!taken.has(objectPath(file))) return [{ ...file, overwrite: false }];
    if (choice === 'skip') return [];
    if (choice === 'replace') return [{ ...file, overwrite: true }];
    const free = freeName(file.path, (path) => used.has(objectPath({ ...file, path })));
    used.add(objectPath({ ...file, path: free }));
    return [{ ...file, path: free, overwrite: false }];
  });
}

/** Puts files into the workspace: notebooks become notebooks, everything else stays a file. Returns how many. */
export async function store(files: Outgoing[]): Promise<number> {
  const folders = [...new Set(files.map(({ path }) => parentOf(path)))].sort();
  for (const folder of folders) await mkdirs(folder);
  for (const { path, content, overwrite } of files) await importObject({ path, content, format: 'AUTO', overwrite });
  return files.length;
}
