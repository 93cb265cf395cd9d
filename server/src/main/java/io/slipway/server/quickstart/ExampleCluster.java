package io.slipway.server.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.server.command.ApiClient;
import io.slipway.server.command.Clusters;
import io.slipway.server.command.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The example's cluster, known by its name: made at the first time, started or just found later. Clusters API 2.1. */
final class ExampleCluster {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final String STEP = "cluster";

    private final ApiClient api;
    private final Screen screen;

    ExampleCluster(ApiClient api, Screen screen) {
        this.api = api;
        this.screen = screen;
    }

    /** The id of a running cluster. */
    String running(ObjectNode wanted) {
        Stopwatch watch = new Stopwatch();
        String name = wanted.path("cluster_name").asText();
        Optional<JsonNode> known = Clusters.all(api).stream()
                .filter(cluster -> cluster.path("cluster_name").asText().equals(name))
                .findFirst();
        String id = known.map(cluster -> cluster.path("cluster_id").asText())
                .orElseGet(() -> api.post("/api/2.1/clusters/create", wanted)
                        .path("cluster_id")
                        .asText());
        boolean ran = known.filter(cluster -> cluster.path("state").asText().equals("RUNNING"))
                .isPresent();
        await(id, watch, new AtomicBoolean(known.isEmpty()));
        String how = known.isEmpty() ? "created and running" : ran ? "runs already" : "started again";
        screen.done(STEP, name + " (" + id + ") " + how, watch.time());
        return id;
    }

    private void await(String id, Stopwatch watch, AtomicBoolean started) {
        boolean came = Patience.until(LONGEST, LOOK, () -> {
            JsonNode cluster = api.get("/api/2.1/clusters/get", Map.of("cluster_id", id));
            String state = cluster.path("state").asText();
            screen.working(STEP, state + " " + cluster.path("state_message").asText(), watch.time());
            if (state.equals("TERMINATED")) {
                if (started.getAndSet(true)) {
                    throw failed(cluster);
                }
                api.post("/api/2.1/clusters/start", Map.of("cluster_id", id));
            }
            return state.equals("RUNNING");
        });
        if (!came) {
            throw new PlatformException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "Cluster " + id + " does not run after " + LONGEST.toMinutes() + " minutes.");
        }
    }

    private static PlatformException failed(JsonNode cluster) {
        JsonNode reason = cluster.path("termination_reason");
        return new PlatformException(
                ErrorCode.UNAVAILABLE,
                "The cluster did not start: " + reason.path("code").asText() + " "
                        + reason.path("parameters").toString());
    }
}
