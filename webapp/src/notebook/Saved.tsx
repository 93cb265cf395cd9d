import { CloudOff, LoaderCircle } from 'lucide-react';
import { useSession } from './room';

/** Whether what was typed is with the server. */
export function Saved() {
  const unsent = useSession((view) => view.unsent);
  const link = useSession((view) => view.link);
  const editable = useSession((view) => view.editable);
  const ready = useSession((view) => view.ready);
  if (!ready) return null;
  if (link === 'offline' || link === 'over') {
    return (
      <small className="nb-saved warn" role="status">
        <CloudOff size={13} aria-hidden="true" /> {unsent ? 'Not saved' : 'Not connected'}
      </small>
    );
  }
  return (
    <small className="nb-saved dim" role="status">
      {unsent && <LoaderCircle size={12} className="spin" aria-hidden="true" />}
      {!editable ? 'Read only' : unsent ? 'Saving' : 'Saved'}
    </small>
  );
}
