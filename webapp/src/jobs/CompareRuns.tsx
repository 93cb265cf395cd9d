import './runs.css';
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Go } from '../parts/Go';
import { ended, outputQuery, runQuery, runsOfJobQuery, verdict, type Run, type TaskRun } from '../api/jobs';
import { places } from '../parts/places';
import { withoutColours } from '../output/ansi';
import { StatePill, words } from '../parts/StatePill';
import type { Column } from '../parts/column';
import { Table } from '../parts/Table';
import { absolute, duration } from '../parts/time';
import { useUrlState } from '../parts/urlState';
import { Loaded } from '../parts/Waiting';
import { changedParameters, pairedTasks, type Pair } from './compare';
import { around, diff } from './diff';

/** One run beside an earlier one: states, durations, parameters and what was printed. */
export function CompareRuns({ run, otherId, choose }: { run: Run; otherId: number; choose: (runId: string) => void }) {
  const other = useQuery(runQuery(otherId));
  const runs = useQuery({ ...runsOfJobQuery(run.job_id ?? 0), enabled: run.job_id !== undefined }).data ?? [];
  const choices = runs.filter((each) => each.run_id !== run.run_id).map((each) => ({ value: String(each.run_id), label: `${absolute(each.start_time)}, ${words(verdict(each.state)).toLowerCase()}` }));
  return (
    <>
      <div className="tools bottom">
        <Select
          label="Compared with the run of"
          w={300}
          data={choices.some(({ value }) => value === String(otherId)) ? choices : [{ value: String(otherId), label: `run ${otherId}` }, ...choices]}
          value={String(otherId)}
          onChange={(id) => id && choose(id)}
          allowDeselect={false}
        />
        <Button size="xs" variant="default" onClick={() => choose('')}>
          Stop comparing
        </Button>
      </div>
      <Loaded query={other}>{(then) => <Compared now={run} then={then} />}</Loaded>
    </>
  );
}

function Compared({ now, then }: { now: Run; then: Run }) {
  const pairs = pairedTasks(now, then);
  const [wanted, choose] = useUrlState('task', '');
  const pair = pairs.find(({ key }) => key === wanted) ?? pairs[0];
  return (
    <>
      <Table label="tasks" rows={pairs} columns={columns(then, choose)} id={({ key }) => key} />
      <Parameters now={now} then={then} />
      {pair?.now && pair.then && <OutputDiff key={pair.key} name={pair.key} now={pair.now} then={pair.then} />}
    </>
  );
}

const took = (task: TaskRun | undefined) => (task && task.start_time > 0 && task.end_time > 0 ? task.end_time - task.start_time : undefined);

function State({ task }: { task: TaskRun | undefined }) {
  return task ? <StatePill state={verdict(task.state)} ofRun note={task.state.state_message} /> : <span className="dim">not there</span>;
}

function Time({ task }: { task: TaskRun | undefined }) {
  const time = took(task);
  return <>{time === undefined ? '' : duration(time)}</>;
}

function Difference({ now, then }: Omit<Pair<TaskRun>, 'key'>) {
  const [a, b] = [took(now), took(then)];
  if (a === undefined || b === undefined) return null;
  const percent = b > 0 ? Math.round((100 * (a - b)) / b) : 0;
  // Small differences mean nothing.
  const matters = Math.abs(a - b) > 1000 && Math.abs(percent) >= 10;
  const text = `${a >= b ? '+' : '-'}${duration(Math.abs(a - b))} (${percent >= 0 ? '+' : ''}${percent} %)`;
  return <span className={matters ? (a > b ? 'longer' : 'shorter') : 'dim'}>{text}</span>;
}

function columns(then: Run, choose: (key: string) => void): Column<Pair<TaskRun>>[] {
  return [
    { name: 'Task', cell: ({ key }) => key },
    { name: 'Now', width: 170, cell: ({ now }) => <State task={now} /> },
    { name: 'Then', width: 170, cell: (pair) => (pair.then ? <Go place={places.run(then.job_id, then.run_id, pair.key)}><State task={pair.then} /></Go> : <State task={undefined} />) },
    { name: 'Took now', right: true, width: 110, cell: ({ now }) => <Time task={now} /> },
    { name: 'Took then', right: true, width: 110, cell: (pair) => <Time task={pair.then} /> },
    { name: 'Difference', right: true, width: 170, cell: ({ now, then: before }) => <Difference now={now} then={before} /> },
    {
      name: 'Output',
      right: true,
      width: 130,
      cell: ({ key, now, ...pair }) =>
        now && pair.then ? (
          <Button size="compact-xs" variant="default" onClick={() => choose(key)} aria-label={`Compare the output of ${key}`}>
            Compare
          </Button>
        ) : null,
    },
  ];
}

function Parameters({ now, then }: { now: Run; then: Run }) {
  const changed = changedParameters(now, then);
  const text = (value: string | undefined) => (value === undefined ? <span className="dim">not given</span> : <code>{value}</code>);
  return (
    <section>
      <h2>Parameters</h2>
      {changed.length === 0 ? (
        <p className="dim">Both runs had the same.</p>
      ) : (
        <dl className="facts">
          {changed.map((pair) => (
            <div key={pair.key} className="fact">
              <dt>{pair.key}</dt>
              <dd>
                {text(pair.now)}, then {text(pair.then)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function OutputDiff({ name, now, then }: { name: string; now: TaskRun; then: TaskRun }) {
  const fresh = useQuery({ ...outputQuery(now.run_id, !ended(now)), enabled: now.start_time > 0 });
  const old = useQuery({ ...outputQuery(then.run_id, !ended(then)), enabled: then.start_time > 0 });
  if (now.start_time === 0 || then.start_time === 0) return null;
  return (
    <section>
      <h2>Output of {name}</h2>
      <Loaded query={fresh}>{(a) => <Loaded query={old}>{(b) => <Lines old={said(b)} fresh={said(a)} />}</Loaded>}</Loaded>
    </section>
  );
}

const said = (output: { logs?: string; error?: string; notebook_output?: { result?: string } }) =>
  withoutColours([output.logs?.trimEnd(), output.notebook_output?.result && `Returned ${output.notebook_output.result}`, output.error].filter(Boolean).join('\n'));

const SIGNS = { same: '  ', old: '- ', new: '+ ' };

function Lines({ old, fresh }: { old: string; fresh: string }) {
  if (old === fresh) return <p className="dim">{old ? 'Both runs printed the same.' : 'Neither run printed anything.'}</p>;
  const lines = diff(old, fresh);
  if (!lines) return <p className="dim">Too much has changed to show it line by line.</p>;
  return (
    <>
      <p className="dim">+ this run, - the other one</p>
      <pre className="code diff" tabIndex={0} aria-label="Difference of the outputs">
        {around(lines, 3).map((line, index) => (
          <span key={index} className={line?.kind ?? 'gap'}>
            {line ? SIGNS[line.kind] + line.text : '…'}
          </span>
        ))}
      </pre>
    </>
  );
}
