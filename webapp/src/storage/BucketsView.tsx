import { Button, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AwsIdentity } from '../api/aws';
import { bucketsQuery, deleteBucket, type Bucket } from '../api/awsBuckets';
import { keys } from '../api/keys';
import { Age } from '../parts/Age';
import type { Column } from '../parts/column';
import { Copy } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { Empty } from '../parts/Empty';
import { Go, useGo } from '../parts/Go';
import { Page } from '../parts/Page';
import { places } from '../parts/places';
import { Table } from '../parts/Table';
import { Loaded } from '../parts/Waiting';
import { CreateBucket } from './CreateBucket';
import { EmptyBucket } from './EmptyBucket';
import { UploadList } from './UploadList';

/** Buckets of S3. */
export function BucketsView({ who, chooser }: { who: AwsIdentity; chooser: React.ReactNode }) {
  const buckets = useQuery(bucketsQuery(who.as));
  const go = useGo();
  const [creating, setCreating] = useState(false);
  const [emptying, setEmptying] = useState('');
  const { ask } = useDialogs();
  // Whoever may not list all buckets may still be let into one.
  const byName = () =>
    ask({ title: 'Open a bucket', body: <p>Also one that is not listed: of another account, or where you may not list them.</p>, action: 'Open', text: { label: 'Name', value: '' }, run: (name) => go(places.storage(name)) });
  const columns: Column<Bucket>[] = [
    { name: 'Bucket', by: ({ name }) => name, cell: ({ name }) => <Go place={places.storage(name)}>{name}</Go> },
    {
      name: 'Address',
      cell: ({ name }) => (
        <span className="id">
          <code>s3://{name}/</code>
          <Copy text={`s3://${name}/`} label={`Copy the address of ${name}`} />
        </span>
      ),
    },
    { name: 'Created', width: 140, by: ({ created }) => created, cell: ({ created }) => <Age at={created} /> },
    { name: 'Actions', width: 90, right: true, cell: ({ name }) => <Actions as={who.as} name={name} empty={() => setEmptying(name)} /> },
  ];
  return (
    <Page
      title="Storage"
      wide
      actions={
        <>
          {chooser}
          <Button size="xs" variant="default" onClick={byName}>
            Open by name
          </Button>
          <Button size="xs" onClick={() => setCreating(true)}>
            Create bucket
          </Button>
        </>
      }
    >
      <Loaded query={buckets}>
        {(all) => (
          <Table
            label="buckets"
            rows={all}
            columns={columns}
            id={({ name }) => name}
            text={({ name }) => name}
            open={({ name }) => void go(places.storage(name))}
            empty={
              <Empty title="There are no buckets" command="aws --profile slipway s3 mb s3://photos">
                Create one here, or in a terminal:
              </Empty>
            }
          />
        )}
      </Loaded>
      <UploadList />
      {creating && <CreateBucket as={who.as} close={() => setCreating(false)} />}
      {emptying && <EmptyBucket as={who.as} bucket={emptying} close={() => setEmptying('')} />}
    </Page>
  );
}

function Actions({ as, name, empty }: { as: string; name: string; empty: () => void }) {
  const queries = useQueryClient();
  const { ask, tell } = useDialogs();
  const remove = () =>
    ask({
      title: `Delete the bucket ${name}?`,
      body: <p>Its settings and its policy go with it, and anybody may take its name. S3 deletes empty buckets only: empty it first.</p>,
      action: 'Delete',
      danger: true,
      run: async () => {
        await deleteBucket(as, name);
        await queries.invalidateQueries({ queryKey: keys.aws(as, 'buckets') });
        tell(`Deleted ${name}.`);
      },
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-xs" variant="default" aria-label={`Actions on ${name}`}>
          ⋯
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={empty}>Empty</Menu.Item>
        <Menu.Item color="red.9" onClick={remove}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
