import type { CellOutput, DisplayOutput, ErrorOutput, StreamOutput } from './types';

/** What is shown as one: a display, an error, or all that was printed between two of them. */
export type Block = { at: number; streams: StreamOutput[]; output?: undefined } | { at: number; streams?: undefined; output: DisplayOutput | ErrorOutput };

export function grouped(outputs: CellOutput[]): Block[] {
  const blocks: Block[] = [];
  outputs.forEach((output, at) => {
    const last = blocks.at(-1);
    if (output.type !== 'stream') blocks.push({ at, output });
    else if (output.text === '') return;
    else if (last?.streams) last.streams.push(output);
    else blocks.push({ at, streams: [output] });
  });
  return blocks;
}
