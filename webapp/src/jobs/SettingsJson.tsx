import { JsonText } from '../parts/JsonText';
import { shapeProblem } from './shape';
import type { Draft } from './useDraft';

/** Exactly what the Jobs API gets. Settings that the forms could not show are not taken over. */
export function SettingsJson({ draft }: { draft: Draft }) {
  return (
    <>
      <p className="dim">Exactly what the Jobs API gets. Fields that the forms do not know are kept.</p>
      <JsonText key={draft.revision} label="Settings of the job" value={draft.settings} set={draft.set} setBroken={draft.setBroken} check={shapeProblem} />
    </>
  );
}
