import { Checkbox, NumberInput, Select, Tabs, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { zonesQuery } from '../api/clusters';
import type { FormProps } from './formProps';
import { EQUALS, parsePairs, printPairs, SPACE, withAws } from './spec';

/** Everything that most clusters leave as it is. */
export function AdvancedForm({ first = 'instances', ...props }: FormProps & { first?: string }) {
  return (
    <fieldset className="advanced">
      <legend>Advanced</legend>
      <Tabs defaultValue={first} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="instances">Instances</Tabs.Tab>
          <Tabs.Tab value="spark">Spark</Tabs.Tab>
          <Tabs.Tab value="tags">Tags</Tabs.Tab>
          <Tabs.Tab value="ssh">SSH</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="instances">
          <Instances {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="spark">
          <Spark {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="tags">
          <Pairs label="Tags" hint="One per line: key = value" separator=" = " pattern={EQUALS} value={props.spec.custom_tags} set={(tags) => props.set({ ...props.spec, custom_tags: tags })} />
        </Tabs.Panel>
        <Tabs.Panel value="ssh">
          <Lines label="Public keys" hint="One per line, at most ten. Saved, but has no effect: the nodes have no SSH server." value={props.spec.ssh_public_keys} set={(keys) => props.set({ ...props.spec, ssh_public_keys: keys })} />
        </Tabs.Panel>
      </Tabs>
      <p className="dim">Not offered yet: init scripts, log delivery, custom containers, pools and policies. Logs of the last start are on the cluster's page.</p>
    </fieldset>
  );
}

/** A text that becomes something else; what was typed stays as it was typed. */
function Area(props: { label: string; hint: string; start: string; change: (text: string) => void }) {
  const [text, setText] = useState(props.start);
  return (
    <Textarea
      label={props.label}
      description={props.hint}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        props.change(event.currentTarget.value);
      }}
      autosize
      minRows={3}
      maxRows={14}
      spellCheck={false}
      size="xs"
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  );
}

function Pairs(props: {
  label: string;
  hint: string;
  separator: string;
  pattern: RegExp;
  value: Record<string, string> | undefined;
  set: (pairs: Record<string, string>) => void;
}) {
  return <Area label={props.label} hint={props.hint} start={printPairs(props.value, props.separator)} change={(text) => props.set(parsePairs(text, props.pattern))} />;
}

function Lines(props: { label: string; hint: string; value: string[] | undefined; set: (lines: string[]) => void }) {
  const change = (text: string) => props.set(text.split('\n').map((line) => line.trim()).filter(Boolean));
  return <Area label={props.label} hint={props.hint} start={(props.value ?? []).join('\n')} change={change} />;
}

const AVAILABILITY = [
  { value: 'ON_DEMAND', label: 'On-demand' },
  { value: 'SPOT_WITH_FALLBACK', label: 'Spot, else on-demand' },
  { value: 'SPOT', label: 'Spot only' },
];
const VOLUMES = [
  { value: 'GENERAL_PURPOSE_SSD', label: 'General purpose SSD' },
  { value: 'THROUGHPUT_OPTIMIZED_HDD', label: 'Throughput optimized HDD' },
];

const IDLE = 'Saved, but has no effect here';

/** What is meant for machines of a cloud; the nodes of this server are processes. */
function Instances({ spec, set }: FormProps) {
  const zones = useQuery(zonesQuery).data?.zones ?? [];
  const aws = spec.aws_attributes ?? {};
  const count = (value: string | number) => (typeof value === 'number' ? value : undefined);
  return (
    <div className="form">
      <p className="dim">Nodes here are processes on the server's own computer. These settings are saved, but have no effect.</p>
      <div className="pair">
        <Select
          label="Availability zone"
          description={IDLE}
          data={choices(['auto', ...zones], aws.zone_id)}
          value={aws.zone_id ?? null}
          placeholder="auto"
          clearable
          onChange={(zone) => set(withAws(spec, 'zone_id', zone ?? undefined))}
        />
        <Select
          label="Spot instances"
          description={IDLE}
          data={choices(AVAILABILITY, aws.availability)}
          value={aws.availability ?? null}
          placeholder="default"
          clearable
          onChange={(value) => set(withAws(spec, 'availability', value ?? undefined))}
        />
      </div>
      <div className="pair">
        <NumberInput label="On-demand nodes" description={`The first so many, with the driver. ${IDLE}`} min={0} value={aws.first_on_demand ?? ''} onChange={(value) => set(withAws(spec, 'first_on_demand', count(value)))} />
        <NumberInput
          label="Maximum spot price"
          description={`Percent of the on-demand price. ${IDLE}`}
          min={1}
          max={10000}
          value={aws.spot_bid_price_percent ?? ''}
          onChange={(value) => set(withAws(spec, 'spot_bid_price_percent', count(value)))}
        />
      </div>
      <div className="pair">
        <Select
          label="EBS volumes"
          description={IDLE}
          data={choices(VOLUMES, aws.ebs_volume_type)}
          value={aws.ebs_volume_type ?? null}
          placeholder="none"
          clearable
          onChange={(value) => set(withAws(spec, 'ebs_volume_type', value ?? undefined))}
        />
        <div className="line">
          <NumberInput label="Count" min={0} max={10} w={90} value={aws.ebs_volume_count ?? ''} onChange={(value) => set(withAws(spec, 'ebs_volume_count', count(value)))} />
          <NumberInput label="GB each" min={1} w={110} value={aws.ebs_volume_size ?? ''} onChange={(value) => set(withAws(spec, 'ebs_volume_size', count(value)))} />
        </div>
      </div>
      <Checkbox size="xs" label="Autoscale local storage" description={IDLE} checked={spec.enable_elastic_disk ?? false} onChange={(event) => set({ ...spec, enable_elastic_disk: event.currentTarget.checked })} />
      <TextInput
        label="Instance profile"
        description={`${IDLE}: code runs with the rights of the server's computer`}
        placeholder="arn:aws:iam::123456789012:instance-profile/name"
        value={aws.instance_profile_arn ?? ''}
        onChange={(event) => set(withAws(spec, 'instance_profile_arn', event.currentTarget.value || undefined))}
      />
    </div>
  );
}

type Choice = { value: string; label: string };

/** What can be chosen, and what is chosen already. */
function choices(offered: readonly (string | Choice)[], chosen: string | undefined): Choice[] {
  const all = offered.map((each) => (typeof each === 'string' ? { value: each, label: each } : each));
  return !chosen || all.some(({ value }) => value === chosen) ? all : [...all, { value: chosen, label: chosen }];
}

function Spark({ spec, set }: FormProps) {
  return (
    <div className="form">
      <Pairs label="Spark configuration" hint="One per line: key value" separator=" " pattern={SPACE} value={spec.spark_conf} set={(conf) => set({ ...spec, spark_conf: conf })} />
      <Pairs label="Environment variables" hint="One per line: NAME=value" separator="=" pattern={EQUALS} value={spec.spark_env_vars} set={(env) => set({ ...spec, spark_env_vars: env })} />
    </div>
  );
}
