import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useDialogs } from '../parts/Dialogs';
import { useAnswer, type Asked } from './asking';

/** A line to type into, as `input()` and `getpass()` ask for it. It goes when the cell has its answer, or does not wait any more. */
export function Question({ prompt, hidden, command }: Asked) {
  const answer = useAnswer();
  const { fail } = useDialogs();
  const field = useId();
  const [text, setText] = useState('');
  const [sent, setSent] = useState(false);
  const line = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Who ran the cell types next; who writes elsewhere, maybe another person, is left alone.
    const active = document.activeElement;
    if (!active || active === document.body || line.current?.closest('.cell')?.contains(active)) line.current?.focus();
  }, []);
  if (!answer) return <pre className="question">{prompt}</pre>;
  const send = (event: KeyboardEvent) => {
    // The keys of the notebook are none while somebody types here.
    event.stopPropagation();
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    setSent(true);
    answer(command, text).catch((error: unknown) => {
      setSent(false);
      fail(error);
    });
  };
  return (
    <div className="question">
      <label htmlFor={field}>{prompt || 'The cell asks for a text'}</label>
      <input
        ref={line}
        id={field}
        type={hidden ? 'password' : 'text'}
        autoComplete="off"
        spellCheck={false}
        placeholder="Enter sends it"
        value={text}
        disabled={sent}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={send}
      />
    </div>
  );
}
