import { Button } from '@mantine/core';
import { CircleX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Copy } from '../parts/Copy';
import { Ansi } from './Ansi';
import { withoutColours } from './ansi';
import { withoutPlan } from './plan';
import { folded } from './traceback';
import type { ErrorOutput } from './types';

/** The last words of an error; the JVM's may go on for pages. */
const WORDS = 1200;

/** What went wrong, first in words, then where: frames of the reader's own code, the others on demand. */
export function Failure({ output }: { output: ErrorOutput }) {
  const [full, setFull] = useState(false);
  const [long, setLong] = useState(false);
  const { own, hidden, all } = useMemo(() => folded(output.traceback, `${output.ename}: ${withoutColours(output.evalue)}`), [output]);
  const [planned, setPlanned] = useState(false);
  const { words: message, plan } = useMemo(() => withoutPlan(withoutColours(output.evalue)), [output]);
  const words = message.length > WORDS && !long ? `${message.slice(0, WORDS)}…` : message;
  const trace = full ? all : own;
  return (
    <div className="failure" role="group" aria-label="Error">
      <p>
        <CircleX size={15} aria-hidden="true" />
        <span>
          <b>{output.ename || 'Error'}</b>
          {message && ': '}
          {words}
          {message.length > WORDS && (
            <Button size="compact-xs" variant="subtle" onClick={() => setLong(!long)}>
              {long ? 'Show less' : 'Show all of the message'}
            </Button>
          )}
        </span>
        <Copy text={withoutColours(all) || `${output.ename}: ${output.evalue}`} label="Copy the error" />
      </p>
      {plan && planned && (
        <pre tabIndex={0} aria-label="Query plan">
          {plan}
        </pre>
      )}
      {trace && (
        <pre tabIndex={0} aria-label="Traceback">
          <Ansi text={trace} />
        </pre>
      )}
      {plan && (
        <Button size="compact-xs" variant="subtle" onClick={() => setPlanned(!planned)}>
          {planned ? 'Hide the query plan' : 'Show the query plan'}
        </Button>
      )}
      {hidden > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => setFull(!full)}>
          {full ? 'Show my frames only' : `Show full trace (${hidden} more ${hidden === 1 ? 'frame' : 'frames'})`}
        </Button>
      )}
    </div>
  );
}
