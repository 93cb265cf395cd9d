import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { JobSettings } from '../api/jobs';
import type { Problem } from './checks';
import { ClusterFields } from './ClusterFields';
import { addCluster, removeCluster, renameCluster, setCluster, usersOf } from './jobClusters';
import { KeyInput } from './KeyInput';
import { Pairs } from './Pairs';

interface Props {
  settings: JobSettings;
  set: (settings: JobSettings) => void;
  problems: Problem[];
  /** Where the name stands elsewhere. */
  unnamed?: boolean;
}

const whole = (value: string | number, otherwise: number) => (typeof value === 'number' ? value : otherwise);

/** What belongs to the job, not to one of its tasks. */
export function JobForm({ settings, set, problems, unnamed = false }: Props) {
  const error = (field: string) => problems.find((problem) => problem.task === undefined && problem.field === field)?.text;
  return (
    <div className="form">
      {!unnamed && <TextInput label="Name" value={settings.name ?? ''} onChange={(event) => set({ ...settings, name: event.currentTarget.value })} error={error('name')} />}
      <Textarea label="Description" size="xs" autosize minRows={2} maxRows={8} value={settings.description ?? ''} onChange={(event) => set({ ...settings, description: event.currentTarget.value || undefined })} />
      <div className="pair">
        <NumberInput
          label="Max concurrent runs"
          description="Further runs are skipped"
          min={1}
          max={1000}
          value={settings.max_concurrent_runs ?? 1}
          onChange={(value) => set({ ...settings, max_concurrent_runs: whole(value, 1) })}
        />
        <NumberInput
          label="Timeout of a run, seconds"
          description="For all its tasks together"
          min={0}
          placeholder="none"
          value={settings.timeout_seconds || ''}
          onChange={(value) => set({ ...settings, timeout_seconds: whole(value, 0) })}
        />
      </div>
      <Pairs
        label="Parameters"
        hint="With their defaults. Notebooks get them as widgets, other tasks write {{job.parameters.x}}; a run can be given other values."
        noun="parameter"
        start={Object.fromEntries((settings.parameters ?? []).map((each) => [each.name, each.default ?? '']))}
        set={(values) => {
          const parameters = Object.entries(values).map(([name, value]) => ({ name, default: value }));
          set({ ...settings, parameters: parameters.length > 0 ? parameters : undefined });
        }}
      />
      <Pairs
        label="Tags"
        noun="tag"
        start={settings.tags ?? {}}
        set={(tags) => set({ ...settings, tags: Object.keys(tags).length > 0 ? tags : undefined })}
      />
      <Clusters settings={settings} set={set} />
    </div>
  );
}

function Clusters({ settings, set }: Pick<Props, 'settings' | 'set'>) {
  const clusters = settings.job_clusters ?? [];
  return (
    <section>
      <h2>Shared job clusters</h2>
      <p className="dim">Each is started once per run and shared by the tasks that use it.</p>
      {clusters.map(({ job_cluster_key: key, new_cluster: spec }, index) => {
        const users = usersOf(settings, key);
        return (
          <fieldset key={index} className="advanced form">
            <legend>{key}</legend>
            <KeyInput
              label="Name"
              value={key}
              others={clusters.filter((_, at) => at !== index).map((each) => each.job_cluster_key)}
              noun="cluster"
              set={(next) => set(renameCluster(settings, key, next))}
            />
            <ClusterFields spec={spec} set={(next) => set(setCluster(settings, key, next))} />
            <div className="line">
              <Button size="compact-xs" variant="default" onClick={() => set(removeCluster(settings, key))} disabled={users.length > 0}>
                Delete cluster {key}
              </Button>
              <span className="dim">{users.length > 0 ? `Used by ${users.join(', ')}` : 'No task uses it.'}</span>
            </div>
          </fieldset>
        );
      })}
      <Button size="compact-xs" mt="xs" variant="default" leftSection={<Plus size={12} />} onClick={() => set(addCluster(settings).settings)}>
        Add shared cluster
      </Button>
    </section>
  );
}
