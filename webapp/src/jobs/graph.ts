import type { Task } from '../api/jobs';

/** Changes to the graph of a job's tasks. All are pure: they give a new list. */

/** A key that no task has yet. */
export function freeKey(taken: string[], wanted: string): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number++) {
    if (!taken.includes(`${wanted}_${number}`)) return `${wanted}_${number}`;
  }
}

/** A task with another name: those that wait for it still do. */
export function renamed(tasks: Task[], from: string, to: string): Task[] {
  return tasks.map((task) => ({
    ...task,
    task_key: task.task_key === from ? to : task.task_key,
    ...(task.depends_on && { depends_on: task.depends_on.map((each) => (each.task_key === from ? { ...each, task_key: to } : each)) }),
  }));
}

/** Without a task; nobody waits for it any more. */
export function without(tasks: Task[], key: string): Task[] {
  return tasks
    .filter((task) => task.task_key !== key)
    .map((task) => (task.depends_on ? { ...task, depends_on: task.depends_on.filter((each) => each.task_key !== key) } : task));
}

export function connected(tasks: Task[], from: string, to: string): Task[] {
  if (!mayConnect(tasks, from, to)) return tasks;
  return tasks.map((task) => (task.task_key === to ? { ...task, depends_on: [...(task.depends_on ?? []), { task_key: from }] } : task));
}

export function disconnected(tasks: Task[], from: string, to: string): Task[] {
  return tasks.map((task) => (task.task_key === to ? { ...task, depends_on: (task.depends_on ?? []).filter((each) => each.task_key !== from) } : task));
}

/** Whether `to` can wait for `from`: it does not yet, and no circle comes of it. */
export function mayConnect(tasks: Task[], from: string, to: string): boolean {
  const target = tasks.find((task) => task.task_key === to);
  if (!target || from === to || target.depends_on?.some((each) => each.task_key === from)) return false;
  return !before(tasks, from).has(to);
}

/** All tasks that come before this one, at any distance. */
export function before(tasks: Task[], key: string): Set<string> {
  const byKey = new Map(tasks.map((task) => [task.task_key, task]));
  const found = new Set<string>();
  const left = [key];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const { task_key: earlier } of byKey.get(next)?.depends_on ?? []) {
      if (!found.has(earlier)) {
        found.add(earlier);
        left.push(earlier);
      }
    }
  }
  return found;
}

/** Tasks that wait for themselves. */
export function circle(tasks: Task[]): string[] {
  return tasks.map((task) => task.task_key).filter((key) => before(tasks, key).has(key));
}
