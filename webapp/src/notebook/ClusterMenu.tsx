import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Cpu } from 'lucide-react';
import { Go } from '../parts/Go';
import { places } from '../parts/places';
import { clustersQuery, type Cluster } from '../api/clusters';
import { useDialogs } from '../parts/Dialogs';
import { StatePill, tone } from '../parts/StatePill';
import { byUse, nameOfCluster, useAttachment } from './attachment';
import { useDesk, useRoom, useSession } from './room';

/** The cluster that runs the cells: which, and in what state; choose another, start it, leave it. */
export function ClusterMenu() {
  const { session, desk } = useRoom();
  const { ask } = useDialogs();
  const { open, reason } = useDesk((view) => view.clusterMenu);
  const attached = useSession((view) => view.notebook.cluster);
  const by = useSession((view) => view.notebook.by);
  const runnable = useSession((view) => view.runnable);
  const clusters = useQuery(clustersQuery).data ?? [];
  const { attach } = useAttachment();
  const cluster = clusters.find((each) => each.cluster_id === attached);
  const user = useSession((view) => view.user);
  const ordered = byUse(clusters, user);
  const toggle = (next: boolean) => {
    desk.view.clusterMenu.then?.(false);
    desk.set({ clusterMenu: { open: next, reason: '' } });
  };
  const choose = (chosen: Cluster) => {
    // What waits for a cluster goes on with this one.
    const { then } = desk.view.clusterMenu;
    desk.set({ clusterMenu: { open: false, reason: '' } });
    void attach(chosen).then((done) => then?.(done));
  };

  const restart = () =>
    ask({
      title: 'Restart Python?',
      body: <p>Variables, temporary views and packages of this notebook are gone afterwards. What runs is stopped. The cluster stays as it is.</p>,
      action: 'Restart',
      danger: true,
      run: () => session.ask({ type: 'restart' }),
    });
  return (
    <Menu opened={open} onChange={toggle} width={320}>
      <Menu.Target>
        <Button size="xs" variant="default" disabled={!runnable} leftSection={<Cpu size={14} />} rightSection={<ChevronDown size={13} />} className="cluster-button">
          {attached ? (
            <>
              {cluster ? nameOfCluster(cluster) : attached}
              {cluster && <i className={`dot ${tone(cluster.state)}`} title={cluster.state.toLowerCase()} />}
            </>
          ) : (
            'Attach a cluster'
          )}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {reason && <p className="menu-reason">{reason}</p>}
        {attached && (
          <>
            <Menu.Label className="clip">
              {cluster ? nameOfCluster(cluster) : attached}, as {by}
            </Menu.Label>
            {cluster && !runs(cluster) && <Menu.Item onClick={() => choose(cluster)}>Start it</Menu.Item>}
            <Menu.Item onClick={restart}>Restart Python</Menu.Item>
            <Menu.Item onClick={() => session.tell({ type: 'detach' })}>Detach</Menu.Item>
            <Menu.Item component="a" href={`/compute/clusters/${attached}`} target="_blank">
              Open the cluster
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{attached ? 'Attach another' : 'Clusters'}</Menu.Label>
        {ordered.map((each) => (
          <Menu.Item key={each.cluster_id} disabled={each.cluster_id === attached} rightSection={<StatePill state={each.state} />} onClick={() => choose(each)}>
            <span className="clip" title={nameOfCluster(each)}>
              {nameOfCluster(each)}
            </span>
            {!runs(each) && <small className="dim"> · start and attach</small>}
          </Menu.Item>
        ))}
        {ordered.length === 0 && <p className="menu-reason">There are no clusters yet.</p>}
        <Menu.Divider />
        <p className="menu-reason">
          <Go place={places.newCluster()}>New cluster</Go>
        </p>
      </Menu.Dropdown>
    </Menu>
  );
}

const runs = (cluster: Cluster) => cluster.state === 'RUNNING' || cluster.state === 'RESIZING';
