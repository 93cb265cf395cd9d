import './compute.css';
import { useEffect, useRef, useState } from 'react';
import { readLog, type LogFile } from '../api/clusters';
import { ErrorNote } from '../parts/ErrorNote';

const LOOK_MILLIS = 1000;
/** A page stays fast with this much text; older text goes. */
const MOST = 400_000;

interface Props {
  clusterId: string;
  file: LogFile;
  follow: boolean;
  /** Told the text whenever there is more of it. */
  tell: (text: string) => void;
}

/** The end of a log, and what comes after it. */
export function LogView({ clusterId, file, follow, tell }: Props) {
  const [text, setText] = useState('');
  const [error, setError] = useState<unknown>();
  const box = useRef<HTMLPreElement>(null);
  const next = useRef<number | undefined>(undefined);
  const { node_id: node, path } = file;

  useEffect(() => {
    let stopped = false;
    let timer = 0;
    async function look() {
      try {
        const got = await readLog(clusterId, { node_id: node, path }, next.current);
        if (stopped) return;
        // A new start of the process begins a new file.
        next.current = got.size < got.offset ? 0 : got.next;
        if (got.text) setText((old) => (old + got.text).slice(-MOST));
        setError(undefined);
      } catch (failure) {
        if (!stopped) setError(failure);
      }
      if (!stopped && follow) timer = window.setTimeout(() => void look(), LOOK_MILLIS);
    }
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [clusterId, node, path, follow]);

  useEffect(() => {
    tell(text);
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text, follow, tell]);

  return (
    <>
      {error !== undefined && <ErrorNote error={error} />}
      <pre ref={box} className="code log" tabIndex={0} aria-label={`Log ${path}`}>
        {text || 'Nothing has been written yet.'}
      </pre>
    </>
  );
}
