package io.slipway.server.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.server.command.ApiClient;
import io.slipway.server.command.Patience;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The example's job, known by its name: made or reset, run, and followed to its end. Jobs API 2.1. */
final class ExampleJob {
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ApiClient api;
    private final Screen screen;

    ExampleJob(ApiClient api, Screen screen) {
        this.api = api;
        this.screen = screen;
    }

    /** The finished run. */
    JsonNode run(ObjectNode settings) {
        long job = job(settings);
        long run = api.post("/api/2.1/jobs/run-now", Map.of("job_id", job))
                .path("run_id")
                .asLong();
        Set<String> told = new HashSet<>();
        boolean ended = Patience.until(LONGEST, LOOK, () -> look(run, told));
        if (!ended) {
            throw new PlatformException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "Run " + run + " did not end within " + LONGEST.toMinutes() + " minutes.");
        }
        JsonNode finished = get(run);
        JsonNode state = finished.path("state");
        if (!state.path("result_state").asText().equals("SUCCESS")) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Run " + run + " ended as " + state.path("result_state").asText() + ": "
                            + state.path("state_message").asText());
        }
        return finished;
    }

    private long job(ObjectNode settings) {
        String name = settings.path("name").asText();
        for (JsonNode known :
                api.get("/api/2.1/jobs/list", Map.of("name", name)).path("jobs")) {
            if (known.path("settings").path("name").asText().equals(name)) {
                long id = known.path("job_id").asLong();
                api.post("/api/2.1/jobs/reset", Map.of("job_id", id, "new_settings", settings));
                return id;
            }
        }
        return api.post("/api/2.1/jobs/create", settings).path("job_id").asLong();
    }

    private JsonNode get(long run) {
        return api.get("/api/2.1/jobs/runs/get", Map.of("run_id", String.valueOf(run)));
    }

    private boolean look(long id, Set<String> told) {
        JsonNode run = get(id);
        for (JsonNode task : run.path("tasks")) {
            String key = task.path("task_key").asText();
            String result = task.path("state").path("result_state").asText("");
            if (!result.isEmpty() && told.add(key)) {
                ended(task, key, result);
            } else if (task.path("state").path("life_cycle_state").asText().equals("RUNNING")) {
                long since = Math.max(
                        0, System.currentTimeMillis() - task.path("start_time").asLong());
                screen.working(key, "running", Duration.ofMillis(since));
            }
        }
        return run.path("state").has("result_state");
    }

    private void ended(JsonNode task, String key, String result) {
        JsonNode output = output(task);
        String words = output.path("notebook_output").path("result").asText("");
        Duration took = Duration.ofMillis(Math.max(
                0, task.path("end_time").asLong() - task.path("start_time").asLong()));
        screen.done(key, result.equals("SUCCESS") ? words : result, took);
        if (!result.equals("SUCCESS")) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Task " + key + " ended as " + result + ": "
                            + output.path("error")
                                    .asText(task.path("state")
                                            .path("state_message")
                                            .asText())
                            + "\n" + output.path("error_trace").asText(""));
        }
    }

    /** Jobs API 2.1, runs/get-output. */
    JsonNode output(JsonNode task) {
        return api.get(
                "/api/2.1/jobs/runs/get-output",
                Map.of("run_id", String.valueOf(task.path("run_id").asLong())));
    }
}
