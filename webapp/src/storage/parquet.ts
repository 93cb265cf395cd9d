import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type SchemaTree } from 'hyparquet';

const PLAIN: Record<string, string> = { BOOLEAN: 'boolean', INT32: 'int', INT64: 'bigint', INT96: 'timestamp', FLOAT: 'float', DOUBLE: 'double', BYTE_ARRAY: 'binary', FIXED_LEN_BYTE_ARRAY: 'binary' };

/** The type of a column in the words of SQL. */
export function sqlType({ element, children }: SchemaTree): string {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (converted === 'LIST' || logical?.type === 'LIST') return 'array';
  if (converted === 'MAP' || logical?.type === 'MAP') return 'map';
  if (children.length > 0) return 'struct';
  if (element.repetition_type === 'REPEATED') return 'array';
  if (converted === 'UTF8' || logical?.type === 'STRING' || converted === 'ENUM' || converted === 'JSON') return 'string';
  if (converted === 'DATE' || logical?.type === 'DATE') return 'date';
  if (converted?.startsWith('TIMESTAMP') || logical?.type === 'TIMESTAMP') return 'timestamp';
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return `decimal(${element.precision ?? 10},${element.scale ?? 0})`;
  return PLAIN[type ?? ''] ?? (type ?? '').toLowerCase();
}

const hex = (value: Uint8Array) => `0x${Array.from(value.slice(0, 64), (each) => each.toString(16).padStart(2, '0')).join('')}${value.length > 64 ? '…' : ''}`;

/** A value as the grid takes it: whole numbers that a double cannot hold as text, times as they are written. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, plainValue);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainValue(each)]));
  return value ?? null;
}

/** What is shown of a file. */
export interface Parquet {
  count: number;
  groups: number;
  codecs: string[];
  writer: string;
  columns: { name: string; type: string }[];
  rows: unknown[][];
  /** Why there are columns and no rows; empty if there are. */
  why: string;
}

/** The first rows; a reader of more has Spark. */
const ROWS = 100;

/** Reads only those pieces of a file that are shown. */
export async function readParquet(byteLength: number, read: (start: number, end: number) => Promise<ArrayBuffer>): Promise<Parquet> {
  const file = { byteLength, slice: (start: number, end = byteLength) => read(start, end) };
  const metadata = await parquetMetadataAsync(file);
  const columns = parquetSchema(metadata).children.map((each) => ({ name: each.element.name, type: sqlType(each) }));
  const count = Number(metadata.num_rows);
  const codecs = new Set(metadata.row_groups.flatMap((group) => group.columns.map((column) => column.meta_data?.codec ?? 'UNCOMPRESSED')));
  codecs.delete('UNCOMPRESSED');
  const known = { count, groups: metadata.row_groups.length, codecs: [...codecs].map((each) => each.toLowerCase()), writer: metadata.created_by ?? '', columns };
  try {
    const found = await parquetReadObjects({ file, metadata, rowStart: 0, rowEnd: Math.min(ROWS, count) });
    return { ...known, rows: found.map((row) => columns.map(({ name }) => plainValue(row[name]))), why: '' };
  } catch (why) {
    return { ...known, rows: [], why: why instanceof Error ? why.message : String(why) };
  }
}
