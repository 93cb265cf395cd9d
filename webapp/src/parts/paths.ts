export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '/';

export const childOf = (folder: string, name: string) => (folder === '/' ? `/${name}` : `${folder}/${name}`);

/** `/a/b` as `[['a', '/a'], ['b', '/a/b']]`. */
export function steps(path: string): [string, string][] {
  const names = path.split('/').filter(Boolean);
  return names.map((name, index) => [name, `/${names.slice(0, index + 1).join('/')}`]);
}

/** What stands behind an address's splat. */
export const fromSplat = (splat: string | undefined) => `/${splat ?? ''}`.replace(/\/+$/, '') || '/';

/** What code on a cluster calls a file of the workspace: pandas, the shell and `open`; and Spark, to which a bare path is one of DBFS. */
export const localPath = (path: string) => `/Workspace${path}`;
export const sparkPath = (path: string) => `file:${localPath(path)}`;

/** `/a/data.csv`, or `/a/data (1).csv`, ... if something is there already. */
export function freeName(path: string, taken: (path: string) => boolean): string {
  const dot = path.lastIndexOf('.');
  const [stem, ending] = dot > path.lastIndexOf('/') + 1 ? [path.slice(0, dot), path.slice(dot)] : [path, ''];
  let free = path;
  for (let number = 1; taken(free); number += 1) free = `${stem} (${number})${ending}`;
  return free;
}

export const holdsTable = (path: string) => /\.(csv|tsv|jsonl?|ndjson|parquet)$/i.test(path);
