/** What a column holds, as far as sorting, filtering and drawing care. */
export type Kind = 'number' | 'date' | 'boolean' | 'text' | 'nested';

export interface Column {
  /** The name; of a second column with that name `name (2)`, and so on. */
  id: string;
  name: string;
  /** As SQL writes it: `array<string>`. */
  type: string;
  kind: Kind;
}

/** A table that a command gave: `application/vnd.slipway.table+json` of the driver protocol. */
export interface Table {
  columns: Column[];
  rows: unknown[][];
  truncated: boolean;
  /** Names a truncated one where all its rows can be had. */
  result?: string;
}

interface SparkField {
  name?: string;
  type?: unknown;
}

const SQL: Record<string, string> = { long: 'bigint', integer: 'int', short: 'smallint', byte: 'tinyint' };

/** Spark's JSON of a type, in the words of SQL. */
function words(type: unknown): string {
  if (typeof type === 'string') return SQL[type] ?? type;
  if (typeof type !== 'object' || type === null) return '';
  const { type: name, elementType, keyType, valueType, fields } = type as Record<string, unknown>;
  if (name === 'array') return `array<${words(elementType)}>`;
  if (name === 'map') return `map<${words(keyType)},${words(valueType)}>`;
  if (name === 'struct' && Array.isArray(fields)) {
    return `struct<${(fields as SparkField[]).map((field) => `${field.name ?? ''}:${words(field.type)}`).join(',')}>`;
  }
  return String(name ?? '');
}

function typeWords(type: unknown): string {
  if (typeof type !== 'string') return words(type);
  try {
    return words(JSON.parse(type)) || type;
  } catch {
    return words(type);
  }
}

function kindOf(type: string): Kind {
  if (/^(tinyint|smallint|int|bigint|float|double|real|decimal.*)$/.test(type)) return 'number';
  if (/^(date|timestamp.*)$/.test(type)) return 'date';
  if (type === 'boolean') return 'boolean';
  return /^(array|map|struct|variant)/.test(type) ? 'nested' : 'text';
}

export function columnsOf(schema: { name: string; type: unknown }[]): Column[] {
  const seen = new Map<string, number>();
  return schema.map(({ name, type }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const inWords = typeWords(type);
    return { id: times > 1 ? `${name} (${times})` : name, name, type: inWords, kind: kindOf(inWords) };
  });
}

/** Of the data of an output; undefined if it is no table. */
export function tableOf(data: unknown): Table | undefined {
  const { schema, data: rows, truncated, result } = (data ?? {}) as Record<string, unknown>;
  if (!Array.isArray(schema) || !Array.isArray(rows)) return undefined;
  const columns = columnsOf((schema as SparkField[]).map((field) => ({ name: String(field.name ?? ''), type: field.type })));
  return { columns, rows: rows as unknown[][], truncated: truncated === true, result: typeof result === 'string' ? result : undefined };
}

/** A value as one line of text; null is told apart by whoever shows it. */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** As a cell shows it: times without the letter inside and without their offset, which is the session's and the same for all. */
export function shownText(kind: Kind, value: unknown): string {
  const text = cellText(value);
  return kind === 'date' ? text.replace('T', ' ').replace(/(?:Z|[+-]\d{2}:\d{2})$/, '') : text;
}

/** A date without what is the same for all that have no time of their own. */
export const dayText = (kind: Kind, value: unknown) => shownText(kind, value).replace(/(?: 00:00:00)?(?:\.0+)?$/, '');

export const absent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** A value to calculate with; NaN if it is none. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : typeof value === 'boolean' ? Number(value) : NaN;
}
