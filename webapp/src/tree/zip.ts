export interface Unzipped {
  /** As written in the archive, with `/` between folders. */
  name: string;
  content: Uint8Array;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

function inflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer().then((buffer) => new Uint8Array(buffer));
}

/** Where the list of entries begins and how many there are: told at the archive's end, before a comment of up to 64 kB. */
function directory(view: DataView): { at: number; count: number } {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === END) return { at: view.getUint32(at + 16, true), count: view.getUint16(at + 10, true) };
  }
  throw new Error('This is not a zip archive.');
}

/** Files of a zip archive (APPNOTE 6.3, without encryption, without 64-bit sizes). Folders and names that climb out are left out. */
export async function unzip(bytes: Uint8Array): Promise<Unzipped[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files: Unzipped[] = [];
  let { at, count } = directory(view);
  for (; count > 0; count -= 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new Error('This zip archive is damaged.');
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const header = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const from = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    const data = bytes.subarray(from, from + size);
    if (!name.endsWith('/') && !name.split('/').includes('..') && !name.startsWith('__MACOSX/')) {
      if (method !== STORED && method !== DEFLATED) throw new Error(`${name} is packed in a way that is not supported.`);
      files.push({ name, content: method === STORED ? data : await inflated(data) });
    }
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}
