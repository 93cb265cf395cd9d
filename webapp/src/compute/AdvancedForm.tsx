import { Checkbox, NumberInput, SegmentedControl, Select, Tabs, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { zonesQuery } from '../api/clusters';
import type { FormProps } from './formProps';
import { EQUALS, parsePairs, printPairs, SPACE, withAws } from './spec';

/** Everything that most clusters leave as it is. */
export function AdvancedForm(props: FormProps) {
  return (
    <fieldset className="advanced">
      <legend>Advanced</legend>
      <Tabs defaultValue="instances" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="instances">Instances</Tabs.Tab>
          <Tabs.Tab value="spark">Spark</Tabs.Tab>
          <Tabs.Tab value="tags">Tags</Tabs.Tab>
          <Tabs.Tab value="docker">Docker</Tabs.Tab>
          <Tabs.Tab value="logging">Logging</Tabs.Tab>
          <Tabs.Tab value="init">Init scripts</Tabs.Tab>
          <Tabs.Tab value="ssh">SSH</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="instances">
          <Instances {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="spark">
          <Spark {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="tags">
          <Pairs label="Tags" hint="One per line: key value" separator=" " pattern={SPACE} value={props.spec.custom_tags} set={(tags) => props.set({ ...props.spec, custom_tags: tags })} />
        </Tabs.Panel>
        <Tabs.Panel value="docker">
          <Docker {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="logging">
          <Logging {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="init">
          <InitScripts {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="ssh">
          <Lines label="Public keys" hint="One per line, at most ten" value={props.spec.ssh_public_keys} set={(keys) => props.set({ ...props.spec, ssh_public_keys: keys })} />
        </Tabs.Panel>
      </Tabs>
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

function Instances({ spec, set }: FormProps) {
  const zones = useQuery(zonesQuery).data?.zones ?? [];
  const aws = spec.aws_attributes ?? {};
  const count = (value: string | number) => (typeof value === 'number' ? value : undefined);
  return (
    <div className="form">
      <div className="pair">
        <Select label="Availability zone" data={['auto', ...zones]} value={aws.zone_id ?? null} placeholder="the server's choice" clearable onChange={(zone) => set(withAws(spec, 'zone_id', zone ?? undefined))} />
        <Select label="Instances" data={AVAILABILITY} value={aws.availability ?? null} placeholder="the server's choice" clearable onChange={(value) => set(withAws(spec, 'availability', value ?? undefined))} />
      </div>
      <div className="pair">
        <NumberInput label="On-demand first" description="So many nodes, the driver among them" min={0} value={aws.first_on_demand ?? ''} onChange={(value) => set(withAws(spec, 'first_on_demand', count(value)))} />
        <NumberInput label="Highest spot price" description="Percent of the on-demand price" min={1} max={10000} value={aws.spot_bid_price_percent ?? ''} onChange={(value) => set(withAws(spec, 'spot_bid_price_percent', count(value)))} />
      </div>
      <div className="pair">
        <Select label="EBS volumes" data={VOLUMES} value={aws.ebs_volume_type ?? null} placeholder="none" clearable onChange={(value) => set(withAws(spec, 'ebs_volume_type', value ?? undefined))} />
        <div className="line">
          <NumberInput label="Count" min={0} max={10} w={90} value={aws.ebs_volume_count ?? ''} onChange={(value) => set(withAws(spec, 'ebs_volume_count', count(value)))} />
          <NumberInput label="GB each" min={1} w={110} value={aws.ebs_volume_size ?? ''} onChange={(value) => set(withAws(spec, 'ebs_volume_size', count(value)))} />
        </div>
      </div>
      <Checkbox size="xs" label="Grow disks before they are full" checked={spec.enable_elastic_disk ?? false} onChange={(event) => set({ ...spec, enable_elastic_disk: event.currentTarget.checked })} />
      <TextInput label="Instance profile" placeholder="arn:aws:iam::123456789012:instance-profile/name" value={aws.instance_profile_arn ?? ''} onChange={(event) => set(withAws(spec, 'instance_profile_arn', event.currentTarget.value || undefined))} />
      <p className="dim">On this computer nodes are processes: zones, spot and volumes are kept and shown, and take effect on AWS.</p>
    </div>
  );
}

function Spark({ spec, set }: FormProps) {
  return (
    <div className="form">
      <Pairs label="Spark configuration" hint="One per line: key value" separator=" " pattern={SPACE} value={spec.spark_conf} set={(conf) => set({ ...spec, spark_conf: conf })} />
      <Pairs label="Environment variables" hint="One per line: NAME=value" separator="=" pattern={EQUALS} value={spec.spark_env_vars} set={(env) => set({ ...spec, spark_env_vars: env })} />
    </div>
  );
}

function Docker({ spec, set }: FormProps) {
  const image = spec.docker_image ?? {};
  const auth = image.basic_auth ?? {};
  const change = (part: object) => set({ ...spec, docker_image: { ...image, ...part } });
  return (
    <div className="form">
      <TextInput label="Container image" description="Use your own container" placeholder="registry/name:tag" value={image.url ?? ''} onChange={(event) => change({ url: event.currentTarget.value })} />
      <div className="pair">
        <TextInput label="User" value={auth.username ?? ''} onChange={(event) => change({ basic_auth: { ...auth, username: event.currentTarget.value } })} />
        <TextInput label="Password" type="password" autoComplete="off" value={auth.password ?? ''} onChange={(event) => change({ basic_auth: { ...auth, password: event.currentTarget.value } })} />
      </div>
    </div>
  );
}

function Logging({ spec, set }: FormProps) {
  const conf = spec.cluster_log_conf ?? {};
  const [kind, setKind] = useState(conf.s3 ? 's3' : conf.dbfs ? 'dbfs' : 'none');
  const place = conf.s3 ?? conf.dbfs;
  const usual = kind === 's3' ? 's3://bucket/cluster-logs' : 'dbfs:/cluster-logs';
  const to = (destination: string, region?: string) =>
    set({ ...spec, cluster_log_conf: kind === 's3' ? { s3: { destination, region } } : { dbfs: { destination } } });
  return (
    <div className="form">
      <SegmentedControl
        size="xs"
        aria-label="Where logs go"
        data={[
          { value: 'none', label: 'None' },
          { value: 'dbfs', label: 'DBFS' },
          { value: 's3', label: 'S3' },
        ]}
        value={kind}
        onChange={(value) => {
          setKind(value);
          set({ ...spec, cluster_log_conf: undefined });
        }}
      />
      {kind !== 'none' && <TextInput label="Destination" placeholder={usual} value={place?.destination ?? ''} onChange={(event) => to(event.currentTarget.value, conf.s3?.region)} />}
      {kind === 's3' && <TextInput label="Region" value={conf.s3?.region ?? ''} onChange={(event) => to(conf.s3?.destination ?? '', event.currentTarget.value)} />}
      <p className="dim">Logs of the last start are on the cluster's page, wherever they go besides.</p>
    </div>
  );
}

function InitScripts({ spec, set }: FormProps) {
  const scripts = (spec.init_scripts ?? []) as Record<string, { destination?: string }>[];
  const paths = scripts.map((each) => Object.values(each)[0]?.destination ?? '');
  const kind = (path: string) => (path.startsWith('s3:') ? 's3' : path.startsWith('/Volumes/') ? 'volumes' : path.startsWith('/') ? 'workspace' : 'dbfs');
  return (
    <Lines
      label="Init scripts"
      hint="Run in this order on every node: dbfs:/..., s3://..., /Workspace path or /Volumes/..."
      value={paths}
      set={(lines) => set({ ...spec, init_scripts: lines.map((destination) => ({ [kind(destination)]: { destination } })) })}
    />
  );
}

