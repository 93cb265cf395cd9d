import { ActionIcon, Button, Popover, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { keysOf, link } from '../api/aws';
import { factsQuery, pathOf } from '../api/awsObjects';
import { Copy } from '../parts/Copy';
import { useDialogs } from '../parts/Dialogs';
import { useShortcut } from '../parts/keyboard';
import { saveFrom } from '../parts/save';
import { useUrlState } from '../parts/urlState';
import { Loaded, Waiting } from '../parts/Waiting';
import { DeleteChosen } from './DeleteChosen';
import { LinkTab } from './LinkTab';
import { lastStep, saved, wordsFor } from './names';
import { Properties } from './Properties';
import { Versions } from './Versions';

const Preview = lazy(() => import('./Preview').then((module) => ({ default: module.Preview })));

interface Props {
  as: string;
  bucket: string;
  name: string;
  close: () => void;
}

/** The browser saves it as it comes: the address is good for long enough to begin. */
const TO_BEGIN = 300;
/** There Esc means something else. */
const OWN_ESCAPE = '[role=dialog], [role=menu], [role=grid], .grid-detail';

/** The object that was chosen: what it holds, what is known of it, its versions, and a link to it. */
export function ObjectPanel({ as, bucket, name, close }: Props) {
  const [tab, setTab] = useUrlState('view', 'preview');
  const [version, setVersion] = useUrlState('version', '');
  const [deleting, setDeleting] = useState(false);
  const { fail } = useDialogs();
  const facts = useQuery(factsQuery(as, bucket, name, version));
  useShortcut('Escape', ({ target }) => {
    if (!(target instanceof Element && target.closest(OWN_ESCAPE))) close();
  });
  const download = async () => {
    const query = { versionId: version || undefined, 'response-content-disposition': saved(name) };
    saveFrom(await link({ path: pathOf(bucket, name), query }, await keysOf(as), TO_BEGIN), lastStep(name));
  };
  return (
    <aside className="object-panel" aria-label={`Object ${lastStep(name)}`}>
      <div className="object-head">
        <h2>{lastStep(name)}</h2>
        <Button size="compact-xs" variant="default" leftSection={<Download size={13} />} onClick={() => void download().catch(fail)}>
          Download
        </Button>
        <CopyMenu bucket={bucket} name={name} />
        <Button size="compact-xs" variant="default" onClick={() => setDeleting(true)}>
          Delete
        </Button>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Close the object" title="Close  Esc" onClick={close}>
          <X size={15} />
        </ActionIcon>
      </div>
      {version && (
        <p className="older">
          Version <code>{version}</code>{' '}
          <Button size="compact-xs" variant="default" onClick={() => setVersion('')}>
            Show the latest
          </Button>
        </p>
      )}
      <Tabs value={tab} onChange={(next) => setTab(next ?? 'preview')} keepMounted={false}>
        <Tabs.List mb="xs">
          <Tabs.Tab value="preview">Preview</Tabs.Tab>
          <Tabs.Tab value="properties">Properties</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          <Tabs.Tab value="link">Link</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="preview">
          <Loaded query={facts}>
            {(known) => (
              <Suspense fallback={<Waiting />}>
                <Preview key={`${known.etag} ${version}`} as={as} bucket={bucket} name={name} version={version} facts={known} />
              </Suspense>
            )}
          </Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="properties">
          <Loaded query={facts}>{(known) => <Properties as={as} bucket={bucket} name={name} version={version} facts={known} />}</Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Versions as={as} bucket={bucket} name={name} shown={version} show={setVersion} />
        </Tabs.Panel>
        <Tabs.Panel value="link">
          <Loaded query={facts}>{({ type }) => <LinkTab as={as} bucket={bucket} name={name} version={version} type={type} />}</Loaded>
        </Tabs.Panel>
      </Tabs>
      {deleting && <DeleteChosen as={as} bucket={bucket} chosen={[name]} done={close} close={() => setDeleting(false)} />}
    </aside>
  );
}

/** The same object in other tools' words. */
function CopyMenu({ bucket, name }: { bucket: string; name: string }) {
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button size="compact-xs" variant="default">
          Copy as
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="copy-as" aria-label="Copy as">
        {wordsFor(bucket, name).map(([who, text]) => (
          <div key={who}>
            <span className="dim">{who}</span>
            <code>{text}</code>
            <Copy text={text} label={`Copy for ${who}`} />
          </div>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
