package io.slipway.work.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces dynamic value references such as <code>{{job.parameters.day}}</code> in the parameters of a task. */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*}}");
    private static final Pattern TASK_VALUE = Pattern.compile("tasks\\.([^.]+)\\.values\\.(.+)");

    private final Run run;
    private final TaskRun task;
    private final Map<String, String> jobParameters;
    private final Map<String, Map<String, String>> taskValues;

    References(Run run, TaskRun task, Map<String, String> jobParameters, Map<String, Map<String, String>> taskValues) {
        this.run = run;
        this.task = task;
        this.jobParameters = jobParameters;
        this.taskValues = taskValues;
    }

    /** A reference to what is not there stays as it is written. */
    String resolve(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(value(match.group(1)).orElse(match.group())));
    }

    private Optional<String> value(String name) {
        switch (name) {
            case "job.id", "job_id" -> {
                return run.jobId().map(String::valueOf);
            }
            case "job.name" -> {
                return Optional.of(run.name());
            }
            case "job.run_id", "parent_run_id" -> {
                return Optional.of(String.valueOf(run.id()));
            }
            case "task.run_id", "run_id" -> {
                return Optional.of(String.valueOf(task.id()));
            }
            case "task.name", "task_key" -> {
                return Optional.of(task.taskKey());
            }
            case "task.execution_count", "task_retry_count" -> {
                return Optional.of(String.valueOf(task.attempt()));
            }
            case "job.start_time.timestamp_ms" -> {
                return Optional.of(String.valueOf(run.startedAt()));
            }
            default -> {
                // The rest has names within.
            }
        }
        if (name.startsWith("job.parameters.")) {
            return Optional.ofNullable(jobParameters.get(name.substring("job.parameters.".length())));
        }
        Matcher ofTask = TASK_VALUE.matcher(name);
        return ofTask.matches()
                ? Optional.ofNullable(taskValues
                                .getOrDefault(ofTask.group(1), Map.of())
                                .get(ofTask.group(2)))
                        .map(References::plain)
                : Optional.empty();
    }

    /** A JSON text stands for its characters; anything else for its JSON. */
    private static String plain(String json) {
        JsonNode node = Json.read(json, JsonNode.class);
        return node.isTextual() ? node.asText() : json;
    }
}
