import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import { Copy } from '../../parts/Copy';
import { JsonTree } from '../JsonTree';
import { absent, cellText, type Table } from '../table';

interface Props {
  table: Table;
  row: number;
  close: () => void;
}

/** A value that is JSON in a text is worth a tree as well. */
function structured(value: unknown): object | undefined {
  if (typeof value === 'object' && value !== null) return value;
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  try {
    const parsed = JSON.parse(value) as unknown;
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function Value({ value }: { value: unknown }) {
  if (absent(value)) return <i className="dim">null</i>;
  const inside = structured(value);
  if (inside) return <JsonTree value={inside} />;
  return value === '' ? <i className="dim">empty</i> : <span>{cellText(value)}</span>;
}

/** One row from top to bottom, where nested and long values have room. */
export function RowDetail({ table, row, close }: Props) {
  const values = table.rows[row];
  return (
    <aside className="grid-detail" aria-label={`Row ${row + 1}`} onKeyDown={(event) => event.key === 'Escape' && close()}>
      <header>
        <b>Row {row + 1}</b>
        {values && <Copy text={JSON.stringify(Object.fromEntries(table.columns.map(({ id }, at) => [id, values[at] ?? null])), null, 2)} label="Copy the row as JSON" />}
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label="Close the row" onClick={close}>
          <X size={14} />
        </ActionIcon>
      </header>
      <dl tabIndex={0}>
        {table.columns.map((column, at) => (
          <div key={column.id}>
            <dt>
              {column.name} <small>{column.type}</small>
            </dt>
            <dd>
              <Value value={values?.[at]} />
            </dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
