package io.slipway.work.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The work of a task with this run's parameters in it. Later ones win: the job's defaults, those of the run, those of the task,
 * and the run's parameters for tasks of this kind.
 */
record TaskInput(Work work, Map<String, String> widgets) {
    static TaskInput of(Run run, TaskRun task, TaskSpec spec, Map<String, Map<String, String>> taskValues) {
        Map<String, String> job = new LinkedHashMap<>(run.settings().parameters());
        job.putAll(run.parameters().job());
        References references = new References(run, task, job, taskValues);
        Work work = spec.work();
        if (work instanceof Work.NotebookTask notebook) {
            Map<String, String> widgets = new LinkedHashMap<>(job);
            notebook.parameters().forEach((name, value) -> widgets.put(name, references.resolve(value)));
            // A job parameter beats a task's parameter of the same name.
            job.forEach(widgets::put);
            widgets.putAll(run.parameters().notebook());
            return new TaskInput(work, widgets);
        }
        if (work instanceof Work.PythonFile file) {
            return new TaskInput(
                    new Work.PythonFile(
                            file.file(), given(run.parameters().python(), all(references, file.parameters()))),
                    job);
        }
        if (work instanceof Work.Jar jar) {
            return new TaskInput(
                    new Work.Jar(jar.mainClass(), given(run.parameters().jar(), all(references, jar.parameters()))),
                    job);
        }
        Work.Wheel wheel = (Work.Wheel) work;
        Map<String, String> named = new LinkedHashMap<>();
        wheel.namedParameters().forEach((name, value) -> named.put(name, references.resolve(value)));
        named.putAll(run.parameters().pythonNamed());
        return new TaskInput(
                new Work.Wheel(
                        wheel.packageName(),
                        wheel.entryPoint(),
                        given(run.parameters().python(), all(references, wheel.parameters())),
                        named),
                job);
    }

    private static List<String> given(List<String> ofRun, List<String> ofTask) {
        return ofRun.isEmpty() ? ofTask : ofRun;
    }

    private static List<String> all(References references, List<String> parameters) {
        List<String> resolved = new ArrayList<>();
        parameters.forEach(each -> resolved.add(references.resolve(each)));
        return resolved;
    }
}
