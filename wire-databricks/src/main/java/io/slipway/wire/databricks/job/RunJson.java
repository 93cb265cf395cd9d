package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.ManifestJson;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunResult;
import io.slipway.work.job.RunState;
import io.slipway.work.job.Runs;
import io.slipway.work.job.TaskRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows runs in the words of each version of the API. */
final class RunJson {
    private final String server;

    private static final String QUEUED = "Queued due to reaching the maximum number of concurrent runs of the job.";

    /** @param server what {@code run_page_url} begins with */
    RunJson(String server) {
        this.server = server;
    }

    ObjectNode run(Runs.Details details, ApiVersion version, boolean withTasks) {
        Run run = details.run();
        ObjectNode out = WireJson.mapper().createObjectNode();
        run.jobId().ifPresent(id -> out.put("job_id", id));
        out.put("run_id", run.id());
        out.put("number_in_job", run.id());
        out.put("original_attempt_run_id", run.id());
        out.put("creator_user_name", run.creator().name());
        out.put("run_name", run.name());
        out.put("run_type", run.jobId().isPresent() ? "JOB_RUN" : "SUBMIT_RUN");
        out.put("trigger", run.origin().name());
        out.put("run_page_url", page(run, run.id()));
        out.put("start_time", run.startedAt());
        out.put("end_time", run.endedAt());
        Map<String, TaskRun> latest = latest(details.tasks());
        putState(out, run.state(), run.result(), run.message(), run.cancelRequested());
        parameters(out, run);
        ObjectNode document = ManifestJson.read(details.manifest());
        boolean single = SettingsRequest.SINGLE.equals(document.path("format").asText());
        out.put("format", single ? SettingsRequest.SINGLE : SettingsRequest.MULTI);
        if (single) {
            latest.values().stream().findFirst().ifPresent(task -> durations(out, task));
        } else {
            out.put("setup_duration", 0);
            out.put("execution_duration", 0);
            out.put("cleanup_duration", 0);
        }
        if (run.begunAt() > run.startedAt()) {
            out.put("queue_duration", run.begunAt() - run.startedAt());
        }
        if (run.endedAt() > 0) {
            out.put("run_duration", run.endedAt() - run.startedAt());
        }
        if (version == ApiVersion.V2_0) {
            singleTask(out, document, latest);
        } else if (withTasks) {
            tasks(out, run, document, details.tasks());
        }
        return out;
    }

    private static Map<String, TaskRun> latest(List<TaskRun> tasks) {
        Map<String, TaskRun> latest = new LinkedHashMap<>();
        tasks.forEach(task -> latest.merge(task.taskKey(), task, (a, b) -> a.attempt() > b.attempt() ? a : b));
        return latest;
    }

    private static void parameters(ObjectNode out, Run run) {
        ObjectNode overriding = WireJson.mapper().createObjectNode();
        if (!run.parameters().notebook().isEmpty()) {
            overriding.set(
                    "notebook_params",
                    WireJson.mapper().valueToTree(run.parameters().notebook()));
        }
        if (!run.parameters().jar().isEmpty()) {
            overriding.set(
                    "jar_params", WireJson.mapper().valueToTree(run.parameters().jar()));
        }
        if (!run.parameters().python().isEmpty()) {
            overriding.set(
                    "python_params",
                    WireJson.mapper().valueToTree(run.parameters().python()));
        }
        if (!run.parameters().pythonNamed().isEmpty()) {
            overriding.set(
                    "python_named_params",
                    WireJson.mapper().valueToTree(run.parameters().pythonNamed()));
        }
        if (!overriding.isEmpty()) {
            out.set("overriding_parameters", overriding);
        }
        if (!run.settings().parameters().isEmpty()) {
            ArrayNode all = out.putArray("job_parameters");
            run.settings()
                    .parameters()
                    .forEach((name, value) -> all.addObject()
                            .put("name", name)
                            .put("default", value)
                            .put("value", run.parameters().job().getOrDefault(name, value)));
        }
    }

    private static void singleTask(ObjectNode out, ObjectNode document, Map<String, TaskRun> latest) {
        JsonNode task = document.path("tasks").path(0);
        ObjectNode work = out.putObject("task");
        ObjectNode spec = out.putObject("cluster_spec");
        task.properties().forEach(field -> {
            if (field.getKey().endsWith("_task")) {
                work.set(field.getKey(), field.getValue());
            } else if (List.of("existing_cluster_id", "new_cluster", "libraries")
                    .contains(field.getKey())) {
                spec.set(field.getKey(), field.getValue());
            }
        });
        latest.values().stream().findFirst().ifPresent(run -> clusterInstance(out, run));
    }

