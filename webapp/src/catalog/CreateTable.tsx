import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { quoted, runSql } from '../api/commands';
import { keys } from '../api/keys';
import { ErrorNote } from '../parts/ErrorNote';
import { ClusterPicker, useCluster } from './ClusterPicker';

/** Creates a table by SQL, on a cluster: only Spark makes tables. */
export function CreateTable({ catalog, schema, close }: { catalog: string; schema: string; close: () => void }) {
  const queries = useQueryClient();
  const cluster = useCluster();
  const [sql, setSql] = useState(`CREATE TABLE ${quoted(`${catalog}.${schema}.new_table`)} (\n  id BIGINT COMMENT 'what it identifies',\n  name STRING\n)\nCOMMENT 'what it holds'`);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await runSql(cluster.id, sql);
      await queries.invalidateQueries({ queryKey: keys.tables(catalog, schema) });
      close();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={close} title={`New table in ${catalog}.${schema}`} size={640}>
      <form onSubmit={(event) => void submit(event)}>
        <ClusterPicker cluster={cluster} />
        <Textarea
          label="Statement"
          value={sql}
          onChange={(event) => setSql(event.currentTarget.value)}
          autosize
          minRows={7}
          spellCheck={false}
          mt="sm"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        />
        {error !== undefined && <ErrorNote error={error} />}
        <Group justify="flex-end" mt="md">
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" type="submit" loading={busy} disabled={!cluster.id}>
            Create table
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
