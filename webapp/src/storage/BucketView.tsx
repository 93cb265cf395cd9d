import { Tabs } from '@mantine/core';
import { Fragment, lazy, Suspense } from 'react';
import type { AwsIdentity } from '../api/aws';
import { Copy } from '../parts/Copy';
import { Go } from '../parts/Go';
import { Page } from '../parts/Page';
import { places } from '../parts/places';
import { useTab, useUrlState } from '../parts/urlState';
import { FolderView } from './FolderView';
import { lastStep, stepsOf } from './names';
import { ObjectPanel } from './ObjectPanel';
import { UploadList } from './UploadList';

const BucketSettings = lazy(() => import('./BucketSettings').then((module) => ({ default: module.BucketSettings })));

interface Props {
  who: AwsIdentity;
  chooser: React.ReactNode;
  bucket: string;
  prefix: string;
}

/** One bucket: what is in a folder of it, the chosen object beside it, and its settings. */
export function BucketView({ who, chooser, bucket, prefix }: Props) {
  const [tab, setTab] = useTab('objects');
  const [object, setObject] = useUrlState('object', '');
  const address = `s3://${bucket}/${prefix}`;
  const objects = (
    <div className={object ? 'storage-split' : undefined}>
      <FolderView key={prefix} as={who.as} bucket={bucket} prefix={prefix} chosen={object} />
      {object && <ObjectPanel key={object} as={who.as} bucket={bucket} name={object} close={() => setObject('')} />}
    </div>
  );
  return (
    <Page
      title={prefix === '' ? bucket : lastStep(prefix)}
      tab={prefix === '' ? bucket : `${lastStep(prefix)} in ${bucket}`}
      wide
      crumbs={<Trail bucket={bucket} prefix={prefix} />}
      state={<Copy text={address} label={`Copy ${address}`} />}
      actions={chooser}
    >
      {prefix === '' ? (
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="objects">Objects</Tabs.Tab>
            <Tabs.Tab value="settings">Settings</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="objects">{objects}</Tabs.Panel>
          <Tabs.Panel value="settings">
            <Suspense>
              <BucketSettings as={who.as} account={who.account_id} bucket={bucket} />
            </Suspense>
          </Tabs.Panel>
        </Tabs>
      ) : (
        objects
      )}
      <UploadList />
    </Page>
  );
}

/** The bucket and the folders above. */
function Trail({ bucket, prefix }: { bucket: string; prefix: string }) {
  const above: [string, string][] = prefix === '' ? [] : [[bucket, ''], ...stepsOf(prefix).slice(0, -1)];
  return (
    <>
      <Go place={places.storage()}>Storage</Go>
      {above.map(([name, place]) => (
        <Fragment key={place}>
          {' / '}
          <Go place={places.storage(bucket, place)}>{name}</Go>
        </Fragment>
      ))}
    </>
  );
}
