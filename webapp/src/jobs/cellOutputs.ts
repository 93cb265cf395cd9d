import type { RunOutput } from '../api/jobs';
import { EXIT } from '../output/mime';
import type { CellOutput } from '../output/types';

/** `java.lang.IllegalStateException: it broke`: a class and its words. What begins with a sentence has no class. */
const NAMED = /^([\w.$]+): ([^]*)$/;

/** What a task printed, why it failed and what it returned, in the form that cells put out. */
export function cellOutputs({ logs, error, error_trace: trace, notebook_output: notebook }: RunOutput): CellOutput[] {
  const outputs: CellOutput[] = [];
  if (logs) outputs.push({ type: 'stream', name: 'stdout', text: logs });
  if (error || trace) {
    const [, ename = '', evalue = error ?? ''] = NAMED.exec(error ?? '') ?? [];
    outputs.push({ type: 'error', ename, evalue, traceback: trace ? trace.split('\n') : [] });
  }
  if (notebook?.result !== undefined) outputs.push({ type: 'display_data', data: { [EXIT]: { value: notebook.result } } });
  return outputs;
}
