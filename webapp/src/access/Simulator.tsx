import { Button, Checkbox, Select, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { groupsQuery, rolesQuery, usersQuery } from '../api/iam';
import { keys } from '../api/keys';
import { bucketPolicyOf, contextKeysOf, simulate, type ContextEntry } from '../api/simulation';
import { ErrorNote } from '../parts/ErrorNote';
import { useUrlState } from '../parts/urlState';
import { bucketOf, type Answered, type Speaker } from './answers';
import { ContextFields } from './ContextFields';
import { Evaluations } from './Evaluations';
import { EVERY_ACTION } from './policy/actions';
import { useWho } from './who';

interface Question {
  who: string;
  actions: string[];
  resources: string[];
  context: ContextEntry[];
}

/** Asks once for each bucket whose policy counts: a question can have one such policy. */
async function answersTo(as: string, question: Question, withBuckets: boolean): Promise<Answered[]> {
  const buckets = new Map<string | undefined, string[]>();
  for (const resource of question.resources.length > 0 ? question.resources : ['*']) {
    const bucket = withBuckets ? bucketOf(resource) : undefined;
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), resource]);
  }
  const all: Answered[] = [];
  for (const [bucket, resources] of buckets) {
    const bucketPolicy = bucket && (await bucketPolicyOf(as, bucket));
    all.push({ evaluations: await simulate(as, { ...question, resources, bucketPolicy }), bucketPolicy });
  }
  return all;
}

/** Offers actions once something is typed: the list is long, and would lie over what follows. */
function ActionInput({ value, set }: { value: string[]; set: (value: string[]) => void }) {
  const [typed, setTyped] = useState('');
  return (
    <TagsInput
      label="do"
      description="Actions; Enter takes one"
      placeholder={value.length === 0 ? 's3:GetObject' : ''}
      size="xs"
      data={typed.trim() === '' ? [] : EVERY_ACTION}
      limit={40}
      splitChars={[',', ' ']}
      value={value}
      onChange={set}
      onSearchChange={setTyped}
    />
  );
}

/** May somebody do something with something, and which statement says so? */
export function Simulator() {
  const { as } = useWho();
  const users = useQuery(usersQuery(as));
  const groups = useQuery(groupsQuery(as));
  const roles = useQuery(rolesQuery(as));
  const [who, setWho] = useUrlState('who', '');
  const [actions, setActions] = useState<string[]>([]);
  const [resources, setResources] = useState<string[]>([]);
  const [context, setContext] = useState<Record<string, string[]>>({});
  const [withBuckets, setWithBuckets] = useState(true);
  const [busy, setBusy] = useState(false);
  const [answered, setAnswered] = useState<{ all: Answered[]; speakers: Speaker[]; name: string }>();
  const [error, setError] = useState<unknown>();
  const asked = useQuery({ queryKey: keys.aws(as, 'iam', 'context-keys', who), queryFn: () => contextKeysOf(as, who), enabled: who !== '' });
  const failure = error ?? users.error ?? groups.error ?? roles.error;

  const speakers = (): Speaker[] => {
    const user = users.data?.find(({ arn }) => arn === who);
    const group = groups.data?.find(({ arn }) => arn === who);
    const role = roles.data?.find(({ arn }) => arn === who);
    if (role) return [{ kind: 'Role', thing: role }];
    if (group) return [{ kind: 'Group', thing: group }];
    if (!user) return [];
    const around = (groups.data ?? []).filter(({ name }) => user.groups.includes(name));
    return [{ kind: 'User', thing: user }, ...around.map((thing) => ({ kind: 'Group', thing }) as const)];
  };
  /** What was answered is about another question from then on. */
  const changing =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setAnswered(undefined);
      setError(undefined);
      set(value);
    };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const entries = Object.entries(context).flatMap(([key, values]) => (values.length > 0 ? [{ key, type: values.length > 1 ? 'stringList' : 'string', values }] : []));
      const all = await answersTo(as, { who, actions, resources, context: entries }, withBuckets);
      setAnswered({ all, speakers: speakers(), name: who.slice(who.lastIndexOf('/') + 1) });
    } catch (refusal) {
      setError(refusal);
    }
    setBusy(false);
  };
  const choice = (all: { arn: string; name: string }[] = []) => all.map(({ arn, name }) => ({ value: arn, label: name }));
  return (
    <>
      <form className="simulator" onSubmit={(event) => void submit(event)}>
        <Select
          label="May"
          placeholder="User, group or role"
          searchable
          size="xs"
          data={[
            { group: 'Users', items: choice(users.data) },
            { group: 'Groups', items: choice(groups.data) },
            { group: 'Roles', items: choice(roles.data) },
          ]}
          value={who || null}
          onChange={(next) => changing(setWho)(next ?? '')}
        />
        <ActionInput value={actions} set={changing(setActions)} />
        <TagsInput
          label="with"
          description="ARNs; none: whatever it is"
          placeholder={resources.length === 0 ? 'arn:aws:s3:::bucket/key' : ''}
          size="xs"
          data={[]}
          splitChars={[]}
          value={resources}
          onChange={changing(setResources)}
        />
        <ContextFields asked={asked.data} values={context} set={changing(setContext)} />
        {resources.some((each) => bucketOf(each)) && (
          <Checkbox size="xs" label="The policy of the bucket counts, too" checked={withBuckets} onChange={(event) => changing(setWithBuckets)(event.currentTarget.checked)} />
        )}
        <div>
          <Button size="xs" type="submit" loading={busy} disabled={who === '' || actions.length === 0}>
            Ask
          </Button>
        </div>
      </form>
      {failure !== undefined && failure !== null && <ErrorNote error={failure} />}
      {answered && <Evaluations {...answered} />}
    </>
  );
}
