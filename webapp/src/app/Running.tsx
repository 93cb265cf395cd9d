import { Menu, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useGo } from '../parts/Go';
import { clustersQuery } from '../api/clusters';
import { activeRunsQuery, verdict } from '../api/jobs';
import { StatePill } from '../parts/StatePill';
import { places } from '../parts/places';

/** What is at work right now, on every page. */
export function Running() {
  const go = useGo();
  const clusters = (useQuery(clustersQuery).data ?? []).filter((each) => each.state !== 'TERMINATED' && each.state !== 'ERROR');
  const runs = useQuery(activeRunsQuery).data ?? [];
  const count = clusters.length + runs.length;
  return (
    <Menu width={300}>
      <Menu.Target>
        <UnstyledButton className={count > 0 ? 'icon-button running' : 'icon-button'} aria-label={`${count} things run`}>
          <Activity size={16} />
          {count > 0 && <span className="num">{count}</span>}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {count === 0 && <Menu.Label>Nothing is running.</Menu.Label>}
        {runs.length > 0 && <Menu.Label>Runs</Menu.Label>}
        {runs.map((run) => (
          <Menu.Item
            key={run.run_id}
            onClick={() => void go(places.run(run.job_id, run.run_id))}
            rightSection={<StatePill state={verdict(run.state)} />}
          >
            {run.run_name}
          </Menu.Item>
        ))}
        {clusters.length > 0 && <Menu.Label>Clusters</Menu.Label>}
        {clusters.map((each) => (
          <Menu.Item
            key={each.cluster_id}
            onClick={() => void go(places.cluster(each.cluster_id))}
            rightSection={<StatePill state={each.state} />}
          >
            {each.cluster_name || each.cluster_id}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
