import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CloudOff, TriangleAlert } from 'lucide-react';
import { clustersQuery } from '../api/clusters';
import { useAttachment } from './attachment';
import { useRoom, useSession } from './room';

/** What the reader must know before going on. */
export function Banners() {
  const link = useSession((view) => view.link);
  const over = useSession((view) => view.over);
  const ready = useSession((view) => view.ready);
  return (
    <>
      {link === 'over' && (
        <Banner>
          <p>This notebook cannot be reached any more: {over}</p>
          <p>Changes are no longer saved. Copy what you need, then leave the page.</p>
        </Banner>
      )}
      {link === 'offline' && ready && <Offline />}
      <Lost />
    </>
  );
}

function Banner({ children, offline = false }: { children: React.ReactNode; offline?: boolean }) {
  const Icon = offline ? CloudOff : TriangleAlert;
  return (
    <div className="nb-banner" role="alert">
      <Icon size={15} aria-hidden="true" />
      {children}
    </div>
  );
}

function Offline() {
  const unsent = useSession((view) => view.unsent);
  return (
    <Banner offline>
      <p>
        <b>No connection to the server.</b>{' '}
        {unsent ? 'What you have typed is only in this tab: keep it open. It is sent when the server answers again.' : 'You can go on typing: it is kept in this tab and sent when the server answers again.'}{' '}
        Cells that run go on running.
      </p>
    </Banner>
  );
}

function Lost() {
  const { session } = useRoom();
  const loss = useSession((view) => view.notebook.loss);
  const runnable = useSession((view) => view.runnable);
  const clusters = useQuery(clustersQuery).data ?? [];
  const { attach } = useAttachment();
  if (!loss) return null;
  const cluster = clusters.find((each) => each.cluster_id === loss.cluster);
  const runs = cluster?.state === 'RUNNING';
  return (
    <Banner>
      <p>
        <b>{loss.message}</b> {loss.next || 'Variables, temporary views and packages of this notebook are gone.'}
      </p>
      {runnable && cluster && (
        <Button size="compact-xs" variant="default" onClick={() => void attach(cluster)}>
          {runs ? 'Attach again' : 'Start the cluster'}
        </Button>
      )}
      {runnable && !cluster && (
        <Button size="compact-xs" variant="default" onClick={() => session.tell({ type: 'detach' })}>
          Detach
        </Button>
      )}
    </Banner>
  );
}
