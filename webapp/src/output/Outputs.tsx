import { Button } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { Caught } from '../parts/Caught';
import { Display } from './Display';
import { Failure } from './Failure';
import { grouped, type Block } from './grouped';
import { Stream } from './Stream';
import type { CellOutput, ResultViews } from './types';
import './output.css';

export interface OutputsProps {
  outputs: CellOutput[];
  /** Names downloads, and is what a screen reader hears: "Output of cell 3". */
  label: string;
  views: ResultViews;
  changeViews: (views: ResultViews) => void;
}

/** A loop may display thousands of things. */
const STEP = 100;

/** What a cell has put out, in order. */
export const Outputs = memo(function Outputs({ outputs, label, views, changeViews }: OutputsProps) {
  const [most, setMost] = useState(STEP);
  const blocks = useMemo(() => grouped(outputs), [outputs]);
  return (
    <div className="outputs" role="group" aria-label={label}>
      {blocks.slice(0, most).map((block) => (
        <Caught key={block.at} what="This output" of={block.output}>
          <One block={block} label={label} kept={views[block.at]} keep={(view) => changeViews({ ...views, [block.at]: view })} />
        </Caught>
      ))}
      {blocks.length > most && (
        <Button size="compact-xs" variant="default" onClick={() => setMost(most + STEP)}>
          Show {Math.min(STEP, blocks.length - most)} more of {blocks.length} outputs
        </Button>
      )}
    </div>
  );
});

function One({ block, label, kept, keep }: { block: Block; label: string; kept: unknown; keep: (view: unknown) => void }) {
  if (block.streams) return <Stream parts={block.streams} label={label} />;
  if (block.output.type === 'error') return <Failure output={block.output} />;
  return <Display output={block.output} label={label} kept={kept} keep={keep} />;
}
