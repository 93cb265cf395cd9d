import { ActionIcon } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { runSql } from '../api/commands';
import { keys } from '../api/keys';
import { useDialogs } from '../parts/Dialogs';
import { useCluster } from './ClusterPicker';
import { commentColumnSql } from './tableSql';

/** What a column holds; Spark writes it. */
export function CommentCell({ table, column, comment }: { table: string; column: string; comment: string }) {
  const cluster = useCluster();
  const queries = useQueryClient();
  const { ask } = useDialogs();
  const edit = () =>
    ask({
      title: `Comment on ${column}`,
      body: cluster.id === '' && <p>Spark writes it, and no cluster is running. Start one first.</p>,
      action: 'Save',
      text: { label: 'What it holds', value: comment, mayBeEmpty: true },
      run: async (text) => {
        await runSql(cluster.id, commentColumnSql(table, column, text));
        await queries.invalidateQueries({ queryKey: keys.table(table) });
      },
    });
  return (
    <span className="comment-cell">
      {comment}{' '}
      <ActionIcon size="xs" variant="subtle" color="gray" aria-label={`Comment on ${column}`} title="Comment" onClick={edit}>
        <Pencil size={12} />
      </ActionIcon>
    </span>
  );
}
