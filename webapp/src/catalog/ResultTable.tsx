import type { TableResult } from '../api/commands';

const NUMERIC = /^(tinyint|smallint|byte|short|int|integer|bigint|long|float|double|decimal.*)$/;

/** A value as text; null is told apart from an empty text by the caller. */
export function cellText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

export function ResultTable({ result }: { result: TableResult }) {
  if (result.columns.length === 0) return <p className="dim">The statement gave no table.</p>;
  return (
    <>
      <div className="table-box result" tabIndex={0} role="region" aria-label="Result">
        <table className="list">
          <thead>
            <tr>
              {result.columns.map(({ name, type }) => (
                <th key={name} className={NUMERIC.test(type) ? 'right' : undefined} title={type}>
                  {name} <small>{type}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.rows.map((row, index) => (
              <tr key={index}>
                {row.map((value, column) => (
                  <td key={column} className={NUMERIC.test(result.columns[column]?.type ?? '') ? 'right num' : undefined}>
                    {value === null || value === undefined ? <i className="dim">null</i> : <span title={cellText(value)}>{cellText(value)}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="dim">
        {result.rows.length} {result.rows.length === 1 ? 'row' : 'rows'}
        {result.truncated && ', cut off by the limit'}
      </p>
    </>
  );
}
