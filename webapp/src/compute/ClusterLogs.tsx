import { Button, Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { logFilesQuery, type LogFile } from '../api/clusters';
import { Empty } from '../parts/Empty';
import { save } from '../parts/save';
import { bytes } from '../parts/time';
import { Loaded } from '../parts/Waiting';
import { LogView } from './LogView';

const name = (file: LogFile) => `${file.node_id}:${file.path}`;

/** The driver's standard error is what most people look for. */
function usual(files: LogFile[]): LogFile | undefined {
  const newest = [...files].sort((a, b) => b.modified_at - a.modified_at);
  return newest.find((file) => file.path === 'driver/stderr') ?? newest[0];
}

export function ClusterLogs({ clusterId }: { clusterId: string }) {
  const files = useQuery(logFilesQuery(clusterId));
  const [chosen, setChosen] = useState('');
  const [follow, setFollow] = useState(true);
  const [text, setText] = useState('');
  return (
    <Loaded query={files}>
      {(all) => {
        const file = all.find((each) => name(each) === chosen) ?? usual(all);
        if (!file) {
          return (
            <Empty title="Nothing has been written yet" command="./slipway logs -f">
              Logs appear here when the driver starts. The server has a log of its own:
            </Empty>
          );
        }
        const nodes = [...new Set(all.map((each) => each.node_id))];
        return (
          <>
            <div className="tools">
              <Select
                aria-label="Log"
                w={420}
                data={nodes.map((node) => ({
                  group: node,
                  items: all.filter((each) => each.node_id === node).map((each) => ({ value: name(each), label: `${each.path}   ${bytes(each.size)}` })),
                }))}
                value={name(file)}
                onChange={(value) => setChosen(value ?? '')}
                allowDeselect={false}
              />
              <Switch size="xs" label="Follow" checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
              <Button size="xs" variant="default" onClick={() => save(new Blob([text]), `${clusterId}-${file.path.replaceAll('/', '-')}.log`)}>
                Download what is shown
              </Button>
            </div>
            <LogView key={name(file)} clusterId={clusterId} file={file} follow={follow} tell={setText} />
          </>
        );
      }}
    </Loaded>
  );
}