    private void tasks(ObjectNode out, Run run, ObjectNode document, List<TaskRun> attempts) {
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        document.path("tasks")
                .forEach(task -> settings.put(task.path("task_key").asText(), task));
        ArrayNode all = out.putArray("tasks");
        for (TaskRun task : attempts) {
            ObjectNode each = all.addObject();
            Optional.ofNullable(settings.get(task.taskKey()))
                    .ifPresent(of -> of.properties().forEach(field -> each.set(field.getKey(), field.getValue())));
            each.put("run_id", task.id());
            each.put("task_key", task.taskKey());
            each.put("attempt_number", task.attempt());
            each.put("start_time", task.startedAt());
            each.put("end_time", task.endedAt());
            each.put("run_page_url", page(run, task.id()));
            durations(each, task);
            clusterInstance(each, task);
            putState(each, task.state(), task.result(), task.message(), run.cancelRequested());
        }
        if (document.has("job_clusters")) {
            out.set("job_clusters", document.get("job_clusters"));
        }
    }

    /** Runs are not repaired here, so that the history of each is its beginning; only repairs have an id. */
    static void history(ObjectNode out, Runs.Details details) {
        Run run = details.run();
        ObjectNode original = out.putArray("repair_history").addObject();
        original.put("type", "ORIGINAL");
        original.put("start_time", run.startedAt());
        original.put("end_time", run.endedAt());
        putState(original, run.state(), run.result(), run.message(), run.cancelRequested());
        ArrayNode tasks = original.putArray("task_run_ids");
        details.tasks().forEach(task -> tasks.add(task.id()));
    }

    private static void clusterInstance(ObjectNode out, TaskRun task) {
        if (!task.clusterId().isEmpty()) {
            out.putObject("cluster_instance").put("cluster_id", task.clusterId());
        }
    }

    /** Setup until the context is ready, execution of the code, and the rest. Milliseconds. */
    private static void durations(ObjectNode out, TaskRun task) {
        out.put("setup_duration", Math.max(0, task.readyAt() - task.startedAt()));
        out.put("execution_duration", task.readyAt() > 0 ? Math.max(0, task.codeEndedAt() - task.readyAt()) : 0);
        out.put("cleanup_duration", task.endedAt() > 0 ? Math.max(0, task.endedAt() - task.codeEndedAt()) : 0);
    }

    /** Old clients read {@code state}, new ones {@code status}: both are always there. */
    static void putState(
            ObjectNode out, RunState lifeCycle, Optional<RunResult> result, String message, boolean cancelled) {
        ObjectNode state = out.putObject("state");
        state.put("life_cycle_state", lifeCycle.name());
        result.filter(r -> lifeCycle.ended()).ifPresent(r -> state.put("result_state", r.name()));
        state.put("state_message", message);
        state.put(
                "user_cancelled_or_timedout",
                cancelled || result.filter(RunResult.TIMEDOUT::equals).isPresent());
        ObjectNode status = out.putObject("status");
        status.put("state", status(lifeCycle));
        if (lifeCycle == RunState.QUEUED) {
            state.put("queue_reason", QUEUED);
            status.putObject("queue_details")
                    .put("code", "MAX_CONCURRENT_RUNS_REACHED")
                    .put("message", QUEUED);
        }
        if (lifeCycle.ended()) {
            ObjectNode details = status.putObject("termination_details");
            details.put("code", terminationCode(lifeCycle, result));
            details.put(
                    "type",
                    result.filter(r -> r == RunResult.FAILED || r == RunResult.TIMEDOUT)
                                    .isPresent()
                            ? lifeCycle == RunState.INTERNAL_ERROR ? "INTERNAL_ERROR" : "CLIENT_ERROR"
                            : "SUCCESS");
            details.put("message", message);
        }
    }

    private static String status(RunState state) {
        return switch (state) {
            case BLOCKED -> "BLOCKED";
            case QUEUED -> "QUEUED";
            case PENDING -> "PENDING";
            case RUNNING -> "RUNNING";
            case TERMINATING -> "TERMINATING";
            case WAITING_FOR_RETRY -> "WAITING";
            case TERMINATED, SKIPPED, INTERNAL_ERROR -> "TERMINATED";
        };
    }

    private static String terminationCode(RunState state, Optional<RunResult> result) {
        if (state == RunState.INTERNAL_ERROR) {
            return "DRIVER_ERROR";
        }
        return switch (result.orElse(RunResult.FAILED)) {
            case SUCCESS -> "SUCCESS";
            case SUCCESS_WITH_FAILURES -> "SUCCESS_WITH_FAILURES";
            case CANCELED -> "USER_CANCELED";
            case MAXIMUM_CONCURRENT_RUNS_REACHED -> "MAX_CONCURRENT_RUNS_EXCEEDED";
            case UPSTREAM_FAILED, UPSTREAM_CANCELED, EXCLUDED -> "SKIPPED";
            case TIMEDOUT, FAILED -> "RUN_EXECUTION_ERROR";
        };
    }

    /** The page of a run, or of a run of one of its tasks. It names the workspace, as the real service's addresses do. */
    private String page(Run run, long id) {
        return server + "/?o=" + run.workspace() + "#jobs/" + run.jobId().orElse(0L) + "/runs/" + id;
    }
}
