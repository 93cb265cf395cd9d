import './compute.css';
import { ActionIcon, Button, Menu, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EllipsisVertical, Pin, Play, Square } from 'lucide-react';
import { Go, useGo } from '../parts/Go';
import { clustersQuery, type Cluster, type ClusterAction } from '../api/clusters';
import { places } from '../parts/places';
import { Age } from '../parts/Age';
import { Empty } from '../parts/Empty';
import { Page } from '../parts/Page';
import { StatePill } from '../parts/StatePill';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { gigabytes } from '../parts/time';
import { useTab } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { runtimeText } from '../parts/runtimes';
import { useRuntimes } from '../parts/useRuntimes';
import { sizeText } from './spec';
import { useClusterAction, useClusterEnd } from './useClusterAction';

export function ClustersPage() {
  const [tab, setTab] = useTab('all-purpose');
  const clusters = useQuery(clustersQuery);
  const ofJobs = tab === 'job';
  return (
    <Page
      title="Compute"
      actions={
        <Button size="xs" component={Link} to="/compute/clusters/new">
          Create cluster
        </Button>
      }
    >
      <Tabs value={tab} onChange={setTab} mb="sm">
        <Tabs.List>
          <Tabs.Tab value="all-purpose">All-purpose</Tabs.Tab>
          <Tabs.Tab value="job">Job clusters</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <Loaded query={clusters}>
        {(all) => <ClusterTable clusters={all.filter((each) => (each.cluster_source === 'JOB') === ofJobs)} ofJobs={ofJobs} />}
      </Loaded>
    </Page>
  );
}

function ClusterTable({ clusters, ofJobs }: { clusters: Cluster[]; ofJobs: boolean }) {
  const go = useGo();
  const runtimes = useRuntimes();
  const columns: Column<Cluster>[] = [
    {
      name: 'Name',
      by: (each) => each.cluster_name ?? '',
      cell: (each) => (
        <Go place={places.cluster(each.cluster_id)}>
          <span className="clip" title={each.cluster_name}>
            {each.cluster_name || each.cluster_id}
          </span>
        </Go>
      ),
    },
    { name: 'State', by: (each) => each.state, cell: (each) => <StatePill state={each.state} note={each.state_message} />, width: 130 },
    { name: 'Nodes', width: 100, cell: (each) => sizeText(each) },
    { name: 'Type', by: (each) => each.node_type_id ?? '', cell: (each) => each.node_type_id },
    { name: 'Cores', right: true, by: (each) => each.cluster_cores ?? 0, cell: (each) => each.cluster_cores ?? <span className="dim">-</span> },
    {
      name: 'Memory',
      right: true,
      by: (each) => each.cluster_memory_mb ?? 0,
      cell: (each) => (each.cluster_memory_mb ? gigabytes(each.cluster_memory_mb) : <span className="dim">-</span>),
    },
    { name: 'Runtime', by: (each) => each.spark_version ?? '', cell: (each) => runtimeText(each.spark_version, runtimes) },
    { name: 'Creator', by: (each) => each.creator_user_name, cell: (each) => each.creator_user_name },
    { name: 'Started', by: (each) => each.start_time, cell: (each) => <Age at={each.start_time} /> },
    { name: 'Actions', right: true, width: 90, cell: (each) => <RowActions cluster={each} /> },
  ];
  return (
    <Table
      label="clusters"
      rows={clusters}
      columns={columns}
      id={(each) => each.cluster_id}
      text={(each) => `${each.cluster_name} ${each.cluster_id} ${each.creator_user_name} ${each.state} ${each.node_type_id}`}
      open={(each) => void go(places.cluster(each.cluster_id))}
      empty={
        ofJobs ? (
          <Empty title="No job clusters are running" />
        ) : (
          <Empty
            title="There is no cluster yet"
            command={'databricks --profile slipway clusters create --json \'{"cluster_name": "first", "num_workers": 0,\n  "spark_version": "18.2.x-scala2.13", "node_type_id": "m5.large"}\''}
          >
            Notebooks, jobs and sample data need one. <Link to="/compute/clusters/new">Create a cluster</Link>, or in a terminal:
          </Empty>
        )
      }
    />
  );
}

function RowActions({ cluster }: { cluster: Cluster }) {
  const action = useClusterAction();
  const end = useClusterEnd();
  const go = useGo();
  const name = cluster.cluster_name || cluster.cluster_id;
  const act = (what: ClusterAction) => action.mutate({ action: what, cluster });
  const off = cluster.state === 'TERMINATED' || cluster.state === 'ERROR';
  return (
    <div className="row-actions">
      {off ? (
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Start ${name}`} title="Start" onClick={() => act('start')}>
          <Play size={14} />
        </ActionIcon>
      ) : (
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Terminate ${name}`} title="Terminate" disabled={cluster.state === 'TERMINATING'} onClick={() => end('delete', cluster)}>
          <Square size={14} />
        </ActionIcon>
      )}
      <Menu>
        <Menu.Target>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`More for ${name}`}>
            <EllipsisVertical size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={cluster.state !== 'RUNNING'} onClick={() => end('restart', cluster)}>
            Restart
          </Menu.Item>
          <Menu.Item onClick={() => void go(places.editCluster(cluster.cluster_id))}>Edit</Menu.Item>
          <Menu.Item onClick={() => void go(places.newCluster(cluster.cluster_id))}>Clone</Menu.Item>
          <Menu.Item leftSection={<Pin size={13} />} onClick={() => act('pin')}>
            Pin
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            c="var(--sw-failed)"
            onClick={() => end('permanent-delete', cluster)}
          >
            Delete permanently
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
