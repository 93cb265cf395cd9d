/** What may stand between the fields of a line of CSV. */
export const SEPARATORS = [
  { value: ',', label: 'comma' },
  { value: ';', label: 'semicolon' },
  { value: '\t', label: 'tab' },
  { value: '|', label: 'bar' },
];

/** The separator that the first line has most of; of a file that begins like this. */
export function separatorOf(start: string): string {
  const first = start.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  const counts = SEPARATORS.map(({ value }): [string, number] => [value, first.split(value).length]);
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}
