import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { versioningQuery } from '../api/awsBuckets';
import { deleteVersion, restore, versionsQuery, type Version } from '../api/awsObjects';
import { keys } from '../api/keys';
import { Age } from '../parts/Age';
import { useDialogs } from '../parts/Dialogs';
import { bytes } from '../parts/time';
import { Loaded } from '../parts/Waiting';

interface Props {
  as: string;
  bucket: string;
  name: string;
  /** The version that is shown; empty: the latest. */
  shown: string;
  show: (version: string) => void;
}

/** All versions of an object, those that say that it is gone too. */
export function Versions({ as, bucket, name, shown, show }: Props) {
  const versions = useQuery(versionsQuery(as, bucket, name));
  const versioning = useQuery(versioningQuery(as, bucket)).data;
  return (
    <Loaded query={versions}>
      {(all) => (
        <>
          {versioning === '' && <p className="dim">The bucket keeps no versions: what is put replaces what is there. Its settings change that.</p>}
          {all.length === 0 && <p className="dim">There is no version of this object.</p>}
          <ul className="versions" aria-label="Versions">
            {all.map((each) => (
              <One key={each.id} as={as} bucket={bucket} version={each} shown={shown === each.id} show={show} />
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

function One({ as, bucket, version, shown, show }: { as: string; bucket: string; version: Version; shown: boolean; show: (version: string) => void }) {
  const { key, id, latest, marker, size, modified } = version;
  const queries = useQueryClient();
  const { ask, tell, fail } = useDialogs();
  const changed = () => Promise.all(['objects', 'versions', 'object', 'tags'].map((kind) => queries.invalidateQueries({ queryKey: keys.aws(as, kind, bucket) })));
  const back = async () => {
    await restore(as, bucket, key, id);
    show('');
    await changed();
    tell('Restored: a copy of that version is the latest one.');
  };
  const remove = () =>
    ask({
      title: marker ? 'Remove the delete marker?' : 'Delete this version?',
      body: <p>{marker ? 'The version before it is the latest one then: the object is there again.' : 'Nothing brings it back.'}</p>,
      action: marker ? 'Remove' : 'Delete',
      danger: !marker,
      run: async () => {
        await deleteVersion(as, bucket, key, id);
        await changed();
      },
    });
  return (
    <li className={shown ? 'shown' : undefined}>
      <div>
        <code title={id}>{id.length > 18 ? `${id.slice(0, 18)}…` : id}</code>
        {latest && <span className="mark">latest</span>}
        {marker && <span className="mark failed">delete marker</span>}
        <span className="dim">
          <Age at={modified} />
          {!marker && `, ${bytes(size)}`}
        </span>
      </div>
      <div className="actions">
        {!marker && (
          <Button size="compact-xs" variant="default" onClick={() => show(latest ? '' : id)} aria-label={`Show version ${id}`}>
            Show
          </Button>
        )}
        {!marker && !latest && (
          <Button size="compact-xs" variant="default" onClick={() => void back().catch(fail)} aria-label={`Restore version ${id}`}>
            Restore
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={remove} aria-label={marker ? `Remove delete marker ${id}` : `Delete version ${id}`}>
          {marker ? 'Remove' : 'Delete'}
        </Button>
      </div>
    </li>
  );
}
