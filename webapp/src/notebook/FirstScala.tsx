import { useEffect, useState } from 'react';
import { useSession } from './room';
import type { Cell } from './session/notebook';

const LATE_MILLIS = 1500;

/** Why the first Scala cell takes so long. */
export function FirstScala({ cell }: { cell: Cell }) {
  const first = useSession(({ notebook }) => ![...notebook.cells.values()].some(({ language, run }) => language === 'scala' && run && run.end > 0));
  const waits = first && cell.language === 'scala' && cell.run?.state === 'running' && cell.outputs.length === 0 && cell.jobs.length === 0;
  return waits ? <Reason key={cell.run?.run} /> : null;
}

function Reason() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MILLIS);
    return () => clearTimeout(timer);
  }, []);
  return late ? <p className="run-note">The first Scala cell starts the Scala compiler, which takes some seconds. Later ones do not wait for it.</p> : null;
}
