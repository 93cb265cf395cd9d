import { CLUSTER } from '../parts/clusterShape';
import { misfits, type Shape } from '../parts/shape';

const PARAMETERS: Shape = ['text'];

const TASK: Shape = {
  fields: {
    task_key: 'text',
    description: 'text',
    depends_on: [{ fields: { task_key: 'text' }, needed: ['task_key'] }],
    run_if: 'text',
    existing_cluster_id: 'text',
    job_cluster_key: 'text',
    new_cluster: CLUSTER,
    notebook_task: { fields: { notebook_path: 'text', base_parameters: { every: 'value' } } },
    spark_python_task: { fields: { python_file: 'text', parameters: PARAMETERS } },
    spark_jar_task: { fields: { main_class_name: 'text', parameters: PARAMETERS } },
    python_wheel_task: { fields: { package_name: 'text', entry_point: 'text', parameters: PARAMETERS, named_parameters: { every: 'value' } } },
    libraries: [{ fields: { jar: 'text', whl: 'text', pypi: { fields: { package: 'text', repo: 'text' } } } }],
    timeout_seconds: 'number',
    max_retries: 'number',
    min_retry_interval_millis: 'number',
    retry_on_timeout: 'yes or no',
  },
  needed: ['task_key'],
};

const JOB: Shape = {
  fields: {
    name: 'text',
    description: 'text',
    max_concurrent_runs: 'number',
    timeout_seconds: 'number',
    tags: { every: 'value' },
    schedule: { fields: { quartz_cron_expression: 'text', timezone_id: 'text', pause_status: 'text' }, needed: ['quartz_cron_expression', 'timezone_id'] },
    tasks: [TASK],
    parameters: [{ fields: { name: 'text', default: 'value' }, needed: ['name'] }],
    job_clusters: [{ fields: { job_cluster_key: 'text', new_cluster: CLUSTER }, needed: ['job_cluster_key', 'new_cluster'] }],
  },
};

/** Why settings that somebody wrote cannot be shown in the forms; empty if they can. What the fields say is another question. */
export const shapeProblem = (settings: unknown): string => misfits(settings, JOB).join(' ');
