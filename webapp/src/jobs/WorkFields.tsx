import { Select, Textarea, TextInput } from '@mantine/core';
import type { Task } from '../api/jobs';
import { Pairs } from './Pairs';
import { PathInput } from '../parts/PathInput';
import { kindOfWork, parametersText, withParameters, withWork, WORK, type WorkKind } from './work';

export interface FieldsProps {
  task: Task;
  set: (task: Task) => void;
  /** What is wrong with a field, if anything. */
  error: (field: string) => string | undefined;
}

/** What a task runs. */
export function WorkFields(props: FieldsProps) {
  const { task, set, error } = props;
  const kind = kindOfWork(task);
  return (
    <>
      <Select
        label="Type"
        data={WORK.map(({ value, label }) => ({ value, label }))}
        value={kind ?? null}
        onChange={(next) => next && set(withWork(task, next as WorkKind))}
        allowDeselect={false}
        error={error('work')}
      />
      {kind === 'notebook_task' && <Notebook key="notebook" {...props} />}
      {kind === 'spark_python_task' && <PythonFile key="file" {...props} />}
      {kind === 'spark_jar_task' && (
        <TextInput
          label="Main class"
          placeholder="org.example.Main"
          description="In one of the JARs under Libraries."
          value={task.spark_jar_task?.main_class_name ?? ''}
          onChange={(event) => set({ ...task, spark_jar_task: { ...task.spark_jar_task, main_class_name: event.currentTarget.value } })}
          error={error('main_class_name')}
        />
      )}
      {kind === 'python_wheel_task' && <Wheel key="wheel" {...props} />}
      {kind !== 'notebook_task' && kind !== undefined && <Parameters key={kind} {...props} />}
    </>
  );
}

function Notebook({ task, set, error }: FieldsProps) {
  const notebook = task.notebook_task ?? { notebook_path: '' };
  return (
    <>
      <PathInput
        label="Notebook"
        placeholder="/Shared/my-notebook"
        path={notebook.notebook_path ?? ''}
        set={(path) => set({ ...task, notebook_task: { ...notebook, notebook_path: path } })}
        error={error('notebook_path')}
        fits={(object) => object.object_type === 'NOTEBOOK'}
      />
      <Pairs
        label="Parameters"
        hint="What dbutils.widgets.get gives in the notebook; {{job.parameters.x}} takes one of the job's."
        noun="parameter"
        start={notebook.base_parameters ?? {}}
        set={(parameters) => set({ ...task, notebook_task: { ...notebook, base_parameters: parameters } })}
      />
    </>
  );
}

function PythonFile({ task, set, error }: FieldsProps) {
  const file = task.spark_python_task ?? { python_file: '' };
  return (
    <PathInput
      label="Python file"
      description="A file of the workspace, or dbfs:/…"
      placeholder="/Shared/program.py"
      path={file.python_file ?? ''}
      set={(path) => set({ ...task, spark_python_task: { ...file, python_file: path } })}
      error={error('python_file')}
      fits={(object) => object.object_type === 'FILE' && object.path.endsWith('.py')}
    />
  );
}

function Wheel({ task, set, error }: FieldsProps) {
  const wheel = task.python_wheel_task ?? { package_name: '', entry_point: '' };
  const change = (part: Partial<typeof wheel>) => set({ ...task, python_wheel_task: { ...wheel, ...part } });
  return (
    <>
      <div className="pair">
        <TextInput label="Package" value={wheel.package_name ?? ''} onChange={(event) => change({ package_name: event.currentTarget.value })} error={error('package_name')} />
        <TextInput label="Entry point" placeholder="main" value={wheel.entry_point ?? ''} onChange={(event) => change({ entry_point: event.currentTarget.value })} error={error('entry_point')} />
      </div>
      <Pairs
        label="Named parameters"
        hint="Given as --name=value. The package's wheel belongs to the libraries below."
        noun="parameter"
        start={wheel.named_parameters ?? {}}
        set={(parameters) => change({ named_parameters: Object.keys(parameters).length > 0 ? parameters : undefined })}
      />
    </>
  );
}

function Parameters({ task, set, error }: FieldsProps) {
  return (
    <Textarea
      label="Parameters"
      description="One on each line"
      value={parametersText(task)}
      onChange={(event) => set(withParameters(task, event.currentTarget.value))}
      error={error('parameters')}
      autosize
      minRows={2}
      maxRows={8}
      size="xs"
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  );
}
