import { columnsOf, type Table } from '../output/table';
import { separatorOf } from '../parts/separators';

/** Fields of lines (RFC 4180); a line that is cut in the middle is left out. */
export function parseCsv(text: string, separator: string, cut: boolean): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const each = text[at] ?? '';
    if (quoted) {
      if (each !== '"') field += each;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (each === '"' && field === '') quoted = true;
    else if (each === separator) {
      row.push(field);
      field = '';
    } else if (each === '\n' || each === '\r') {
      if (each === '\r' && text[at + 1] === '\n') at += 1;
      row.push(field);
      rows.push(row);
      row = [];
      field = '';
    } else field += each;
  }
  if (!cut && (field !== '' || row.length > 0)) rows.push([...row, field]);
  return rows.filter((each) => each.length > 1 || each[0] !== '');
}

const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The first line has the names of the columns. */
export function csvTable(text: string, name: string, cut: boolean): Table {
  const plain = text.replace(/^\uFEFF/, '');
  const [names = [], ...lines] = parseCsv(plain, name.toLowerCase().endsWith('.tsv') ? '\t' : separatorOf(plain), cut);
  const width = Math.max(names.length, ...lines.slice(0, 1000).map(({ length }) => length));
  const numeric = (column: number) => lines.some((line) => line[column]) && lines.every((line) => !line[column] || NUMBER.test(line[column]));
  const schema = Array.from({ length: width }, (_, column) => ({ name: names[column] ?? `column ${column + 1}`, type: numeric(column) ? 'double' : 'string' }));
  return { columns: columnsOf(schema), rows: lines.map((line) => schema.map((_, column) => (line[column] === undefined || line[column] === '' ? null : line[column]))), truncated: cut };
}
