import { JsonTree } from './JsonTree';
import { Markdown } from './Markdown';
import { Cut } from './Cut';
import { askedOf } from './asking';
import { chosen, CUT, EXIT, PLOTLY, QUESTION, TABLE, textOf, type Mime } from './mime';
import { Plotly } from './Plotly';
import { Picture } from './Picture';
import { Question } from './Question';
import { Stream } from './Stream';
import { tableOf } from './table';
import { TableOutput } from './TableOutput';
import type { DisplayOutput } from './types';
import { Vega } from './vega/Vega';
import type { TableView } from './views';
import { lazy, Suspense, useMemo } from 'react';

const Html = lazy(() => import('./Html').then((loaded) => ({ default: loaded.Html })));
const Formulas = lazy(() => import('./formula/Formulas').then((loaded) => ({ default: loaded.Formulas })));

interface Props {
  output: DisplayOutput;
  label: string;
  kept: unknown;
  keep: (view: TableView) => void;
}

/** What was displayed, in the richest form that is known here. */
export function Display(props: Props) {
  const type = chosen(props.output.data);
  if (type === 'none') return null;
  if (!type) return <Unknown {...props} />;
  return <Form {...props} type={type} />;
}

function Form({ output, label, kept, keep, type }: Props & { type: Mime }) {
  const value = output.data[type];
  if (type.startsWith('application/vnd.vega')) return <Vega spec={value} lite={type.startsWith('application/vnd.vegalite')} label={label} />;
  switch (type) {
    case TABLE:
      return <TableForm value={value} label={label} kept={kept} keep={keep} />;
    case EXIT:
      return (
        <p className="exit">
          Notebook exited: <code>{textOf((value as { value?: unknown }).value ?? '')}</code>
        </p>
      );
    case CUT:
      return <Cut message={textOf((value as { message?: unknown }).message ?? '')} />;
    case QUESTION: {
      const asked = askedOf(value);
      return asked ? <Question key={asked.command + asked.prompt} {...asked} /> : null;
    }
    case PLOTLY:
      return <Plotly figure={value} label={label} />;
    case 'image/svg+xml':
    case 'image/png':
    case 'image/jpeg':
    case 'image/gif':
    case 'image/webp':
      return <Picture type={type} content={textOf(value)} text={textOf(output.data['text/plain'] ?? '')} label={label} metadata={output.metadata?.[type]} />;
    case 'text/html':
      return (
        <Suspense fallback={<div className="html-later" />}>
          <Html html={textOf(value)} label={label} />
        </Suspense>
      );
    case 'text/markdown':
      return <Markdown text={textOf(value)} />;
    case 'text/latex':
      return (
        <Suspense fallback={<pre>{textOf(value)}</pre>}>
          <Formulas text={textOf(value)} />
        </Suspense>
      );
    case 'application/json':
      return <JsonTree value={value} />;
    default:
      return <Plain text={textOf(value)} label={label} />;
  }
}

function Plain({ text, label }: { text: string; label: string }) {
  const parts = useMemo(() => [{ type: 'stream' as const, name: 'stdout' as const, text }], [text]);
  return <Stream parts={parts} label={label} />;
}

function TableForm({ value, label, kept, keep }: { value: unknown; label: string; kept: unknown; keep: (view: TableView) => void }) {
  const table = useMemo(() => tableOf(value), [value]);
  return table ? <TableOutput table={table} label={label} kept={kept} keep={keep} /> : <JsonTree value={value} />;
}

function Unknown({ output }: Props) {
  return (
    <div>
      <p className="dim">
        This output cannot be shown here: <code>{Object.keys(output.data).join(', ')}</code>
      </p>
      <JsonTree value={output.data} />
    </div>
  );
}
