import { Plus } from 'lucide-react';
import { useRoom, useSession } from './room';

/** Where a cell can be put between two others, or at the end. */
export function Between({ after, last = false }: { after: string; last?: boolean }) {
  const { actions } = useRoom();
  const editable = useSession((view) => view.editable);
  if (!editable) return <div className="between" />;
  const insert = (text: string) => actions.insert('below', text, after);
  return (
    <div className={last ? 'between last' : 'between'}>
      <button type="button" tabIndex={last ? 0 : -1} onClick={() => insert('')}>
        <Plus size={12} aria-hidden="true" /> Code
      </button>
      <button type="button" tabIndex={last ? 0 : -1} onClick={() => insert('%md\n')}>
        <Plus size={12} aria-hidden="true" /> Text
      </button>
    </div>
  );
}
