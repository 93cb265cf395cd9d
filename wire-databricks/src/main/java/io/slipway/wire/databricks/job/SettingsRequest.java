package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.store.Described;
import io.slipway.store.Manifest;
import io.slipway.wire.Request;
import io.slipway.work.job.JobSettings;
import io.slipway.work.job.JobWanted;
import io.slipway.work.job.Schedule;
import io.slipway.work.job.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of a job as clients send them, in the forms of 2.0 (one task at the top level) and 2.1 (tasks in an array). Both are
 * kept in the form of 2.1; {@code format} remembers which it was.
 */
record SettingsRequest(
        Optional<String> name,
        Optional<Integer> timeoutSeconds,
        Optional<Integer> maxConcurrentRuns,
        List<JobCluster> jobClusters,
        List<Parameter> parameters,
        Optional<When> schedule) {

    record JobCluster(Optional<String> jobClusterKey, Optional<ObjectNode> newCluster) {}

    record Parameter(
            Optional<String> name, @JsonProperty("default") Optional<String> value) {}

    record When(Optional<String> quartzCronExpression, Optional<String> timezoneId, Optional<PauseStatus> pauseStatus) {
        Schedule schedule() {
            return new Schedule(
                    Request.require(quartzCronExpression, "schedule.quartz_cron_expression"),
                    Request.require(timezoneId, "schedule.timezone_id"),
                    pauseStatus.filter(status -> status == PauseStatus.PAUSED).isPresent());
        }
    }

    enum PauseStatus {
        PAUSED,
        UNPAUSED
    }

    private static final Set<String> JOB_FIELDS = Set.of(
            "name",
            "tags",
            "tasks",
            "job_clusters",
            "parameters",
            "timeout_seconds",
            "max_concurrent_runs",
            "schedule",
            "queue",
            "email_notifications",
            "webhook_notifications",
            "notification_settings",
            "description",
            "edit_mode",
            "format",
            "deployment",
            "health",
            "run_as",
            "performance_target");

    private static final Set<String> TASK_FIELDS = Set.of(
            "task_key",
            "description",
            "disabled",
            "depends_on",
            "run_if",
            "existing_cluster_id",
            "new_cluster",
            "job_cluster_key",
            "notebook_task",
            "spark_python_task",
            "spark_jar_task",
            "python_wheel_task",
            "libraries",
            "timeout_seconds",
            "max_retries",
            "min_retry_interval_millis",
            "retry_on_timeout",
            "email_notifications",
            "notification_settings",
            "webhook_notifications");

    /** Of a single task, what stands at the top level in 2.0. The time limit belongs to the run in both. */
    private static final Set<String> SINGLE_TASK_FIELDS = Set.of(
            "existing_cluster_id",
            "new_cluster",
            "notebook_task",
            "spark_python_task",
            "spark_jar_task",
            "python_wheel_task",
            "libraries",
            "max_retries",
            "min_retry_interval_millis",
            "retry_on_timeout");

    static final String SINGLE = "SINGLE_TASK";
    static final String MULTI = "MULTI_TASK";

    /** @param usualName of a job or run without one */
    static JobWanted settings(ObjectNode asked, String usualName, SettingsRules rules) {
        refuseWhatIsNotThere(asked);
        ObjectNode document = normalize(asked, usualName);
        SettingsRequest request = Request.bind(document, SettingsRequest.class);
        Request.bind(document, Notifications.class).check("Jobs");
        SettingsLeaves leaves = Request.bind(asked, SettingsLeaves.class);
        leaves.check();
        notNegative(request.timeoutSeconds(), "timeout_seconds");
        SettingsClusters clusters = new SettingsClusters(rules);
        List<TaskSpec> tasks = new ArrayList<>();
        document.path("tasks").forEach(task -> tasks.add(TaskRequest.spec((ObjectNode) task, clusters)));
        Map<String, ClusterSpec> shared = new LinkedHashMap<>();
        for (JobCluster cluster : request.jobClusters()) {
            String key = Request.require(cluster.jobClusterKey(), "job_cluster_key");
            ClusterSpec spec =
                    clusters.read(JobSettings.sharedCluster(key), Request.require(cluster.newCluster(), "new_cluster"));
            if (shared.put(key, spec) != null) {
                throw PlatformException.invalid("Job cluster '" + key + "' is defined more than once.");
            }
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Parameter parameter : request.parameters()) {
            String name = Request.require(parameter.name(), "parameters.name");
            if (parameters.put(name, parameter.value().orElse("")) != null) {
                throw PlatformException.invalid("Parameter '" + name + "' is defined more than once.");
            }
        }
        JobSettings settings = new JobSettings(
                request.name().orElse(usualName),
                tasks,
                shared,
                parameters,
                request.timeoutSeconds().orElse(0),
                request.maxConcurrentRuns().orElse(1),
                document.path("queue").path("enabled").asBoolean(),
                request.schedule().map(When::schedule));
        return new JobWanted(
                new Described<>(settings, new Manifest(document.toString(), clusters.sent())),
                leaves.runAs().map(SettingsLeaves.Actor::runAs),
                leaves.grants());
    }

    static void notNegative(Optional<? extends Number> value, String field) {
        value.filter(number -> number.longValue() < 0).ifPresent(number -> {
            throw PlatformException.invalid(field + " must not be negative, got " + number + ".");
        });
    }

    private static ObjectNode normalize(ObjectNode asked, String usualName) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        copy(asked, document, JOB_FIELDS);
        if (!document.has("name")) {
            document.put("name", usualName);
        }
        if (document.path("schedule") instanceof ObjectNode schedule && !schedule.hasNonNull("pause_status")) {
            schedule.put("pause_status", PauseStatus.UNPAUSED.name());
        }
        boolean single = SINGLE_TASK_FIELDS.stream().anyMatch(asked::hasNonNull)
                || TaskRequest.NOT_RUN.stream().anyMatch(asked::hasNonNull);
        if (document.has("tasks")) {
            if (!document.path("tasks").isArray()) {
                throw PlatformException.invalid("tasks must be a list of objects.");
            }
            if (single) {
                throw PlatformException.invalid("Settings have tasks and a task at the top level; use one of both.");
            }
            ArrayNode tasks = JsonNodeFactory.instance.arrayNode();
            for (JsonNode task : document.path("tasks")) {
                ObjectNode kept = JsonNodeFactory.instance.objectNode();
                if (!(task instanceof ObjectNode object)) {
                    throw PlatformException.invalid("tasks must be a list of objects.");
                }
                copy(object, kept, TASK_FIELDS);
                copy(object, kept, TaskRequest.NOT_RUN);
                tasks.add(kept);
            }
            document.set("tasks", tasks);
            document.put("format", MULTI);
        } else if (single) {
            ObjectNode task = document.putArray("tasks").addObject();
            task.put("task_key", taskKey(document.path("name").asText()));
            copy(asked, task, SINGLE_TASK_FIELDS);
            copy(asked, task, TaskRequest.NOT_RUN);
            document.put("format", SINGLE);
        }
        return document;
    }

    /** Jobs API 2.1 names the task of an old job after the job. */
    private static String taskKey(String name) {
        String key = name.replaceAll("[^a-zA-Z0-9_-]", "_");
        return key.isEmpty() ? "main" : key.substring(0, Math.min(100, key.length()));
    }

    private static void copy(ObjectNode from, ObjectNode to, Set<String> fields) {
        from.properties().forEach(field -> {
            if (fields.contains(field.getKey()) && !field.getValue().isNull()) {
                to.set(field.getKey(), field.getValue());
            }
        });
    }

    /** What would have to happen and does not is refused rather than ignored. */
    private static void refuseWhatIsNotThere(ObjectNode asked) {
        for (String field : List.of("trigger", "continuous", "git_source", "environments")) {
            JsonNode value = asked.path(field);
            if (value.isContainerNode() && !value.isEmpty()) {
                throw PlatformException.invalid("Jobs with " + field + " are not supported by this workspace yet.");
            }
        }
    }
}
