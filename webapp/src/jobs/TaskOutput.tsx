import './runs.css';
import { Button, Select, Tabs } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { Go } from '../parts/Go';
import { ended, verdict, type TaskRun } from '../api/jobs';
import { ranCellsQuery } from '../api/runViews';
import { places } from '../parts/places';
import type { ResultViews } from '../output/types';
import { Age, Took } from '../parts/Age';
import { StatePill, words } from '../parts/StatePill';
import { Loaded, Waiting } from '../parts/Waiting';
import { taskOutputs } from './cellOutputs';
import { computeOf, workOf } from './tasks';

const RanNotebook = lazy(() => import('./RanNotebook').then((module) => ({ default: module.RanNotebook })));
const Outputs = lazy(() => import('../output/Outputs').then((module) => ({ default: module.Outputs })));

/** What one task says while it works, and left behind: of its last attempt, or an earlier one. */
export function TaskOutput({ attempts }: { attempts: TaskRun[] }) {
  const [number, setNumber] = useState<number>();
  const sorted = [...attempts].sort((a, b) => a.attempt_number - b.attempt_number);
  const last = sorted.at(-1);
  const task = sorted.find((each) => each.attempt_number === number) ?? last;
  if (!task || !last) return null;
  const choice = sorted.length > 1 && (
    <Select
      aria-label="Attempt"
      w={220}
      mb="xs"
      data={sorted.map((each) => ({ value: String(each.attempt_number), label: `Attempt ${each.attempt_number + 1} of ${sorted.length}: ${words(verdict(each.state)).toLowerCase()}` }))}
      value={String(task.attempt_number)}
      // Who looks at the last attempt sees the next one when it begins.
      onChange={(value) => setNumber(Number(value) === last.attempt_number ? undefined : Number(value))}
      allowDeselect={false}
    />
  );
  return <Attempt key={task.run_id} task={task} choice={choice} />;
}

function Attempt({ task, choice }: { task: TaskRun; choice: ReactNode }) {
  const over = ended(task);
  const begun = task.start_time > 0;
  const ran = useInfiniteQuery({ ...ranCellsQuery(task.run_id, !over), enabled: begun });
  const more = ran.hasNextPage && (
    <Button size="compact-xs" variant="default" mt="xs" loading={ran.isFetchingNextPage} onClick={() => void ran.fetchNextPage()}>
      Show more
    </Button>
  );
  const notebook = task.notebook_task !== undefined;
  return (
    <section>
      <h2>
        {task.task_key} <StatePill state={verdict(task.state)} ofRun note={task.state.state_message} />
      </h2>
      {choice}
      <Facts task={task} />
      {!begun && <p className="dim">{task.state.state_message || 'It has not started yet.'}</p>}
      {begun && (
        <Tabs defaultValue="output">
          <Tabs.List mb="sm">
            <Tabs.Tab value="output">Output</Tabs.Tab>
            {notebook && <Tabs.Tab value="notebook">Notebook as it ran</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="output">
            <Loaded query={ran}>{(found) => <Output ran={found} name={task.task_key} live={!over} />}</Loaded>
            {more}
          </Tabs.Panel>
          <Tabs.Panel value="notebook">
            <Loaded query={ran}>
              {({ cells }) => (
                <Suspense fallback={<Waiting />}>
                  <RanNotebook cells={cells} name={task.task_key} />
                </Suspense>
              )}
            </Loaded>
            {more}
          </Tabs.Panel>
        </Tabs>
      )}
    </section>
  );
}

function Facts({ task }: { task: TaskRun }) {
  const work = workOf(task);
  const cluster = task.cluster_instance?.cluster_id;
  const facts: [string, ReactNode][] = [
    [work.kind, work.notebook ? <Go place={places.notebook(work.notebook)}>{work.what}</Go> : <code>{work.what}</code>],
    ['Ran on', cluster ? <Go place={places.cluster(cluster)}>{cluster}</Go> : computeOf(task)],
    ['Started', <Age key="age" at={task.start_time} />],
    ['Took', <Took key="took" from={task.start_time} to={task.end_time} />],
  ];
  return (
    <dl className="facts across">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Output({ ran, name, live }: { ran: Parameters<typeof taskOutputs>[0]; name: string; live: boolean }) {
  const outputs = useMemo(() => taskOutputs(ran), [ran]);
  const [views, changeViews] = useState<ResultViews>({});
  return (
    <>
      <Suspense fallback={<Waiting />}>
        <Outputs outputs={outputs} label={`Output of ${name}`} views={views} changeViews={changeViews} />
      </Suspense>
      {outputs.length === 0 && <p className="dim">{live ? 'Nothing has been printed yet.' : 'It printed nothing.'}</p>}
    </>
  );
}
