import { Button, Menu, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ChevronDown, ExternalLink } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useGo } from '../parts/Go';
import { clusterQuery, sparkUiPath, type Cluster } from '../api/clusters';
import { places } from '../parts/places';
import { Id } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { Page } from '../parts/Page';
import { ShareButton } from '../parts/Share';
import { Snippets } from '../parts/Snippets';
import { StatePill } from '../parts/StatePill';
import { useTab } from '../parts/urlState';
import { Loaded, Waiting } from '../parts/Waiting';
import { ClusterEvents } from './ClusterEvents';
import { ClusterFacts } from './ClusterFacts';
import { ClusterLogs } from './ClusterLogs';
import { useClusterAction, useClusterEnd } from './useClusterAction';
import { Nodes } from './Nodes';
import { CopyAs } from './CopyAs';
import { specOf } from './spec';

const ClusterMetrics = lazy(() => import('./ClusterMetrics').then((module) => ({ default: module.ClusterMetrics })));

export function ClusterPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const cluster = useQuery(clusterQuery(id));
  return <Loaded query={cluster}>{(found) => <Details cluster={found} />}</Loaded>;
}

function Details({ cluster }: { cluster: Cluster }) {
  const [tab, setTab] = useTab('configuration');
  const spec = specOf(cluster);
  return (
    <Page
      title={cluster.cluster_name || cluster.cluster_id}
      crumbs={
        <>
          <Link to="/compute">Compute</Link> / <Id value={cluster.cluster_id} />
        </>
      }
      state={<StatePill state={cluster.state} note={cluster.state_message} />}
      actions={<Actions cluster={cluster} />}
    >
      {cluster.state_message && cluster.state !== 'RUNNING' && !/^[A-Z_]+$/.test(cluster.state_message) && <p className="dim">{cluster.state_message}</p>}
      <Tabs value={tab} onChange={setTab}>
        <Tabs.List mb="md">
          <Tabs.Tab value="configuration">Configuration</Tabs.Tab>
          <Tabs.Tab value="nodes">Nodes</Tabs.Tab>
          <Tabs.Tab value="metrics">Metrics</Tabs.Tab>
          <Tabs.Tab value="events">Event log</Tabs.Tab>
          <Tabs.Tab value="logs">Driver and worker logs</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="configuration">
          <ClusterFacts cluster={cluster} />
        </Tabs.Panel>
        <Tabs.Panel value="nodes">
          <Nodes clusterId={cluster.cluster_id} />
        </Tabs.Panel>
        <Tabs.Panel value="metrics">
          <Suspense fallback={<Waiting />}>
            <ClusterMetrics clusterId={cluster.cluster_id} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="events">
          <ClusterEvents clusterId={cluster.cluster_id} />
        </Tabs.Panel>
        <Tabs.Panel value="logs">
          <ClusterLogs clusterId={cluster.cluster_id} />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <Snippets items={[['Specification', JSON.stringify(spec, null, 2)]]} />
          <CopyAs spec={spec} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Actions({ cluster }: { cluster: Cluster }) {
  const action = useClusterAction();
  const go = useGo();
  const end = useClusterEnd();
  const { fail } = useDialogs();
  const off = cluster.state === 'TERMINATED' || cluster.state === 'ERROR';
  async function openSparkUi() {
    try {
      window.open(await sparkUiPath(cluster.cluster_id), '_blank', 'noopener');
    } catch (failure) {
      fail(failure);
    }
  }
  return (
    <>
      <Button size="xs" variant="default" rightSection={<ExternalLink size={13} />} disabled={cluster.state !== 'RUNNING'} onClick={() => void openSparkUi()}>
        Spark UI
      </Button>
      <ShareButton thing={{ type: 'clusters', id: cluster.cluster_id }} name={cluster.cluster_name || cluster.cluster_id} />
      <Button size="xs" variant="default" onClick={() => void go(places.editCluster(cluster.cluster_id))}>
        Edit
      </Button>
      {off ? (
        <Button size="xs" loading={action.isPending} onClick={() => action.mutate({ action: 'start', cluster })}>
          Start
        </Button>
      ) : (
        <Button size="xs" variant="default" loading={action.isPending} disabled={cluster.state === 'TERMINATING'} onClick={() => end('delete', cluster)}>
          Terminate
        </Button>
      )}
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" aria-label="More actions">
            <ChevronDown size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={cluster.state !== 'RUNNING'} onClick={() => end('restart', cluster)}>
            Restart
          </Menu.Item>
          <Menu.Item onClick={() => void go(places.newCluster(cluster.cluster_id))}>Clone</Menu.Item>
          <Menu.Divider />
          <Menu.Item
            c="var(--sw-failed)"
            onClick={() => end('permanent-delete', cluster, () => go(places.compute))}
          >
            Delete permanently
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
