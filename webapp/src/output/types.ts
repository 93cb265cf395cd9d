/** What a cell puts out, as the server tells it: Jupyter's outputs in small (docs/protocols/notebook.md). */
export type CellOutput = StreamOutput | DisplayOutput | ErrorOutput;

export interface StreamOutput {
  type: 'stream';
  name: 'stdout' | 'stderr';
  text: string;
}

export interface DisplayOutput {
  type: 'display_data' | 'execute_result';
  /** By MIME type, richest first chosen by the page. */
  data: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  displayId?: string;
}

export interface ErrorOutput {
  type: 'error';
  ename: string;
  evalue: string;
  /** Lines, with terminal colours. */
  traceback: string[];
}

/** How a reader has arranged a cell's results: kept with the cell. One entry for each output that has been arranged, by its position. */
export type ResultViews = Record<string, unknown>;
