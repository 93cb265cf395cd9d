import { Play, Square } from 'lucide-react';
import { useRoom, useSession } from './room';
import type { Cell } from './session/notebook';

/** The run button beside a cell, and its number. */
export function CellGutter({ cell, number }: { cell: Cell; number: number }) {
  const { actions } = useRoom();
  const runnable = useSession((view) => view.runnable);
  const busy = cell.run?.state === 'running' || cell.run?.state === 'queued';
  return (
    <div className="cell-gutter">
      {cell.kind === 'code' && runnable && (
        <button
          type="button"
          className={busy ? 'cell-run busy' : 'cell-run'}
          aria-label={busy ? `Interrupt cell ${number}` : `Run cell ${number}`}
          title={busy ? 'Interrupt' : 'Run (Ctrl Enter)'}
          onClick={() => (busy ? actions.interrupt([cell.id]) : actions.run([cell.id]))}
        >
          {busy ? <Square size={11} fill="currentColor" /> : <Play size={13} fill="currentColor" />}
        </button>
      )}
      <span className="cell-number num">{number}</span>
    </div>
  );
}
