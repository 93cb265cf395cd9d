import { Link, useLocation } from '@tanstack/react-router';
import { Empty } from '../parts/Empty';

const NAMES: [string, string][] = [
  ['/sql', 'SQL warehouses, queries and alerts'],
  ['/ml', 'Experiments and models'],
  ['/pipelines', 'Pipelines'],
  ['/dashboardsv3', 'Dashboards'],
  ['/apps', 'Apps'],
  ['/explore/data/models', 'Models of the catalog'],
  ['/explore/data/volumes', 'Volumes'],
  ['/compute/instance-pools', 'Instance pools'],
];

/** Real clients print addresses of things that this edition does not have. */
export function NotOffered() {
  const { pathname } = useLocation();
  const name = NAMES.find(([prefix]) => pathname.startsWith(prefix))?.[1] ?? 'This';
  return (
    <Empty title={`${name} are not offered yet`}>
      What is there: <Link to="/compute">compute</Link>, <Link to="/workspace">workspace</Link>, <Link to="/jobs">jobs</Link> and the{' '}
      <Link to="/explore/data">catalog</Link>.
    </Empty>
  );
}
