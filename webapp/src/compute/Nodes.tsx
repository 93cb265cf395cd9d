import { useQuery } from '@tanstack/react-query';
import { nodesQuery, type Machine } from '../api/clusters';
import { Age } from '../parts/Age';
import { Id } from '../parts/Copy';
import { Empty } from '../parts/Empty';
import { words } from '../parts/StatePill';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { gigabytes } from '../parts/time';
import { Loaded } from '../parts/Waiting';

const COLUMNS: Column<Machine>[] = [
  { name: 'Role', by: (node) => node.role, cell: (node) => words(node.role) },
  { name: 'State', by: (node) => node.state, cell: (node) => words(node.state) },
  { name: 'Node', cell: (node) => <Id value={node.node_id} /> },
  { name: 'Type', by: (node) => node.node_type, cell: (node) => node.node_type },
  { name: 'Zone', by: (node) => node.zone, cell: (node) => node.zone },
  { name: 'Machine', cell: (node) => (node.zone === 'local' ? 'this computer' : node.spot ? 'spot' : 'on-demand') },
  { name: 'Address', cell: (node) => <code>{node.address}</code> },
  { name: 'Cores', right: true, by: (node) => node.cores, cell: (node) => <Given has={String(node.cores)} nominal={String(node.nominal_cores)} /> },
  { name: 'Memory', right: true, by: (node) => node.memory_mb, cell: (node) => <Given has={gigabytes(node.memory_mb)} nominal={gigabytes(node.nominal_memory_mb)} /> },
  { name: 'Since', by: (node) => node.created_at, cell: (node) => <Age at={node.created_at} /> },
  { name: 'Last seen', by: (node) => node.seen_at, cell: (node) => <Age at={node.seen_at} /> },
];

/** What a node really has, and what its type promises if that is more. */
function Given({ has, nominal }: { has: string; nominal: string }) {
  return has === nominal ? has : <span title={`The node type has ${nominal}; this computer gives it less.`}>{`${has} of ${nominal}`}</span>;
}

export function Nodes({ clusterId }: { clusterId: string }) {
  const nodes = useQuery(nodesQuery(clusterId));
  return (
    <Loaded query={nodes}>
      {(rows) => <Table label="nodes" rows={rows} columns={COLUMNS} id={(node) => node.node_id} empty={<Empty title="This cluster has no nodes now">Start it to see its nodes.</Empty>} />}
    </Loaded>
  );
}
