import type { CellOutput, ResultViews } from './types';

export interface OutputsProps {
  outputs: CellOutput[];
  /** Names downloads, and is what a screen reader hears: "Output of cell 3". */
  label: string;
  views: ResultViews;
  changeViews: (views: ResultViews) => void;
}

function plain(output: CellOutput): string {
  if (output.type === 'stream') return output.text;
  if (output.type === 'error') return output.traceback.join('\n') || `${output.ename}: ${output.evalue}`;
  return String(output.data['text/plain'] ?? '');
}

/** What a cell has put out, in order. */
export function Outputs({ outputs, label }: OutputsProps) {
  return (
    <div className="outputs" role="group" aria-label={label}>
      {outputs.map((output, index) => (
        <pre key={index} className="code">
          {plain(output)}
        </pre>
      ))}
    </div>
  );
}
