import { useEffect, useRef, useState } from 'react';
import { JsonText } from '../parts/JsonText';
import { shapeProblem } from './shape';
import type { Draft } from './useDraft';

/** Exactly what the Jobs API gets. Settings that the forms could not show are not taken over. */
export function SettingsJson({ draft }: { draft: Draft }) {
  const [problem, setProblem] = useState('');
  const latest = useRef('');
  const { setBroken } = draft;
  // A text that is no JSON goes with its tab; the other tabs have what it said before.
  useEffect(() => () => setBroken(false), [setBroken]);
  return (
    <>
      <p className="dim">Exactly what the Jobs API gets. What the forms do not know is kept.</p>
      {problem && (
        <p className="failed" role="alert">
          {problem}
        </p>
      )}
      <JsonText
        key={draft.revision}
        label="Settings of the job"
        value={draft.settings}
        set={(next) => {
          latest.current = shapeProblem(next);
          setProblem(latest.current);
          if (latest.current === '') draft.set(next);
        }}
        setBroken={(broken) => setBroken(broken || latest.current !== '')}
      />
    </>
  );
}
