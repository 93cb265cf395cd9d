import { JsonText } from '../parts/JsonText';
import type { Draft } from './useDraft';

/** Exactly what the Jobs API gets. */
export function SettingsJson({ draft }: { draft: Draft }) {
  return (
    <>
      <p className="dim">Exactly what the Jobs API gets. What the forms do not know is kept.</p>
      <JsonText key={draft.revision} label="Settings of the job" value={draft.settings} set={draft.set} setBroken={draft.setBroken} />
    </>
  );
}
