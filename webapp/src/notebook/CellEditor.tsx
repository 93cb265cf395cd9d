import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { completionsOf, inspecting, inspectionOf } from './answers';
import { openEditor, setUp } from './editing';
import { useDesk, useRoom, useSession } from './room';
import { signatures } from './signature';

interface Props {
  id: string;
  language: string;
  label: string;
  /** Takes the keys. */
  focused: boolean;
  /** Where the mouse was when the text without an editor was pressed. */
  pressed?: { x: number; y: number };
}

/** The text of a cell in an editor; the text itself belongs to the session. */
export function CellEditor({ id, language, label, focused, pressed }: Props) {
  const { session, actions, desk } = useRoom();
  const editable = useSession((view) => view.editable);
  const lineNumbers = useDesk((view) => view.lineNumbers);
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const settings = useRef({ language, editable, lineNumbers, label });

  useEffect(() => {
    if (!box.current) return undefined;
    const view = openEditor(box.current, session, id, settings.current, {
      complete: completionsOf(session, id),
      inspect: inspectionOf(session, id),
      inspecting,
      signatures: signatures(session, id),
      beyond: (by) => {
        const order = session.notebook.order;
        const next = order[order.indexOf(id) + by];
        if (next) desk.choose(next, session.notebook.cells.get(next)?.kind === 'code');
        return next !== undefined;
      },
    });
    editor.current = view;
    return () => view.destroy();
  }, [session, id, actions, desk]);

  useEffect(() => {
    const now = { language, editable, lineNumbers, label };
    const before = settings.current;
    settings.current = now;
    if (editor.current && (before.language !== language || before.editable !== editable || before.lineNumbers !== lineNumbers || before.label !== label)) {
      setUp(editor.current, now);
    }
  }, [language, editable, lineNumbers, label]);

  useEffect(() => {
    const view = editor.current;
    if (!focused || !view || view.hasFocus) return;
    const at = pressed && view.posAtCoords(pressed);
    if (at != null) view.dispatch({ selection: { anchor: at } });
    view.focus();
  }, [focused, pressed]);

  return <div ref={box} className="cell-editor" onFocus={() => desk.choose(id, true)} />;
}
