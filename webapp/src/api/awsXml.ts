/** Reads the XML that services of AWS answer. Names are told without their namespaces: each service has one of its own. */

type Parent = Document | Element;

/** Throws if it is no XML. */
export function readXml(text: string): Document {
  const read = new DOMParser().parseFromString(text, 'application/xml');
  // Browsers tell a fault as a document.
  const fault = read.getElementsByTagName('parsererror')[0];
  if (fault) throw new Error(`This is no XML: ${fault.textContent ?? ''}`);
  return read;
}

/** What stands directly in something, by its name. */
export const allIn = (of: Parent | undefined, name: string): Element[] =>
  Array.from(of?.childNodes ?? []).filter((node): node is Element => node.nodeType === 1 && (node as Element).localName === name);

/** The first one along a way of names. */
export function oneIn(of: Parent | undefined, ...names: string[]): Element | undefined {
  let at = of;
  for (const name of names) at = allIn(at, name)[0];
  return at === of ? undefined : (at as Element | undefined);
}

/** The text at the end of a way of names; empty if it leads nowhere. */
export const textIn = (of: Parent | undefined, ...names: string[]): string => oneIn(of, ...names)?.textContent ?? '';

/** Lists of the query protocol have members. */
export const membersIn = (of: Parent | undefined, ...names: string[]): Element[] => allIn(oneIn(of, ...names), 'member');

export interface Fault {
  code: string;
  message: string;
  requestId: string;
}

/** What an error says: S3's is the document itself, that of the query protocol stands in one. */
export function faultIn(text: string): Fault | undefined {
  try {
    const all = readXml(text);
    const around = oneIn(all, 'ErrorResponse');
    const error = oneIn(around ?? all, 'Error');
    return error && { code: textIn(error, 'Code'), message: textIn(error, 'Message'), requestId: textIn(around ?? error, 'RequestId') };
  } catch {
    return undefined;
  }
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A text between tags; what XML cannot say otherwise is written as a number. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => ESCAPES[each] ?? each).replace(/[\r\n\t]/g, (each) => `&#${each.charCodeAt(0)};`);
