import type { Attachments } from '../../output/attachments';
import type { CellOutput, ResultViews } from '../../output/types';
import { kindOf, languageOf, type Kind } from './magic';
import type { NotebookFrame, OnWidgetChange, OpFrame, Run, SparkJob, WireCell, Widget } from './protocol';

/** A cell without its text, which changes with every key. */
export interface Cell {
  readonly id: string;
  readonly title: string;
  readonly titleShown: boolean;
  readonly codeHidden: boolean;
  readonly resultHidden: boolean;
  readonly language: string;
  readonly kind: Kind;
  readonly run?: Run;
  readonly jobs: readonly SparkJob[];
  readonly outputs: CellOutput[];
  readonly views: ResultViews;
  readonly attachments?: Attachments;
}

export interface Loss {
  cluster: string;
  message: string;
  next: string;
}

export interface Notebook {
  readonly language: string;
  /** Empty: not attached. */
  readonly cluster: string;
  readonly context: string;
  /** Whose rights the code runs with. */
  readonly by: string;
  readonly loss?: Loss;
  readonly widgets: readonly Widget[];
  readonly onWidgetChange: OnWidgetChange;
  readonly saved?: { revision: number; by: string; at: number; reason: string };
  readonly order: readonly string[];
  readonly cells: ReadonlyMap<string, Cell>;
}

export const EMPTY: Notebook = { language: 'python', cluster: '', context: '', by: '', widgets: [], onWidgetChange: 'cells', order: [], cells: new Map() };

/** What the server shows of a cell's text at most; older text goes, as there. */
const MOST_TEXT = 10 << 20;

export function cellOf(wire: WireCell, notebook: string): Cell {
  const language = languageOf(wire.text, notebook);
  return {
    id: wire.id,
    title: wire.title,
    titleShown: wire.titleShown,
    codeHidden: wire.codeHidden,
    resultHidden: wire.resultHidden,
    language,
    kind: kindOf(language),
    run: wire.run,
    jobs: wire.progress ?? [],
    outputs: [],
    views: wire.views ?? {},
    attachments: wire.attachments,
  };
}

/** The notebook after a frame; what has not changed stays the same object. */
export function reduce(notebook: Notebook, frame: NotebookFrame): Notebook {
  switch (frame.type) {
    case 'snapshot':
      return {
        language: frame.language,
        cluster: frame.cluster,
        context: frame.context,
        by: frame.by,
        loss: frame.lost ? { cluster: frame.cluster, message: frame.lost, next: '' } : undefined,
        widgets: frame.widgets,
        onWidgetChange: frame.onWidgetChange,
        order: frame.cells.map((cell) => cell.id),
        cells: new Map(frame.cells.map((cell) => [cell.id, cellOf(cell, frame.language)])),
      };
    case 'op':
      return operated(notebook, frame);
    case 'widgets':
      return { ...notebook, widgets: frame.widgets, onWidgetChange: frame.onWidgetChange };
    case 'context': {
      const { cluster, context, by, lost } = frame;
      const loss = lost ? (notebook.loss ?? { cluster, message: lost, next: '' }) : undefined;
      return { ...notebook, cluster, context, by, loss };
    }
    case 'contextLost':
      return { ...notebook, loss: { cluster: frame.cluster, message: frame.message, next: frame.next } };
    case 'saved':
      return { ...notebook, saved: { revision: frame.revision, by: frame.by, at: frame.at, reason: frame.reason } };
    case 'updateOutput':
      // What was shown may be another cell's: the table of a stream goes on while later cells run.
      return [...notebook.cells.keys()].reduce((all, id) => changed(all, id, (cell) => updated(cell, frame)), notebook);
    default:
      return changed(notebook, frame.cell, (cell) => ran(cell, frame));
  }
}

