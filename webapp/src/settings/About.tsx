import { useQuery } from '@tanstack/react-query';
import { sparkVersionsQuery } from '../api/clusters';
import { sessionQuery } from '../api/session';
import { metastoreQuery } from '../api/settings';
import { Id } from '../parts/Copy';

export function About() {
  const session = useQuery(sessionQuery).data;
  const metastore = useQuery(metastoreQuery).data;
  const versions = useQuery(sparkVersionsQuery).data ?? [];
  return (
    <>
      <dl className="facts">
        <dt>Product</dt>
        <dd>Slipway 0.1.0, Apache-2.0</dd>
        <dt>This server</dt>
        <dd>
          <Id value={location.origin} />
        </dd>
        <dt>Signed in as</dt>
        <dd>
          {session?.user_name}
          {session?.admin && ', admin'}
        </dd>
        <dt>Metastore</dt>
        <dd>
          {metastore?.name} <Id value={metastore?.metastore_id ?? ''} />
        </dd>
        <dt>Runtimes</dt>
        <dd>
          {versions.map(({ key, name }) => (
            <div key={key}>{name}</div>
          ))}
        </dd>
      </dl>
      <section>
        <h2>Point a client at it</h2>
        <pre className="code" tabIndex={0} aria-label="Client profile">{`[slipway]\nhost = ${location.origin}\ntoken = <a token from Access tokens>`}</pre>
        <p className="dim">
          That is a profile of <code>~/.databrickscfg</code>; <code>./slipway up</code> writes it.
        </p>
      </section>
      <p className="dim">
        These pages are built from the work of many others, which comes with its{' '}
        <a href="/licences.txt" target="_blank" rel="noreferrer">
          licences
        </a>
        . Databricks, Apache Spark and Delta Lake are names of their owners.
      </p>
    </>
  );
}
