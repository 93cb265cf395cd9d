import { separatorOf } from '../parts/separators';
import { identifier, literal } from './tableSql';

/** How a file becomes a table: what Spark is told. Everything here is text; who runs it is elsewhere. */

export type Format = 'csv' | 'json' | 'parquet';

const FORMATS: Record<string, Format> = { csv: 'csv', tsv: 'csv', txt: 'csv', json: 'json', jsonl: 'json', ndjson: 'json', parquet: 'parquet' };

/** Undefined for files that no table can be made of. */
export function formatOf(name: string): Format | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(FORMATS, ending) ? FORMATS[ending] : undefined;
}

export interface Reading {
  format: Format;
  /** Of CSV. */
  header: boolean;
  separator: string;
  /** One JSON value over many lines, instead of one on each. */
  whole: boolean;
}

/** What the beginning of a file looks like. */
export function guessed(format: Format, start: string): Reading {
  return { format, header: true, separator: separatorOf(start), whole: /^\s*\[/.test(start) };
}

/** A name that a table or a column can have without being quoted: letters, digits and underscores. */
export function plainName(text: string): string {
  const name = text
    .trim()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
  return /^\d/.test(name) || name === '' ? `_${name}` : name;
}

export const tableName = (file: string) => plainName(file.replace(/\.[^.]*$/, '')).toLowerCase();

export interface FileColumn {
  /** As the file has it. */
  source: string;
  name: string;
  type: string;
  /** As Spark has found it. */
  found: string;
}

/** Spark's own names of types, where SQL has others. */
const SQL: Record<string, string> = { integer: 'INT', long: 'BIGINT', short: 'SMALLINT', byte: 'TINYINT' };

/** Delta takes no blanks and signs in names; two of one name would be refused. */
export function columnsOf(found: { name: string; type: string }[]): FileColumn[] {
  const seen = new Set<string>();
  return found.map(({ name, type }) => {
    const plain = plainName(name);
    let free = plain;
    for (let number = 2; seen.has(free.toLowerCase()); number += 1) free = `${plain}_${number}`;
    seen.add(free.toLowerCase());
    const words = SQL[type] ?? type.toUpperCase();
    return { source: name, name: free, type: words, found: words };
  });
}

/** Columns whose numbers begin with zeros, like postal codes: as numbers they would lose them. */
export function withZeros(columns: FileColumn[], start: string, { format, separator }: Reading): FileColumn[] {
  if (format !== 'csv') return columns;
  // Lines with quotes may hold anything; the others tell enough.
  const rows = start
    .split(/\r?\n/)
    .slice(1, 500)
    .filter((line) => !line.includes('"'))
    .map((line) => line.split(separator));
  return columns.map((column, at) => (/INT$/.test(column.found) && rows.some((row) => /^\s*0\d+\s*$/.test(row[at] ?? '')) ? { ...column, type: 'STRING' } : column));
}

const VIEW = 'slipway_file';
export const PREVIEW = `SELECT * FROM ${VIEW} LIMIT 50`;

/** A view of the file. With columns their names and types are taken as they are, and a value that does not fit them is an error. */
export function viewSql(path: string, { format, header, separator, whole }: Reading, columns?: FileColumn[]): string {
  const options: Record<string, string> = {
    path: exact(path),
    ...(format === 'csv' && { header: String(header), sep: separator, quote: '"', escape: '"', multiLine: 'true' }),
    ...(format === 'csv' && (columns ? { mode: 'FAILFAST' } : { inferSchema: 'true' })),
    ...(format === 'json' && { multiLine: String(whole) }),
  };
  const list = Object.entries(options).map(([key, value]) => `${key} ${literal(value)}`);
  const given = columns && format === 'csv' ? ` (${columns.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ')})` : '';
  return `CREATE OR REPLACE TEMPORARY VIEW ${VIEW}${given} USING ${format} OPTIONS (${list.join(', ')})`;
}

/** The table, out of the view. */
export function tableSql(target: string[], { format }: Reading, columns: FileColumn[], replace: boolean): string {
  const select = columns.map(({ source, name, type, found }) => {
    if (format === 'csv') return identifier(name);
    return `${type === found ? identifier(source) : `CAST(${identifier(source)} AS ${type})`} AS ${identifier(name)}`;
  });
  return `CREATE ${replace ? 'OR REPLACE ' : ''}TABLE ${target.map(identifier).join('.')} AS SELECT ${select.join(', ')} FROM ${VIEW}`;
}

/** Spark takes a path for a pattern where it has one of these in it. */
const exact = (path: string) => path.replaceAll(/[\\{}[\]*?]/g, '\\$&');

/** Why Spark could not read a file by its name: what it reads over many lines it looks up as a pattern, even where it is quoted. */
export function nameProblem(path: string, { format, whole }: Reading): string {
  const lines = format === 'csv' || (format === 'json' && whole);
  return lines && exact(path) !== path ? 'The name has \\ { } [ ] * or ? in it, which Spark reads as a pattern. Rename the file, then try again.' : '';
}

/** The first lines of a text, each as far as it tells what the file is like. */
export const startSql = (path: string) => `SELECT substr(value, 1, 4000) FROM text.${identifier(exact(path))} LIMIT 300`;

/** Larger files than the workspace takes go to DBFS. */
export const WORKSPACE_LIMIT = 10 << 20;

/** Where the bytes of a file go on DBFS, so that a cluster can read them. */
export const uploadPath = (file: string) => `/FileStore/tables/${file.replaceAll(/[/\\]/g, '_')}`;
