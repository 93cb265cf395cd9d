import { ActionIcon } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { dropSecurable } from '../api/catalog';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';

const CONSEQUENCES = {
  catalogs: 'Its schemas and tables are dropped with it.',
  schemas: 'Its tables are dropped with it.',
  tables: 'Files of a managed table are deleted a week later; an external table keeps its files.',
};

/** Drops a catalog, schema or table after a question. */
export function Drop({ kind, name, done }: { kind: keyof typeof CONSEQUENCES; name: string; done?: () => void }) {
  const queries = useQueryClient();
  const { ask, tell } = useDialogs();
  const drop = () =>
    ask({
      title: `Drop ${name}?`,
      body: <p>{CONSEQUENCES[kind]}</p>,
      action: 'Drop',
      danger: true,
      run: async () => {
        await dropSecurable(kind, name, kind !== 'tables');
        await Promise.all(keys.everyCatalog.map((queryKey) => queries.invalidateQueries({ queryKey })));
        tell(`Dropped ${name}.`);
        done?.();
      },
    });
  return (
    <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Drop ${name}`} title="Drop" onClick={drop}>
      <Trash2 size={14} />
    </ActionIcon>
  );
}
