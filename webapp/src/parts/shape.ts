/**
 * What JSON that somebody wrote must look like so that forms can show it. Whatever a shape does not name is kept as it is: the server
 * judges it.
 */
export type Shape = 'text' | 'number' | 'yes or no' | 'value' | readonly [Shape] | { every: Shape } | { fields: Record<string, Shape>; needed?: readonly string[] };

type Fields = Record<string, unknown>;

export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** null says the same as nothing, as everywhere in the API: fields with it go, and elements of lists too. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== null && each !== undefined).map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null && each !== undefined)
      .map(([key, each]) => [key, withoutNulls(each)]),
  );
}

const NAMES = { text: 'text in quotes', number: 'a number', 'yes or no': 'true or false', value: 'text, a number, true or false' };

function fits(value: unknown, shape: keyof typeof NAMES): boolean {
  if (shape === 'text') return typeof value === 'string';
  if (shape === 'number') return typeof value === 'number';
  if (shape === 'yes or no') return typeof value === 'boolean';
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** What does not fit, each as a sentence that names the place: `tasks[0].depends_on must be a list.` */
export function misfits(value: unknown, shape: Shape, place = ''): string[] {
  const must = (what: string) => [`${place || 'This'} must be ${what}.`];
  if (typeof shape === 'string') return fits(value, shape) ? [] : must(NAMES[shape]);
  if (isList(shape)) return Array.isArray(value) ? value.flatMap((each, index) => misfits(each, shape[0], `${place}[${index}]`)) : must('a list');
  if (!isObject(value)) return must('an object');
  const at = (key: string) => (place ? `${place}.${key}` : key);
  if ('every' in shape) return Object.entries(value).flatMap(([key, each]) => misfits(each, shape.every, at(key)));
  const missing = (shape.needed ?? []).filter((key) => !Object.hasOwn(value, key)).map((key) => `${at(key)} is missing.`);
  const wrong = Object.entries(value).flatMap(([key, each]) => {
    const own = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    return own ? misfits(each, own, at(key)) : [];
  });
  return [...missing, ...wrong];
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);
