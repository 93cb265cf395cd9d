package io.slipway.work.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.slipway.content.notebook.CellCommands;
import io.slipway.content.notebook.Sources;
import io.slipway.identity.Caller;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.spark.compute.Places;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a task does. Stored as JSON with its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Work.NotebookTask.class, name = "notebook"),
    @JsonSubTypes.Type(value = Work.PythonFile.class, name = "python_file"),
    @JsonSubTypes.Type(value = Work.Jar.class, name = "jar"),
    @JsonSubTypes.Type(value = Work.Wheel.class, name = "wheel")
})
public sealed interface Work {
    /** This work with the parameters of one run in it. */
    Work with(Given given);

    /** The commands that its context will run. Throws what reading throws. */
    List<CommandSpec> commands(Caller caller, Sources sources);

    /** What its code finds as widgets; parameters of the job are among them in any case. */
    default Map<String, String> widgets(Given given) {
        return given.job();
    }

    /** Path of the notebook that it runs; empty if it runs none. */
    default String notebookPath() {
        return "";
    }

    /**
     * What a run gives to a task. Later ones win: the job's defaults, those of the run, those of the task, and the run's parameters
     * for tasks of this kind.
     *
     * @param job parameters of the job, as the run has them
     */
    record Given(Map<String, String> job, RunParameters run, References references) {
        /** @param tasks the newest attempts of the run's tasks, by key */
        static Given of(Run run, TaskRun task, Map<String, TaskRun> tasks, String serverUrl) {
            Map<String, String> job = new LinkedHashMap<>(run.settings().parameters());
            job.putAll(run.parameters().job());
            return new Given(job, run.parameters(), new References(run, task, job, tasks, serverUrl));
        }

        private List<String> list(List<String> ofRun, List<String> ofTask) {
            return ofRun.isEmpty() ? ofTask.stream().map(references::resolve).toList() : ofRun;
        }

        private Map<String, String> resolved(Map<String, String> ofTask) {
            Map<String, String> resolved = new LinkedHashMap<>();
            ofTask.forEach((name, value) -> resolved.put(name, references.resolve(value)));
            return resolved;
        }
    }

    record NotebookTask(String path, Map<String, String> parameters) implements Work {
        @Override
        public Work with(Given given) {
            return this;
        }

        @Override
        public List<CommandSpec> commands(Caller caller, Sources sources) {
            return new CellCommands(sources).of(caller, path);
        }

        @Override
        public Map<String, String> widgets(Given given) {
            Map<String, String> widgets = given.resolved(parameters);
            // A job parameter beats a task's parameter of the same name.
            widgets.putAll(given.job());
            widgets.putAll(given.run().notebook());
            return widgets;
        }

        @Override
        public String notebookPath() {
            return path;
        }
    }

    /** @param file a path of the tree or {@code dbfs:/…} */
    record PythonFile(String file, List<String> parameters) implements Work {
        @Override
        public Work with(Given given) {
            return new PythonFile(file, given.list(given.run().python(), parameters));
        }

        @Override
        public List<CommandSpec> commands(Caller caller, Sources sources) {
            String code = new String(sources.file(caller, file), StandardCharsets.UTF_8);
            return List.of(new CommandSpec.PythonFile(Places.local(file), code, parameters));
        }
    }

    record Jar(String mainClass, List<String> parameters) implements Work {
        @Override
        public Work with(Given given) {
            return new Jar(mainClass, given.list(given.run().jar(), parameters));
        }

        @Override
        public List<CommandSpec> commands(Caller caller, Sources sources) {
            return List.of(new CommandSpec.Jar(mainClass, parameters));
        }
    }

    record Wheel(String packageName, String entryPoint, List<String> parameters, Map<String, String> namedParameters)
            implements Work {
        @Override
        public Work with(Given given) {
            Map<String, String> named = given.resolved(namedParameters);
            named.putAll(given.run().pythonNamed());
            return new Wheel(packageName, entryPoint, given.list(given.run().python(), parameters), named);
        }

        @Override
        public List<CommandSpec> commands(Caller caller, Sources sources) {
            return List.of(new CommandSpec.Wheel(packageName, entryPoint, parameters, namedParameters));
        }
    }
}
