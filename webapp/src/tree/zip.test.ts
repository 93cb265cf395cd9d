import { expect, test } from 'vitest';
import { unzip } from './zip';

/** The smallest archive of these files, stored as they are or already deflated. */
function archive(files: { name: string; method: number; data: Uint8Array }[]): Uint8Array {
  const text = new TextEncoder();
  const parts: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let at = 0;
  for (const { name, method, data } of files) {
    const bytes = text.encode(name);
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    local.setUint16(26, bytes.length, true);
    const entry = new DataView(new ArrayBuffer(46));
    entry.setUint32(0, 0x02014b50, true);
    entry.setUint16(10, method, true);
    entry.setUint32(20, data.length, true);
    entry.setUint16(28, bytes.length, true);
    entry.setUint32(42, at, true);
    parts.push(new Uint8Array(local.buffer), bytes, data);
    entries.push(new Uint8Array(entry.buffer), bytes);
    at += 30 + bytes.length + data.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, files.length, true);
  end.setUint32(16, at, true);
  return Uint8Array.from([...parts, ...entries, new Uint8Array(end.buffer)].flatMap((part) => [...part]));
}

async function deflated(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

test('files of an archive come out as they went in, without folders and without names that climb', async () => {
  const plain = new TextEncoder().encode('print(1)');
  const files = await unzip(
    archive([
      { name: 'a/', method: 0, data: new Uint8Array() },
      { name: 'a/one.py', method: 0, data: plain },
      { name: 'a/two.sql', method: 8, data: await deflated('select 2') },
      { name: '../evil.py', method: 0, data: plain },
    ]),
  );
  expect(files.map(({ name, content }) => [name, new TextDecoder().decode(content)])).toEqual([
    ['a/one.py', 'print(1)'],
    ['a/two.sql', 'select 2'],
  ]);
});

test('what is no archive is refused', async () => {
  await expect(unzip(new Uint8Array(100))).rejects.toThrow('not a zip archive');
});
