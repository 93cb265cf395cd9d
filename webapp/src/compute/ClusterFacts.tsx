import type { ReactNode } from 'react';
import type { Cluster } from '../api/clusters';
import { Age } from '../parts/Age';
import { runtimeText } from '../parts/runtimes';
import { useRuntimes } from '../parts/useRuntimes';
import { words } from '../parts/StatePill';
import { modeOf, printPairs, sizeText } from './spec';

const MODE_NAMES = { standard: 'Standard', 'high-concurrency': 'High Concurrency', 'single-node': 'Single Node' };

/** What the cluster was asked to be. */
export function ClusterFacts({ cluster }: { cluster: Cluster }) {
  const runtimes = useRuntimes();
  const aws = cluster.aws_attributes;
  const reason = cluster.termination_reason;
  const facts: [string, ReactNode][] = [
    ['Mode', MODE_NAMES[modeOf(cluster)]],
    ['Runtime', runtimeText(cluster.spark_version, runtimes)],
    ['Size', sizeText(cluster)],
    ['Node type', cluster.node_type_id],
    ['Driver type', cluster.driver_node_type_id],
    ['Auto-termination', cluster.autotermination_minutes ? `after ${cluster.autotermination_minutes} minutes of inactivity` : 'never'],
    ['Created by', cluster.cluster_source === 'JOB' ? `${cluster.creator_user_name}, for a job` : cluster.creator_user_name],
    ['Started', <Age key="started" at={cluster.start_time} />],
    ['Terminated', cluster.terminated_time ? <Age key="ended" at={cluster.terminated_time} /> : undefined],
    ['Why it ended', reason && `${words(reason.code)}${reason.parameters?.username ? ` by ${reason.parameters.username}` : ''}`],
  ];
  const idle: [string, ReactNode][] = [
    ['Zone', aws?.zone_id],
    ['Availability', aws?.availability && words(aws.availability)],
    ['On-demand nodes', aws?.first_on_demand],
    ['Maximum spot price', aws?.spot_bid_price_percent && `${aws.spot_bid_price_percent} % of the on-demand price`],
    ['EBS volumes', aws?.ebs_volume_count && `${aws.ebs_volume_count} x ${aws.ebs_volume_size ?? '?'} GB`],
    ['Instance profile', aws?.instance_profile_arn],
    ['SSH keys', cluster.ssh_public_keys?.length],
  ];
  const texts: [string, string][] = [
    ['Spark configuration', printPairs(cluster.spark_conf, ' ')],
    ['Environment variables', printPairs(cluster.spark_env_vars, '=')],
    ['Tags', printPairs({ ...cluster.default_tags, ...cluster.custom_tags }, ' = ')],
  ];
  return (
    <>
      <Facts facts={facts} />
      {texts
        .filter(([, text]) => text !== '')
        .map(([name, text]) => (
          <section key={name}>
            <h2>{name}</h2>
            <pre className="code" tabIndex={0} aria-label={name}>
              {text}
            </pre>
          </section>
        ))}
      {idle.some(given) && (
        <section>
          <h2>Saved, but has no effect here</h2>
          <p className="dim">The nodes of this server are processes of its own computer.</p>
          <Facts facts={idle} />
        </section>
      )}
    </>
  );
}

const given = ([, value]: [string, ReactNode]) => value !== undefined && value !== '' && value !== 0;

function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {facts.filter(given).map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
