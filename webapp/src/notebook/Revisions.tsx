import { ActionIcon, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../api/client';
import { Age } from '../parts/Age';
import { useDialogs } from '../parts/Dialogs';
import { Loaded } from '../parts/Waiting';
import { cellDiff, type CellDiff } from './lineDiff';
import { useRoom, useSession } from './room';

interface Revision {
  number: number;
  made_at: number;
  made_by: string;
  reason: string;
  comment: string;
}

const REASONS: Record<string, string> = {
  save: 'saved',
  run: 'before a run of all cells',
  edits: 'after edits',
  overwritten: 'before an import wrote over it',
  restore: 'an older one restored',
};

const root = (path: string) => `/ui-api/notebooks/${encodeURIComponent(path)}/revisions`;
const listKey = (path: string) => ['tree', 'revisions', path] as const;

/** What the notebook was at other times, and how to have it back. */
export function Revisions() {
  const { path, session, desk } = useRoom();
  const { ask, tell } = useDialogs();
  const queries = useQueryClient();
  const saved = useSession((view) => view.notebook.saved);
  const editable = useSession((view) => view.editable);
  const [chosen, setChosen] = useState<Revision>();
  const list = useQuery({
    queryKey: listKey(path),
    queryFn: async () => (await api.get<{ revisions?: Revision[] }>(root(path))).revisions ?? [],
  });
  useEffect(() => void queries.invalidateQueries({ queryKey: listKey(path) }), [saved, queries, path]);

  const keep = () =>
    ask({
      title: 'Save a revision',
      action: 'Save',
      text: { label: 'Comment', value: '' },
      run: async (comment) => {
        await session.texts.settled(session.notebook.order);
        await session.ask({ type: 'save', comment });
      },
    });
  const restore = (revision: Revision) =>
    ask({
      title: `Restore revision ${revision.number}?`,
      body: <p>The text of all cells becomes what it was, for everybody who has the notebook open. What it is now stays a revision.</p>,
      action: 'Restore',
      run: async () => {
        await session.texts.settled(session.notebook.order);
        await session.ask({ type: 'restore', revision: revision.number });
        tell(`Restored revision ${revision.number}.`);
        setChosen(undefined);
      },
    });
  return (
    <aside className={chosen ? 'nb-drawer wide' : 'nb-drawer'} aria-label="Revisions">
      <header>
        {chosen && (
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label="All revisions" onClick={() => setChosen(undefined)}>
            <ArrowLeft size={15} />
          </ActionIcon>
        )}
        <h2>{chosen ? `Revision ${chosen.number}` : 'Revisions'}</h2>
        {editable && (
          <Button size="compact-xs" variant="default" onClick={() => (chosen ? restore(chosen) : keep())}>
            {chosen ? 'Restore' : 'Save one now'}
          </Button>
        )}
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Close revisions" onClick={() => desk.set({ drawer: '' })}>
          <X size={15} />
        </ActionIcon>
      </header>
      {chosen ? (
        <Compared revision={chosen} />
      ) : (
        <Loaded query={list}>
          {(revisions) =>
            revisions.length === 0 ? (
              <p className="dim">No revisions yet. One is saved when you run all cells, after five minutes of edits, and with Ctrl S.</p>
            ) : (
              <ul>
                {revisions.map((revision) => (
                  <li key={revision.number}>
                    <button type="button" onClick={() => setChosen(revision)}>
                      <b>
                        {revision.number} {revision.comment}
                      </b>
                      <span>
                        <Age at={revision.made_at} /> · {revision.made_by} · {REASONS[revision.reason] ?? revision.reason}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </aside>
  );
}

/** A revision against what the notebook is now. */
function Compared({ revision }: { revision: Revision }) {
  const { path, session } = useRoom();
  const order = useSession((view) => view.notebook.order);
  const content = useQuery({
    queryKey: [...listKey(path), revision.number],
    queryFn: () => api.get<{ cells?: { id: string; text: string }[] }>(`${root(path)}/${revision.number}`),
    staleTime: Infinity,
  });
  return (
    <>
      <p className="dim nb-diff-key">
        <ins>+ only now</ins> <del>− only in revision {revision.number}</del>
      </p>
      <Loaded query={content}>
        {({ cells = [] }) => {
          const diffs = cellDiff(
            cells,
            order.map((id) => ({ id, text: session.texts.text(id) })),
          );
          const changed = diffs.filter((each) => each.kind !== 'same');
          return (
            <div className="nb-diff">
              {changed.map((each) => (
                <CellChange key={each.id} diff={each} />
              ))}
              <p className="dim">{changed.length === 0 ? 'The text is the same as now.' : `${diffs.length - changed.length} cells are the same.`}</p>
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

const KINDS = { changed: 'Changed', old: 'Only in the revision', new: 'Only now', same: '' };

function CellChange({ diff }: { diff: CellDiff }) {
  return (
    <section aria-label={KINDS[diff.kind]}>
      <h3>{KINDS[diff.kind]}</h3>
      <pre tabIndex={0}>
        {diff.lines.map(({ kind, text }, index) => {
          const line = `${{ same: ' ', old: '−', new: '+' }[kind]} ${text}\n`;
          if (kind === 'old') return <del key={index}>{line}</del>;
          return kind === 'new' ? <ins key={index}>{line}</ins> : <span key={index}>{line}</span>;
        })}
      </pre>
    </section>
  );
}
