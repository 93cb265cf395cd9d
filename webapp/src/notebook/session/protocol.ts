import type { Attachments } from '../../output/attachments';
import type { CellOutput, ResultViews } from '../../output/types';

/** Frames of docs/protocols/notebook.md, version 1. */

export type RunState = 'queued' | 'running' | 'done' | 'error' | 'cancelled';

export interface Run {
  state: RunState;
  run: number;
  by: string;
  queued: number;
  start: number;
  end: number;
  cancelling?: boolean;
  /** Why the cell could not be run at all. */
  problem?: string;
}

export interface SparkJob {
  jobId: number;
  state: 'running' | 'done' | 'failed';
  tasks: number;
  done: number;
  active: number;
  failed: number;
}

export interface Widget {
  type: 'text' | 'dropdown' | 'combobox' | 'multiselect';
  name: string;
  label: string;
  defaultValue: string;
  value: string;
  choices?: string[];
}

/** What runs when a widget gets another value. */
export type OnWidgetChange = 'cells' | 'notebook' | 'nothing';

export interface Person {
  client: string;
  user: string;
  /** Where the cursor is; without, in no cell. */
  cell?: string;
  /** Of the cell's text that `anchor` and `head` are places in. */
  version?: number;
  anchor?: number;
  head?: number;
}

export interface WireCell {
  id: string;
  version: number;
  text: string;
  title: string;
  titleShown: boolean;
  codeHidden: boolean;
  resultHidden: boolean;
  run?: Run;
  progress?: SparkJob[];
  views?: ResultViews;
  /** Pictures that came with a Jupyter document: by name, then by media type, in base64. */
  attachments?: Attachments;
}

/** `ChangeSet.toJSON()`. */
export type ChangeJson = (number | [number, ...string[]])[];

export interface Missed {
  version: number;
  client: string;
  changes: ChangeJson[];
}

export interface Snapshot {
  type: 'snapshot';
  n: number;
  language: string;
  cluster: string;
  context: string;
  by: string;
  lost: string;
  onWidgetChange: OnWidgetChange;
  widgets: Widget[];
  cells: WireCell[];
}

export interface ChangesFrame extends Missed {
  type: 'changes';
  n: number;
  cell: string;
  by: string;
}

interface Numbered {
  n?: number;
}

export type OpFrame = { type: 'op'; client?: string; by?: string } & Numbered &
  (
    | { op: 'insert'; after: string; cell: WireCell }
    | { op: 'delete'; cell: string }
    | { op: 'move'; cell: string; after: string }
    | { op: 'title'; cell: string; title: string; shown: boolean }
    | { op: 'collapse'; cell: string; code: boolean; result: boolean }
    | { op: 'view'; cell: string; views: ResultViews }
    | { op: 'notebookLanguage'; language: string }
  );

/** What changes the notebook that is shown; the text of cells is {@link ChangesFrame}'s. */
export type NotebookFrame =
  | Snapshot
  | OpFrame
  | { type: 'outputs'; cell: string; outputs: CellOutput[] }
  | ({ type: 'state'; cell: string } & Run & Numbered)
  | ({ type: 'stream'; cell: string; name: 'stdout' | 'stderr'; text: string } & Numbered)
  | ({ type: 'output'; cell: string; output?: CellOutput } & Numbered)
  | ({ type: 'updateOutput'; cell: string; displayId?: string; data?: Record<string, unknown>; metadata?: Record<string, unknown> } & Numbered)
  | ({ type: 'progress'; cell: string; jobs: SparkJob[] } & Numbered)
  | ({ type: 'clear'; cell: string } & Numbered)
  | ({ type: 'widgets'; onWidgetChange: OnWidgetChange; widgets: Widget[] } & Numbered)
  | ({ type: 'context'; cluster: string; context: string; by: string; lost: string } & Numbered)
  | ({ type: 'contextLost'; cluster: string; message: string; next: string } & Numbered)
  | ({ type: 'saved'; revision: number; by: string; at: number; reason: string; comment: string } & Numbered);

export interface Welcome {
  type: 'welcome';
  client: string;
  user: string;
  notebook: number;
  path: string;
  epoch: string;
  runnable: boolean;
  editable: boolean;
}

/** Answers to frames that had a `re`. */
export type Answer =
  | { type: 'accepted'; re: number; cell: string; version: number }
  | { type: 'rejected'; re: number; cell: string; version: number; missed?: Missed[]; text?: string }
  | { type: 'completion'; re: number; from: number; to: number; matches: string[] }
  | { type: 'inspection'; re: number; found: boolean; data?: Record<string, unknown> }
  | { type: 'done'; re: number; revision?: number; note?: string }
  | { type: 'pong'; re: number }
  | ErrorFrame;

export interface ErrorFrame {
  type: 'error';
  re?: number;
  cell?: string;
  code: string;
  reason?: string;
  message: string;
}

export type ServerFrame = Welcome | NotebookFrame | ChangesFrame | { type: 'presence'; people: Person[] } | Answer;

/** What a tab says; `re` is added by the connection. */
export type ClientFrame = { type: string; [field: string]: unknown };