function operated(notebook: Notebook, frame: OpFrame): Notebook {
  switch (frame.op) {
    case 'insert': {
      const { id } = frame.cell;
      // A cell that this tab has inserted is there already, perhaps with text.
      const cell = notebook.cells.get(id) ?? cellOf(frame.cell, notebook.language);
      return { ...notebook, order: placed(notebook.order, id, frame.after), cells: new Map(notebook.cells).set(id, cell) };
    }
    case 'delete': {
      const cells = new Map(notebook.cells);
      cells.delete(frame.cell);
      return { ...notebook, order: notebook.order.filter((id) => id !== frame.cell), cells };
    }
    case 'move':
      return { ...notebook, order: placed(notebook.order, frame.cell, frame.after) };
    case 'title':
      return changed(notebook, frame.cell, (cell) => ({ ...cell, title: frame.title, titleShown: frame.shown }));
    case 'collapse':
      return changed(notebook, frame.cell, (cell) => ({ ...cell, codeHidden: frame.code, resultHidden: frame.result }));
    case 'view':
      return changed(notebook, frame.cell, (cell) => ({ ...cell, views: frame.views }));
    case 'notebookLanguage':
      return { ...notebook, language: frame.language };
  }
}

/** Below `after`; at the top if that is empty, at the end if it is gone. */
function placed(order: readonly string[], id: string, after: string): string[] {
  const others = order.filter((each) => each !== id);
  const above = others.indexOf(after);
  others.splice(after === '' ? 0 : above < 0 ? others.length : above + 1, 0, id);
  return others;
}

export function changed(notebook: Notebook, id: string, change: (cell: Cell) => Cell): Notebook {
  const cell = notebook.cells.get(id);
  const next = cell && change(cell);
  return !next || next === cell ? notebook : { ...notebook, cells: new Map(notebook.cells).set(id, next) };
}

type CellFrame = Exclude<NotebookFrame, { type: 'snapshot' | 'op' | 'widgets' | 'context' | 'contextLost' | 'saved' | 'updateOutput' }>;

function ran(cell: Cell, frame: CellFrame): Cell {
  switch (frame.type) {
    case 'outputs':
      return { ...cell, outputs: frame.outputs };
    case 'state': {
      const { state, run, by, queued, start, end, cancelling, problem } = frame;
      const next = { ...cell, run: { state, run, by, queued, start, end, cancelling, problem } };
      return state === 'queued' ? { ...next, outputs: [], jobs: [] } : next;
    }
    case 'stream':
      return { ...cell, outputs: streamed(cell.outputs, frame.name, frame.text) };
    case 'output':
      return frame.output ? { ...cell, outputs: [...cell.outputs, frame.output] } : cell;
    case 'progress':
      return { ...cell, jobs: frame.jobs };
    case 'clear':
      return { ...cell, outputs: [], jobs: [], run: undefined };
  }
}

function updated(cell: Cell, frame: Extract<NotebookFrame, { type: 'updateOutput' }>): Cell {
  const same = (output: CellOutput) => frame.displayId && 'displayId' in output && output.displayId === frame.displayId;
  if (!cell.outputs.some(same)) {
    return cell;
  }
  const next = (output: CellOutput) =>
    same(output) && 'data' in output ? { ...output, data: frame.data ?? {}, metadata: frame.metadata } : output;
  return { ...cell, outputs: cell.outputs.map(next) };
}

function streamed(outputs: CellOutput[], name: 'stdout' | 'stderr', text: string): CellOutput[] {
  const last = outputs.at(-1);
  const joined = last?.type === 'stream' && last.name === name;
  const all: CellOutput = joined ? { ...last, text: last.text + text } : { type: 'stream', name, text };
  if (all.text.length > MOST_TEXT) {
    // In steps, so that not each line of a long run moves ten megabytes.
    all.text = `(Older text has been left out: a cell shows the last 10 MB.)\n${all.text.slice(all.text.indexOf('\n', all.text.length - (MOST_TEXT * 3) / 4) + 1)}`;
  }
  return [...(joined ? outputs.slice(0, -1) : outputs), all];
}
