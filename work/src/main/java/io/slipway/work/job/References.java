package io.slipway.work.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces dynamic value references such as <code>{{job.parameters.day}}</code> in the parameters of a task. */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*}}");
    private static final Pattern OF_TASK = Pattern.compile("tasks\\.([^.]+)\\.(.+)");
    private static final DateTimeFormatter ISO_DATETIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final String PARAMETERS = "job.parameters.";
    private static final String START = "job.start_time.";
    private static final String VALUES = "values.";

    private final Run run;
    private final TaskRun task;
    private final Map<String, String> jobParameters;
    private final Map<String, TaskRun> tasks;
    private final String serverUrl;

    /** @param tasks the newest attempts of the run's tasks, by key */
    References(Run run, TaskRun task, Map<String, String> jobParameters, Map<String, TaskRun> tasks, String serverUrl) {
        this.run = run;
        this.task = task;
        this.jobParameters = jobParameters;
        this.tasks = tasks;
        this.serverUrl = serverUrl;
    }

    /** A reference to what is not there stays as it is written. */
    String resolve(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(value(match.group(1)).orElse(match.group())));
    }

    private Optional<String> value(String name) {
        if (name.startsWith(PARAMETERS)) {
            return Optional.ofNullable(jobParameters.get(name.substring(PARAMETERS.length())));
        }
        if (name.startsWith(START)) {
            return time(name.substring(START.length()));
        }
        Matcher ofTask = OF_TASK.matcher(name);
        if (ofTask.matches()) {
            return Optional.ofNullable(tasks.get(ofTask.group(1))).flatMap(other -> ofTask(other, ofTask.group(2)));
        }
        return switch (name) {
            case "job.id", "job_id" -> run.jobId().map(String::valueOf);
            case "job.name" -> Optional.of(run.name());
            case "job.run_id", "parent_run_id" -> Optional.of(String.valueOf(run.id()));
            // Runs are not repaired here.
            case "job.repair_count" -> Optional.of("0");
            case "job.trigger.type" ->
                Optional.of(
                        switch (run.origin()) {
                            case ONE_TIME -> "onetime";
                            case PERIODIC -> "periodic";
                        });
            case "task.run_id", "run_id" -> Optional.of(String.valueOf(task.id()));
            case "task.name", "task_key" -> Optional.of(task.taskKey());
            case "task.execution_count", "task_retry_count" -> Optional.of(String.valueOf(task.attempt()));
            case "task.notebook_path" -> notebookPath(task);
            case "start_date" -> Optional.of(begun(started()).toLocalDate().toString());
            case "start_time" -> Optional.of(String.valueOf(started()));
            case "workspace.id" -> Optional.of(String.valueOf(run.workspace().number()));
            case "workspace.url" -> Optional.of(serverUrl);
            default -> Optional.empty();
        };
    }

    private Optional<String> ofTask(TaskRun other, String name) {
        if (name.startsWith(VALUES)) {
            return Optional.ofNullable(other.taskValues().get(name.substring(VALUES.length())))
                    .map(References::plain);
        }
        return switch (name) {
            case "run_id" -> Optional.of(String.valueOf(other.id()));
            case "execution_count" -> Optional.of(String.valueOf(other.attempt()));
            case "notebook_path" -> notebookPath(other);
            case "result_state" -> other.result().map(result -> result.name().toLowerCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }

    private Optional<String> notebookPath(TaskRun of) {
        return Optional.of(run.settings().task(of.taskKey()).work().notebookPath())
                .filter(path -> !path.isEmpty());
    }

    /** When the run was asked for, in UTC. */
    private Optional<String> time(String part) {
        ZonedDateTime time = begun(run.startedAt());
        return switch (part) {
            case "timestamp_ms" -> Optional.of(String.valueOf(run.startedAt()));
            case "iso_date" -> Optional.of(time.toLocalDate().toString());
            case "iso_datetime" -> Optional.of(ISO_DATETIME.format(time));
            case "iso_weekday" -> Optional.of(String.valueOf(time.getDayOfWeek().getValue()));
            case "is_weekday" ->
                Optional.of(String.valueOf(time.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue()));
            case "year" -> Optional.of(String.valueOf(time.getYear()));
            case "month" -> Optional.of(String.valueOf(time.getMonthValue()));
            case "day" -> Optional.of(String.valueOf(time.getDayOfMonth()));
            case "hour" -> Optional.of(String.valueOf(time.getHour()));
            case "minute" -> Optional.of(String.valueOf(time.getMinute()));
            case "second" -> Optional.of(String.valueOf(time.getSecond()));
            default -> Optional.empty();
        };
    }

    private long started() {
        return task.startedAt() == 0 ? run.startedAt() : task.startedAt();
    }

    private static ZonedDateTime begun(long millis) {
        return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
    }

    /** A JSON text stands for its characters; anything else for its JSON. */
    private static String plain(String json) {
        JsonNode node = Json.read(json, JsonNode.class);
        return node.isTextual() ? node.asText() : json;
    }
}
