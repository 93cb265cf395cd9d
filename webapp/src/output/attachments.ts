import { object, text } from './kept';

/** By name, then by media type, in base64: as Jupyter keeps them with a cell. */
export type Attachments = Record<string, Record<string, string>>;

/** The picture that `attachment:name` means; undefined if there is none. */
export function attached(address: string, attachments: Attachments | undefined): string | undefined {
  const name = /^attachment:(.+)$/.exec(address)?.[1];
  if (name === undefined) return undefined;
  const all = object(attachments);
  const named = [name, decoded(name)].find((each) => Object.hasOwn(all, each));
  const [type, content] = Object.entries(object(named === undefined ? undefined : all[named])).find(([each]) => /^image\/[\w.+-]+$/.test(each)) ?? [];
  const base64 = (Array.isArray(content) ? content.map(text).join('') : text(content)).replaceAll(/\s/g, '');
  return type && /^[\w+/=]+$/.test(base64) ? `data:${type};base64,${base64}` : undefined;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
