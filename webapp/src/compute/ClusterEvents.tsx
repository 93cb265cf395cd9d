import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { clusterEventsQuery, type ClusterEvent } from '../api/clusters';
import { Age } from '../parts/Age';
import { words } from '../parts/StatePill';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { useUrlState } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';

/** The parts of an event that people read; the whole of it is in the row's tooltip. */
export function describe({ details }: ClusterEvent): string {
  const text = (key: string) => (details[key] === undefined ? '' : String(details[key]));
  const reason = details.reason as { code?: string } | undefined;
  const workers = details.target_num_workers;
  return [
    text('driver_state_message'),
    reason?.code && words(reason.code),
    text('cause') && words(text('cause')),
    workers !== undefined && details.current_num_workers !== workers && `${text('current_num_workers')} to ${text('target_num_workers')} workers`,
    text('user') && `by ${text('user')}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

const COLUMNS: Column<ClusterEvent>[] = [
  { name: 'When', width: 110, by: (event) => event.timestamp, cell: (event) => <Age at={event.timestamp} /> },
  { name: 'Event', width: 200, by: (event) => event.type, cell: (event) => words(event.type) },
  { name: 'Details', cell: (event) => <span title={JSON.stringify(event.details, null, 1)}>{describe(event)}</span> },
];

export function ClusterEvents({ clusterId }: { clusterId: string }) {
  const events = useQuery(clusterEventsQuery(clusterId));
  const [kind, setKind] = useUrlState('event', '');
  return (
    <Loaded query={events}>
      {(all) => (
        <Table
          label="events"
          rows={kind ? all.filter((event) => event.type === kind) : all}
          columns={COLUMNS}
          id={(event) => `${event.timestamp} ${event.type}`}
          text={(event) => `${event.type} ${describe(event)}`}
          tools={
            <Select
              aria-label="Event type"
              placeholder="All types"
              data={[...new Set(all.map((event) => event.type))].sort().map((value) => ({ value, label: words(value) }))}
              value={kind || null}
              onChange={(value) => setKind(value ?? '')}
              clearable
            />
          }
        />
      )}
    </Loaded>
  );
}
