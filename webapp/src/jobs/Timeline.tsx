import { verdict, type Run, type TaskRun } from '../api/jobs';
import { useNow } from '../parts/Age';
import { tone, words } from '../parts/StatePill';
import { duration } from '../parts/time';

interface Props {
  run: Run;
  tasks: TaskRun[];
  chosen: string | undefined;
  choose: (taskKey: string) => void;
}

/** When each task was at work: waiting for its cluster first, then its code. */
export function Timeline({ run, tasks, chosen, choose }: Props) {
  const now = useNow();
  const begin = run.start_time;
  const whole = Math.max(1000, (run.end_time || now) - begin);
  const part = (millis: number) => `${Math.max(0, Math.min(100, (100 * millis) / whole))}%`;
  return (
    <div className="timeline" role="group" aria-label="When each task was at work">
      {tasks.map((task) => {
        const took = task.start_time ? (task.end_time || now) - task.start_time : 0;
        const state = verdict(task.state);
        return (
          <button key={task.run_id} type="button" aria-pressed={task.task_key === chosen} onClick={() => choose(task.task_key)}>
            <span>{task.task_key}</span>
            <span className="lane">
              {task.start_time > 0 && (
                <i className={tone(state, true)} style={{ left: part(task.start_time - begin), width: part(took) }} title={`${words(state)}, ${duration(took)}`}>
                  <i style={{ width: `${Math.min(100, (100 * task.setup_duration) / Math.max(1, took))}%` }} title={`Waited ${duration(task.setup_duration)} for its cluster`} />
                </i>
              )}
            </span>
            <span className="num">{took > 0 ? duration(took) : words(state)}</span>
          </button>
        );
      })}
    </div>
  );
}
