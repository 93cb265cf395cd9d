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
