import { memo, useEffect, useRef, useState, type MouseEvent } from 'react';
import { Outputs } from '../output/Outputs';
import { Between } from './Between';
import { CellEditor } from './CellEditor';
import { CellGutter } from './CellGutter';
import { CellHead } from './CellHead';
import { MarkdownText } from './MarkdownText';
import { useNear } from './near';
import { Guests } from './People';
import { FirstScala } from './FirstScala';
import { Progress } from './Progress';
import { useCell, useDesk, useRoom, useText } from './room';
import { runWords, RunLine } from './RunLine';
import { LANGUAGES } from './session/magic';
import { Unbound } from './Unbound';
import type { Cell } from './session/notebook';

/** One cell: what it is written in, its text, how its last run went, and what that put out. */
export const CellFrame = memo(function CellFrame({ id, number }: { id: string; number: number }) {
  const cell = useCell(id);
  return cell ? <Shown cell={cell} number={number} /> : null;
});

function Shown({ cell, number }: { cell: Cell; number: number }) {
  const { id } = cell;
  const { session, desk } = useRoom();
  const element = useRef<HTMLElement>(null);
  const pressed = useRef(false);
  const active = useDesk((view) => view.active === id);
  const editing = useDesk((view) => view.active === id && view.editing);
  const chosen = useDesk((view) => view.anchor !== view.active && desk.chosen(session.notebook.order).includes(id));
  const near = useNear(element);
  const language = LANGUAGES[cell.language] ?? cell.language;

  useEffect(() => {
    const section = element.current;
    if (!active || editing || !section) return;
    const focused = document.activeElement;
    // Buttons and results of the cell keep the keys that they have.
    const busy = focused?.closest('.nb-find') || (section.contains(focused) && !focused?.closest('.cm-editor'));
    if (!busy) section.focus({ preventScroll: true });
    // What the mouse is on must stay below it, or the click goes elsewhere.
    if (!pressed.current) section.scrollIntoView({ block: 'nearest' });
    pressed.current = false;
  }, [active, editing]);

  return (
    <>
      <section
        ref={element}
        id={`cell-${id}`}
        className={['cell', `kind-${cell.kind}`, active && 'active', editing && 'editing', chosen && 'chosen', cell.run && `run-${cell.run.state}`].filter(Boolean).join(' ')}
        tabIndex={active || (number === 1 && !desk.view.active) ? 0 : -1}
        aria-label={`Cell ${number}, ${language}${cell.title ? `, ${cell.title}` : ''}${cell.run ? `, ${runWords(cell.run.state)}` : ''}`}
        onFocus={(event) => event.target === event.currentTarget && desk.view.active !== id && desk.choose(id)}
        onMouseDown={(event) => {
          if ((event.target as Element).closest('.cm-editor, .cell-static') || event.shiftKey) return;
          pressed.current = !active;
          desk.choose(id);
        }}
      >
        <CellGutter cell={cell} number={number} />
        <div className="cell-main">
          <CellHead cell={cell} number={number} />
          {cell.kind === 'markdown' ? <TextCell cell={cell} number={number} near={near} editing={editing} /> : <CodeCell cell={cell} number={number} near={near} editing={editing} />}
        </div>
      </section>
      <Between after={id} />
    </>
  );
}

interface BodyProps {
  cell: Cell;
  number: number;
  near: boolean;
  editing: boolean;
}

function CodeCell({ cell, number, near, editing }: BodyProps) {
  const { session, actions } = useRoom();
  return (
    <>
      {cell.codeHidden && !editing ? (
        <>
          <Guests id={cell.id} />
          <button type="button" className="cell-folded" onClick={() => actions.collapse(cell.id, 'code')}>
            Code is hidden
          </button>
        </>
      ) : (
        <Source cell={cell} label={`Code of cell ${number}`} near={near} editing={editing} />
      )}
      <RunLine cell={cell} />
      <FirstScala cell={cell} />
      <Progress cell={cell} />
      {cell.outputs.length > 0 &&
        (cell.resultHidden ? (
          <button type="button" className="cell-folded" onClick={() => actions.collapse(cell.id, 'result')}>
            Result is hidden
          </button>
        ) : (
          <div className="cell-outputs">
            <Outputs outputs={cell.outputs} label={`Output of cell ${number}`} views={cell.views} changeViews={(views) => session.changeViews(cell.id, views)} />
            <Unbound cell={cell} />
          </div>
        ))}
    </>
  );
}

function TextCell({ cell, number, near, editing }: BodyProps) {
  const { actions } = useRoom();
  const opened = useDesk((view) => view.opened.has(cell.id));
  const text = useText(cell.id);
  if (opened) {
    return (
      <>
        <Source cell={cell} label={`Text of cell ${number}`} near={near} editing={editing} />
        <MarkdownText text={text} attachments={cell.attachments} />
      </>
    );
  }
  return (
    <>
      <Guests id={cell.id} />
      <div className="cell-text" onDoubleClick={() => actions.edit(cell.id)}>
        <MarkdownText text={text} attachments={cell.attachments} empty="Empty text. Double click or press Enter to write." />
      </div>
    </>
  );
}

/** The editor, or until the cell comes near the plain text in its place, of the same height. */
function Source({ cell, label, near, editing }: { cell: Cell; label: string; near: boolean; editing: boolean }) {
  const { session, desk } = useRoom();
  const [pressed, setPressed] = useState<{ x: number; y: number }>();
  if (near || editing) {
    return <CellEditor id={cell.id} language={cell.language} label={label} focused={editing} pressed={pressed} />;
  }
  const press = (event: MouseEvent) => {
    event.preventDefault();
    setPressed({ x: event.clientX, y: event.clientY });
    desk.choose(cell.id, true);
  };
  return (
    <>
      <Guests id={cell.id} />
      {/* The keyboard comes in by Enter on the cell. */}
      <pre className="cell-static" onMouseDown={press}>
        {session.texts.text(cell.id) || ' '}
      </pre>
    </>
  );
}
