import type { KeyboardEvent, RefCallback } from 'react';
import type { Column } from './column';

export interface RowProps<T> {
  row: T;
  /** Place among the rows that the filter leaves. */
  index: number;
  columns: Column<T>[];
  focused: () => void;
  pressed: (event: KeyboardEvent) => void;
  opened: () => void;
  /** Of rows that come and go while one scrolls. */
  measured?: RefCallback<HTMLTableRowElement>;
}

export function TableRow<T>({ row, index, columns, focused, pressed, opened, measured }: RowProps<T>) {
  return (
    <tr ref={measured} data-index={index} aria-rowindex={measured && index + 2} tabIndex={-1} onFocus={focused} onKeyDown={pressed} onDoubleClick={opened}>
      {columns.map((column) => (
        <td key={column.name} className={column.right ? 'right num' : undefined}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
