import { Button, Group, Modal, TextInput } from '@mantine/core';
import { createContext, useCallback, useContext, useMemo, useState, type FormEvent, type ReactNode } from 'react';
import { ErrorNote } from './ErrorNote';

export interface Question {
  title: string;
  body?: ReactNode;
  /** What the button says: the verb, not "OK". */
  action: string;
  danger?: boolean;
  /** Asks for a text as well, beginning with this. */
  text?: { label: string; value: string; mayBeEmpty?: boolean };
  run: (text: string) => Promise<unknown>;
}

interface Api {
  ask: (question: Question) => void;
  tell: (message: string) => void;
  fail: (error: unknown) => void;
}

const Context = createContext<Api>({ ask: () => {}, tell: () => {}, fail: () => {} });

/** Questions before something is done, and short notes afterwards. */
export const useDialogs = () => useContext(Context);

interface Note {
  key: number;
  text?: string;
  error?: unknown;
}

export function Dialogs({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>();
  const [notes, setNotes] = useState<Note[]>([]);
  const add = useCallback((note: Omit<Note, 'key'>) => {
    const key = performance.now();
    setNotes((old) => [...old.slice(-3), { key, ...note }]);
    setTimeout(() => setNotes((old) => old.filter((each) => each.key !== key)), note.error ? 12000 : 4000);
  }, []);
  const value = useMemo<Api>(
    () => ({ ask: setQuestion, tell: (text) => add({ text }), fail: (error) => add({ error }) }),
    [add],
  );
  return (
    <Context.Provider value={value}>
      {children}
      {question && <Ask key={question.title} question={question} close={() => setQuestion(undefined)} />}
      <div className="notes" role="status">
        {notes.map((note) => (note.error ? <ErrorNote key={note.key} error={note.error} /> : <p key={note.key}>{note.text}</p>))}
      </div>
    </Context.Provider>
  );
}

function Ask({ question, close }: { question: Question; close: () => void }) {
  const [text, setText] = useState(question.text?.value ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await question.run(text.trim());
      close();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={close} title={question.title} size={440}>
      <form onSubmit={(event) => void submit(event)}>
        {question.body}
        {question.text && (
          <TextInput label={question.text.label} value={text} onChange={(event) => setText(event.currentTarget.value)} onFocus={(event) => event.currentTarget.select()} data-autofocus />
        )}
        {error !== undefined && <ErrorNote error={error} />}
        <Group justify="flex-end" mt="md">
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            size="xs"
            type="submit"
            color={question.danger ? 'red.9' : undefined}
            loading={busy}
            disabled={question.text !== undefined && !question.text.mayBeEmpty && text.trim() === ''}
            data-autofocus={question.text ? undefined : true}
          >
            {question.action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
