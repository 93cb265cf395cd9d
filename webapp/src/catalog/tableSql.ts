import { quoted, type TableResult } from '../api/commands';

/** A text as SQL writes it. */
export const literal = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`;

/** A name as SQL writes it. */
export const identifier = (name: string) => `\`${name.replaceAll('`', '``')}\``;

export const commentColumnSql = (table: string, column: string, comment: string) => `ALTER TABLE ${quoted(table)} ALTER COLUMN ${identifier(column)} COMMENT ${literal(comment)}`;
export const versionSql = (table: string, version: number) => `SELECT * FROM ${quoted(table)} VERSION AS OF ${version} LIMIT 100`;
export const restoreSql = (table: string, version: number) => `RESTORE TABLE ${quoted(table)} TO VERSION AS OF ${version}`;

/** A change of a Delta table, as DESCRIBE HISTORY tells it. */
export interface Change {
  version: number;
  at: number;
  by: string;
  operation: string;
  /** `mode: Append`, one after the other. */
  parameters: string;
  rows?: number;
}

const said = (value: unknown) => typeof value === 'string' && value !== '' && !['[]', '{}', 'null'].includes(value);

/** Newest first, as they come. */
export function changesOf({ columns, rows }: TableResult): Change[] {
  const place = new Map(columns.map(({ name }, index) => [name, index]));
  return rows.map((row) => {
    const of = (name: string) => row[place.get(name) ?? -1];
    const object = (name: string) => (of(name) ?? {}) as Record<string, unknown>;
    const rowsOut = object('operationMetrics').numOutputRows;
    return {
      version: Number(of('version')),
      at: Date.parse(String(of('timestamp'))),
      by: String(of('userName') ?? ''),
      operation: String(of('operation') ?? ''),
      parameters: Object.entries(object('operationParameters'))
        .filter(([name, value]) => name !== 'isManaged' && said(value))
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(', '),
      rows: rowsOut === undefined ? undefined : Number(rowsOut),
    };
  });
}

/** What DESCRIBE DETAIL tells of the files of a Delta table. */
export function filesOf({ columns, rows }: TableResult): { files: number; bytes: number } | undefined {
  const of = (name: string) => rows[0]?.[columns.findIndex((column) => column.name === name)];
  const [files, bytes] = [of('numFiles'), of('sizeInBytes')];
  return typeof files === 'number' && typeof bytes === 'number' ? { files, bytes } : undefined;
}
