package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.wire.Request;
import io.slipway.work.job.Compute;
import io.slipway.work.job.JobSettings;
import io.slipway.work.job.TaskSpec;
import io.slipway.work.job.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A task as clients send it (Jobs API 2.1, Task). */
record TaskRequest(
        Optional<String> taskKey,
        List<DependsOn> dependsOn,
        Optional<TaskSpec.RunIf> runIf,
        Optional<String> existingClusterId,
        Optional<ObjectNode> newCluster,
        Optional<String> jobClusterKey,
        Optional<NotebookTask> notebookTask,
        Optional<SparkPythonTask> sparkPythonTask,
        Optional<SparkJarTask> sparkJarTask,
        Optional<PythonWheelTask> pythonWheelTask,
        List<Library> libraries,
        Optional<Integer> timeoutSeconds,
        Optional<Integer> maxRetries,
        Optional<Long> minRetryIntervalMillis,
        Optional<Boolean> retryOnTimeout,
        Optional<String> description,
        Optional<Boolean> disabled) {

    record DependsOn(Optional<String> taskKey, Optional<String> outcome) {}

    enum Source {
        WORKSPACE,
        GIT
    }

    record NotebookTask(Optional<String> notebookPath, Map<String, String> baseParameters, Optional<Source> source) {}

    record SparkPythonTask(Optional<String> pythonFile, List<String> parameters, Optional<Source> source) {}

    record SparkJarTask(Optional<String> mainClassName, List<String> parameters, Optional<String> jarUri) {}

    record PythonWheelTask(
            Optional<String> packageName,
            Optional<String> entryPoint,
            List<String> parameters,
            Map<String, String> namedParameters) {}

    record Pypi(
            Optional<String> packageName,
            @JsonProperty("package") Optional<String> name,
            Optional<String> repo) {}

    record Library(
            Optional<String> jar,
            Optional<String> whl,
            Optional<Pypi> pypi,
            Optional<String> egg,
            Optional<ObjectNode> maven,
            Optional<ObjectNode> cran,
            Optional<String> requirements) {
        boolean known() {
            boolean other = egg.isPresent() || maven.isPresent() || cran.isPresent();
            return !other && (jar.isPresent() || whl.isPresent() || pypi.isPresent() || requirements.isPresent());
        }
    }

    /** Kinds of work and compute that the API knows and this edition does not run. */
    static final Set<String> NOT_RUN = Set.of(
            "spark_submit_task",
            "sql_task",
            "pipeline_task",
            "dbt_task",
            "run_job_task",
            "condition_task",
            "for_each_task",
            "environment_key");

    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_-]{1,100}");

    static TaskSpec spec(ObjectNode tree, SettingsClusters clusters) {
        NOT_RUN.stream().filter(tree::hasNonNull).findFirst().ifPresent(kind -> {
            throw PlatformException.invalid("Tasks with " + kind + " are not supported by this workspace yet.");
        });
        TaskRequest asked = Request.bind(tree, TaskRequest.class);
        Request.bind(tree, Notifications.class).check("Tasks");
        String key = Request.require(asked.taskKey(), "task_key");
        if (!KEY.matcher(key).matches()) {
            throw PlatformException.invalid(
                    "Task key '" + key + "' must be 1 to 100 letters, digits, hyphens or underscores.");
        }
        asked.check(key);
        return new TaskSpec(
                key,
                asked.dependsOn().stream()
                        .map(d -> new TaskSpec.Dependency(Request.require(d.taskKey(), "depends_on.task_key")))
                        .toList(),
                asked.runIf().orElse(TaskSpec.RunIf.ALL_SUCCESS),
                asked.compute(key, clusters),
                asked.work(key),
                asked.libraryList(),
                asked.timeoutSeconds().orElse(0),
                asked.maxRetries().orElse(0),
                asked.minRetryIntervalMillis().orElse(0L),
                asked.retryOnTimeout().orElse(false));
    }

    private void check(String key) {
        if (disabled.orElse(false)) {
            throw PlatformException.invalid(
                    "Task '" + key + "' is disabled, which is not supported by this workspace yet.");
        }
        if (dependsOn.stream().anyMatch(before -> before.outcome().isPresent())) {
            throw PlatformException.invalid(
                    "Task '" + key
                            + "' depends on an outcome, which only condition tasks have; they are not supported by this workspace yet.");
        }
        SettingsRequest.notNegative(timeoutSeconds, "timeout_seconds");
        SettingsRequest.notNegative(minRetryIntervalMillis, "min_retry_interval_millis");
        maxRetries.filter(most -> most < -1).ifPresent(most -> {
            throw PlatformException.invalid("max_retries must be -1 (for ever) or more, got " + most + ".");
        });
    }

    private Compute compute(String key, SettingsClusters clusters) {
        List<Compute> found = new ArrayList<>();
        // Clients that mean another one send an empty text.
        existingClusterId.filter(id -> !id.isBlank()).ifPresent(id -> found.add(clusters.existing(id)));
        newCluster.ifPresent(asked -> found.add(new Compute.Fresh(clusters.read(JobSettings.ownCluster(key), asked))));
        jobClusterKey.filter(shared -> !shared.isBlank()).ifPresent(shared -> found.add(new Compute.Shared(shared)));
        if (found.size() != 1) {
            throw PlatformException.invalid("Task '" + key
                    + "' must have exactly one of existing_cluster_id, new_cluster and job_cluster_key.");
        }
        return found.get(0);
    }

    private Work work(String key) {
        List<Work> found = new ArrayList<>();
        notebookTask.ifPresent(notebook -> {
            refuseGit(notebook.source());
            found.add(new Work.NotebookTask(
                    absolute(Request.require(notebook.notebookPath(), "notebook_path")), notebook.baseParameters()));
        });
        sparkPythonTask.ifPresent(python -> {
            refuseGit(python.source());
            found.add(new Work.PythonFile(Request.require(python.pythonFile(), "python_file"), python.parameters()));
        });
        sparkJarTask.ifPresent(jar ->
                found.add(new Work.Jar(Request.require(jar.mainClassName(), "main_class_name"), jar.parameters())));
        pythonWheelTask.ifPresent(wheel -> {
            if (!wheel.parameters().isEmpty() && !wheel.namedParameters().isEmpty()) {
                throw PlatformException.invalid("python_wheel_task takes parameters or named_parameters, not both.");
            }
            found.add(new Work.Wheel(
                    Request.require(wheel.packageName(), "package_name"),
                    Request.require(wheel.entryPoint(), "entry_point"),
                    wheel.parameters(),
                    wheel.namedParameters()));
        });
        if (found.size() != 1) {
            throw PlatformException.invalid("Task '" + key
                    + "' must have exactly one of notebook_task, spark_python_task, spark_jar_task and"
                    + " python_wheel_task.");
        }
        return found.get(0);
    }

    private static void refuseGit(Optional<Source> source) {
        if (source.filter(Source.GIT::equals).isPresent()) {
            throw PlatformException.invalid("Tasks with source GIT are not supported by this workspace yet.");
        }
    }

    private static String absolute(String path) {
        if (!path.startsWith("/")) {
            throw PlatformException.invalid(
                    "Only absolute paths are currently supported. Paths must begin with '/': " + path);
        }
        return path;
    }

    private List<ContextSpec.Library> libraryList() {
        List<ContextSpec.Library> all = new ArrayList<>();
        sparkJarTask.flatMap(SparkJarTask::jarUri).ifPresent(uri -> all.add(new ContextSpec.Library("jar", uri)));
        for (Library library : libraries) {
            library.jar().ifPresent(path -> all.add(new ContextSpec.Library("jar", path)));
            library.whl().ifPresent(path -> all.add(new ContextSpec.Library("whl", path)));
            library.pypi()
                    .ifPresent(pypi ->
                            all.add(new ContextSpec.Library("pypi", Request.require(pypi.name(), "pypi.package"))));
            library.requirements().ifPresent(path -> all.add(new ContextSpec.Library("requirements", path)));
            if (!library.known()) {
                throw PlatformException.invalid(
                        "A library must be one of jar, whl, pypi and requirements; others are not"
                                + " supported by this workspace yet.");
            }
            library.pypi().flatMap(Pypi::repo).filter(repo -> !repo.isBlank()).ifPresent(repo -> {
                throw PlatformException.invalid("pypi.repo is not supported by this workspace yet; a requirements file"
                        + " can name an index.");
            });
        }
        return all;
    }
}
