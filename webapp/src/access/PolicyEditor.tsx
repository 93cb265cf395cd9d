import { CircleX, TriangleAlert } from 'lucide-react';
import type { EditorView } from '@codemirror/view';
import { useCallback, useMemo, useRef, useState } from 'react';
import { CodeEditor, type Text } from '../parts/editor';
import { checks } from './policy/checks';
import { length, LIMITS, type PolicyKind } from './policy/grammar';
import { policyExtension } from './policy/policyExtension';

interface Props {
  kind: PolicyKind;
  /** Where it begins; another one replaces what is written. */
  value: Text;
  label: string;
  change: (text: string) => void;
}

/** An editor of a policy, with all that is wrong below it: a place there leads to the place in the text. */
export function PolicyEditor({ kind, value, label, change }: Props) {
  const view = useRef<EditorView>(undefined);
  const [written, setWritten] = useState({ of: value, text: value.text });
  const text = written.of === value ? written.text : value.text;
  const problems = useMemo(() => checks(text, kind), [text, kind]);
  const opened = useCallback((next: EditorView | undefined) => void (view.current = next), []);
  const more = useMemo(() => policyExtension(kind, opened), [kind, opened]);
  const goTo = (from: number, to: number) => {
    view.current?.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    view.current?.focus();
  };
  const size = length(text, kind);
  return (
    <div className="policy-editor">
      <CodeEditor
        name="policy.json"
        value={value}
        label={label}
        more={more}
        change={(next) => {
          setWritten({ of: value, text: next });
          change(next);
        }}
      />
      <div className="policy-state" role="status">
        <span>{problems.length === 0 ? 'Nothing is wrong with the form of this policy.' : counted(problems)}</span>
        <span className={size > LIMITS[kind] ? 'failed num' : 'dim num'}>
          {size} of {LIMITS[kind]} characters
        </span>
      </div>
      {problems.length > 0 && (
        <ul className="policy-problems" aria-label="Problems">
          {problems.map(({ from, to, line, severity, text: words }) => (
            <li key={`${from} ${words}`}>
              <button type="button" onClick={() => goTo(from, to)}>
                {severity === 'error' ? <CircleX size={14} className="failed" aria-label="Error" /> : <TriangleAlert size={14} className="warn" aria-label="Warning" />}
                <span className="num">Line {line}</span>
                <span>{words}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function counted(problems: { severity: string }[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const say = (count: number, word: string) => (count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`]);
  return [...say(errors, 'error'), ...say(warnings, 'warning')].join(', ');
}
