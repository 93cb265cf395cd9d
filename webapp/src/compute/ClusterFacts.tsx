import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sparkVersionsQuery, type Cluster } from '../api/clusters';
import { Age } from '../parts/Age';
import { words } from '../parts/StatePill';
import { modeOf, printPairs, sizeText } from './spec';

const MODE_NAMES = { standard: 'Standard', 'high-concurrency': 'High Concurrency', 'single-node': 'Single Node' };

/** What the cluster was asked to be. */
export function ClusterFacts({ cluster }: { cluster: Cluster }) {
  const versions = useQuery(sparkVersionsQuery).data ?? [];
  const aws = cluster.aws_attributes;
  const reason = cluster.termination_reason;
  const facts: [string, ReactNode][] = [
    ['Mode', MODE_NAMES[modeOf(cluster)]],
    ['Runtime', versions.find(({ key }) => key === cluster.spark_version)?.name ?? cluster.spark_version],
    ['Size', sizeText(cluster)],
    ['Node type', cluster.node_type_id],
    ['Driver type', cluster.driver_node_type_id],
    ['Auto-termination', cluster.autotermination_minutes ? `after ${cluster.autotermination_minutes} minutes of inactivity` : 'never'],
    ['Zone', aws?.zone_id],
    ['Availability', aws?.availability && words(aws.availability)],
    ['On-demand first', aws?.first_on_demand],
    ['Highest spot price', aws?.spot_bid_price_percent && `${aws.spot_bid_price_percent} % of on-demand`],
    ['EBS volumes', aws?.ebs_volume_count && `${aws.ebs_volume_count} x ${aws.ebs_volume_size ?? '?'} GB`],
    ['Instance profile', aws?.instance_profile_arn],
    ['Created by', `${cluster.creator_user_name} (${cluster.cluster_source})`],
    ['Started', <Age key="started" at={cluster.start_time} />],
    ['Terminated', cluster.terminated_time ? <Age key="ended" at={cluster.terminated_time} /> : undefined],
    ['Why it ended', reason && `${words(reason.code)}${reason.parameters?.username ? ` by ${reason.parameters.username}` : ''}`],
  ];
  const texts: [string, string][] = [
    ['Spark configuration', printPairs(cluster.spark_conf, ' ')],
    ['Environment variables', printPairs(cluster.spark_env_vars, '=')],
    ['Tags', printPairs({ ...cluster.default_tags, ...cluster.custom_tags }, ' ')],
  ];
  return (
    <>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== undefined && value !== '')
          .map(([name, value]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
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
    </>
  );
}
