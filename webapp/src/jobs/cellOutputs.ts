import type { OutputFrame, RanCell } from '../api/runViews';
import { EXIT } from '../output/mime';
import type { CellOutput, DisplayOutput } from '../output/types';

/** `java.lang.IllegalStateException: it broke`: a class and its words. What begins with a sentence has no class. */
const NAMED = /^([\w.$]+): ([^]*)$/;

/** What frames come to: pieces of text are joined, and what was displayed takes the last form that it was given. */
export function outputsOf(frames: readonly OutputFrame[]): CellOutput[] {
  const outputs: CellOutput[] = [];
  for (const frame of frames) {
    const last = outputs.at(-1);
    const output = frame as unknown as CellOutput;
    if (frame.type === 'update_display_data') {
      outputs.forEach((each, at) => {
        if ('data' in each && each.displayId && each.displayId === frame.displayId) {
          outputs[at] = { ...each, data: frame.data as DisplayOutput['data'], metadata: frame.metadata as DisplayOutput['metadata'] };
        }
      });
    } else if (output.type === 'stream' && last?.type === 'stream' && last.name === output.name) {
      outputs[outputs.length - 1] = { ...last, text: last.text + output.text };
    } else if (['stream', 'display_data', 'execute_result', 'error'].includes(output.type)) {
      outputs.push(output);
    }
  }
  // Text is told a little later than it was printed; a notebook says nothing after it has exited.
  const exits = outputs.filter((output) => 'data' in output && output.data[EXIT] !== undefined);
  return [...outputs.filter((output) => !exits.includes(output)), ...exits];
}

/** All that a task put out, and why it failed if none of its cells says so: it may never have come so far. */
export function taskOutputs({ cells, error, trace }: { cells: RanCell[]; error?: string; trace?: string }): CellOutput[] {
  const outputs = outputsOf(cells.flatMap((cell) => cell.frames ?? []));
  if (!error || outputs.some(({ type }) => type === 'error')) return outputs;
  const [, ename = '', evalue = error] = NAMED.exec(error) ?? [];
  return [...outputs, { type: 'error', ename, evalue, traceback: trace ? trace.split('\n') : [] }];
}
