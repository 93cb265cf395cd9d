import { Button, Tabs } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useGo } from '../parts/Go';
import { clusterQuery, createCluster, editCluster, type ClusterSpec } from '../api/clusters';
import { keys } from '../api/keys';
import { places } from '../parts/places';
import { ErrorNote } from '../parts/ErrorNote';
import { closedWhile, JsonText } from '../parts/JsonText';
import { Caught } from '../parts/Caught';
import { Page } from '../parts/Page';
import { useLeaving } from '../parts/useLeaving';
import { useUrlState } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { ClusterForm } from './ClusterForm';
import { CLUSTER } from '../parts/clusterShape';
import { misfits } from '../parts/shape';
import { CopyAs } from './CopyAs';
import { Refused } from './Refused';
import { refusedIn, specOf, tidy } from './spec';

const FIRST: ClusterSpec = { cluster_name: '', spark_version: '18.2.x-scala2.13', node_type_id: 'm5.large', num_workers: 0, autotermination_minutes: 120 };

/** Creates a cluster, also as a copy of another (`?from=`), or edits one. */
export function ClusterFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const { from } = useSearch({ strict: false }) as { from?: string };
  const source = id ?? from;
  const cluster = useQuery({ ...clusterQuery(source ?? ''), enabled: source !== undefined, refetchInterval: false });
  if (!source) return <Editor start={FIRST} />;
  return (
    <Loaded query={cluster}>
      {(found) => {
        const spec = specOf(found);
        return <Editor key={source} id={id} start={id ? spec : { ...spec, cluster_name: `${spec.cluster_name} copy` }} running={found.state === 'RUNNING'} />;
      }}
    </Loaded>
  );
}

const shapeProblem = (spec: object) => misfits(spec, CLUSTER).join(' ');

function Editor({ id, start, running = false }: { id?: string; start: ClusterSpec; running?: boolean }) {
  const queries = useQueryClient();
  const go = useGo();
  const [tab, setTab] = useUrlState('view', 'form');
  const [spec, setSpec] = useState(start);
  const [broken, setBroken] = useState(false);
  const [revision, setRevision] = useState(0);
  const clean = tidy(spec);
  const refused = refusedIn(clean).length > 0;
  const leaving = useLeaving(broken || JSON.stringify(clean) !== JSON.stringify(tidy(start)));
  const save = useMutation({
    mutationFn: async () => {
      if (!id) return (await createCluster(clean)).cluster_id;
      await editCluster(id, clean);
      return id;
    },
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: keys.clusters });
      leaving.allow();
      await go(places.cluster(saved));
    },
  });
  const title = id ? `Edit ${start.cluster_name}` : 'Create cluster';
  return (
    <Page
      title={title}
      crumbs={<Link to="/compute">Compute</Link>}
      actions={
        <>
          <Button size="xs" variant="default" onClick={() => history.back()}>
            Cancel
          </Button>
          <Button size="xs" loading={save.isPending} disabled={broken || refused || !clean.spark_version || !clean.node_type_id || (!id && !clean.cluster_name?.trim())} onClick={() => save.mutate()}>
            {id ? (running ? 'Save and restart' : 'Save') : 'Create cluster'}
          </Button>
        </>
      }
    >
      {leaving.question}
      {save.isError && <ErrorNote error={save.error} />}
      <Refused spec={clean} set={setSpec} revise={() => setRevision((old) => old + 1)} />
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'form')}>
        <Tabs.List mb="md">
          <Tabs.Tab value="form" {...closedWhile(broken)}>
            Form
          </Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
          <Tabs.Tab value="copy" {...closedWhile(broken)}>
            Copy as ...
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="form">
          <Caught what="The form" of={spec}>
            <ClusterForm spec={spec} set={setSpec} />
          </Caught>
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <p className="dim">Exactly what the Clusters API gets. Fields that the form does not know are kept; null means absent.</p>
          <JsonText key={revision} label="Specification of the cluster" value={clean} set={setSpec} setBroken={setBroken} check={shapeProblem} />
        </Tabs.Panel>
        <Tabs.Panel value="copy">
          <Caught what="What others would write" of={spec}>
            <CopyAs spec={clean} />
          </Caught>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
