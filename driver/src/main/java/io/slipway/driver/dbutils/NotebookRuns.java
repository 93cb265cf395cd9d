package io.slipway.driver.dbutils;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.server.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code dbutils.notebook.run}: a one-time run on this cluster through the platform's public Jobs API 2.2. */
public final class NotebookRuns {
    private static final long POLL_MILLIS = 500;

    private final String serverUrl;
    private final String clusterId;
    private final Supplier<String> token;
    private final HttpClient http = ServerClient.builder().build();

    public NotebookRuns(String serverUrl, String clusterId, Supplier<String> token) {
        this.serverUrl = serverUrl;
        this.clusterId = clusterId;
        this.token = token;
    }

    /** Returns the value of the child's {@code dbutils.notebook.exit}; 0 seconds mean: wait for ever. */
    public String run(String path, int timeoutSeconds, Map<String, String> arguments)
            throws IOException, InterruptedException {
        ObjectNode submit = Json.object().put("run_name", path).put("timeout_seconds", timeoutSeconds);
        ObjectNode task = submit.putArray("tasks").addObject().put("task_key", "notebook");
        task.put("existing_cluster_id", clusterId);
        ObjectNode notebook = task.putObject("notebook_task").put("notebook_path", path);
        ObjectNode parameters = notebook.putObject("base_parameters");
        arguments.forEach(parameters::put);
        long runId = call("POST", "/api/2.2/jobs/runs/submit", submit.toString())
                .path("run_id")
                .asLong();
        try {
            JsonNode run = await(runId);
            long taskRun = run.path("tasks").path(0).path("run_id").asLong(runId);
            JsonNode output = call("GET", "/api/2.2/jobs/runs/get-output?run_id=" + taskRun, "");
            String result = run.path("state").path("result_state").asText();
            if (!"SUCCESS".equals(result)) {
                String error = output.path("error")
                        .asText(run.path("state").path("state_message").asText());
                throw new IOException("notebook " + path + " ended as " + result + ": " + error);
            }
            return output.path("notebook_output").path("result").asText("");
        } catch (InterruptedException e) {
            call(
                    "POST",
                    "/api/2.2/jobs/runs/cancel",
                    Json.object().put("run_id", runId).toString());
            throw e;
        }
    }

    private JsonNode await(long runId) throws IOException, InterruptedException {
        while (true) {
            JsonNode run = call("GET", "/api/2.2/jobs/runs/get?run_id=" + runId, "");
            switch (run.path("state").path("life_cycle_state").asText()) {
                case "TERMINATED", "SKIPPED", "INTERNAL_ERROR" -> {
                    return run;
                }
                default -> TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(serverUrl + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token.get())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode answer = Json.parse(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    answer.path("message").asText("the server answered with status " + response.statusCode()));
        }
        return answer;
    }
}
