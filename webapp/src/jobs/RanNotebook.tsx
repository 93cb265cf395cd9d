import { useMemo, useState } from 'react';
import type { RanCell } from '../api/runViews';
import { Outputs } from '../output/Outputs';
import type { ResultViews } from '../output/types';
import { Code } from '../parts/Code';
import { outputsOf } from './cellOutputs';

/** The cells of a task's notebook as they were when it ran, each with what it put out: as in the notebook, but only to be read. */
export function RanNotebook({ cells, name }: { cells: RanCell[]; name: string }) {
  return (
    <div className="ran" role="group" aria-label={`Notebook of ${name} as it ran`}>
      {cells.map((cell) => (
        <Cell key={cell.index} cell={cell} />
      ))}
    </div>
  );
}

function Cell({ cell }: { cell: RanCell }) {
  const outputs = useMemo(() => outputsOf(cell.frames ?? []), [cell.frames]);
  const [views, changeViews] = useState<ResultViews>({});
  const number = cell.index + 1;
  return (
    <section className="ran-cell" aria-label={`Cell ${number}`}>
      <span className="dim num">{number}</span>
      <div>
        <Code text={cell.text} language={cell.language} label={`Code of cell ${number}`} />
        <Outputs outputs={outputs} label={`Output of cell ${number}`} views={views} changeViews={changeViews} />
      </div>
    </section>
  );
}
