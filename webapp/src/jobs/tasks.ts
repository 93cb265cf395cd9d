import type { Task } from '../api/jobs';

/** What a task does, in two words and the thing it does it with. */
export function workOf(task: Task): { kind: string; what: string; notebook?: string } {
  if (task.notebook_task) return { kind: 'Notebook', what: task.notebook_task.notebook_path, notebook: task.notebook_task.notebook_path };
  if (task.spark_python_task) return { kind: 'Python file', what: task.spark_python_task.python_file };
  if (task.spark_jar_task) return { kind: 'JAR', what: task.spark_jar_task.main_class_name };
  if (task.python_wheel_task) return { kind: 'Wheel', what: `${task.python_wheel_task.package_name}.${task.python_wheel_task.entry_point}` };
  return { kind: 'Task', what: '' };
}

/** Where a task runs. */
export function computeOf(task: Task): string {
  if (task.existing_cluster_id) return task.existing_cluster_id;
  if (task.job_cluster_key) return `job cluster ${task.job_cluster_key}`;
  return task.new_cluster ? 'new cluster' : '';
}
