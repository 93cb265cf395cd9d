import type { Shape } from './shape';

/** What the forms show of a cluster's specification. */
export const CLUSTER: Shape = {
  fields: {
    cluster_name: 'text',
    spark_version: 'text',
    node_type_id: 'text',
    driver_node_type_id: 'text',
    num_workers: 'number',
    autoscale: { fields: { min_workers: 'number', max_workers: 'number' }, needed: ['min_workers', 'max_workers'] },
    autotermination_minutes: 'number',
    spark_conf: { every: 'value' },
    spark_env_vars: { every: 'value' },
    custom_tags: { every: 'value' },
    aws_attributes: {
      fields: {
        first_on_demand: 'number',
        availability: 'text',
        zone_id: 'text',
        instance_profile_arn: 'text',
        spot_bid_price_percent: 'number',
        ebs_volume_type: 'text',
        ebs_volume_count: 'number',
        ebs_volume_size: 'number',
      },
    },
    ssh_public_keys: ['text'],
    enable_elastic_disk: 'yes or no',
  },
};
