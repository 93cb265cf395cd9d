import { escaped } from '../api/awsXml';

/** XML for readers: each element on a line, without namespaces. */
export function indented(of: Element | undefined, depth = 0): string {
  if (!of) return '';
  const within = Array.from(of.childNodes).filter((node) => node.nodeType === 1) as Element[];
  const room = '  '.repeat(depth);
  if (within.length === 0) return `${room}<${of.localName}>${escaped(of.textContent ?? '')}</${of.localName}>`;
  return [`${room}<${of.localName}>`, ...within.map((each) => indented(each, depth + 1)), `${room}</${of.localName}>`].join('\n');
}
