package io.slipway.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.PlatformException;
import io.slipway.server.Leftovers;
import io.slipway.server.ServerState;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Stops the platform. Clusters are asked to end through the API first, so that the database says so; what does not obey, or was left
 * by a server that died, is then killed.
 */
@Command(name = "down")
public final class Down implements Callable<Integer> {
    private static final Duration CLUSTERS = Duration.ofSeconds(60);
    private static final Duration SERVER = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final PrintStream out = System.out;

    @Mixin
    private Place place = new Place();

    @Option(names = "--keep-clusters", description = "leave clusters running")
    private boolean keepClusters;

    @Override
    public Integer call() throws InterruptedException {
        Path home = place.home();
        if (!Files.isDirectory(home)) {
            out.println("The server does not run.");
            return 0;
        }
        return Turn.of(home, out, () -> stopped(home));
    }

    private int stopped(Path home) throws InterruptedException {
        Optional<ServerState> server = ServerState.living(home);
        if (server.isPresent()) {
            if (!keepClusters) {
                ApiClient api = ApiClient.asAdmin(home, server.get());
                trying(() -> cancelRuns(api));
                trying(() -> endClusters(api));
            }
            end(server.get());
        } else {
            out.println("The server does not run.");
        }
        Leftovers leftovers = new Leftovers(home);
        int killed = leftovers.endOthers() + (keepClusters ? 0 : leftovers.endNodes());
        if (killed > 0) {
            out.println("Killed " + killed + (killed == 1 ? " process" : " processes") + " that had been left.");
        }
        return 0;
    }

    /** A server that refuses, or does not answer, is ended all the same. */
    private void trying(Runnable step) {
        try {
            step.run();
        } catch (PlatformException e) {
            out.println(e.message());
        }
    }

    private void endClusters(ApiClient api) {
        for (JsonNode cluster : Clusters.active(api)) {
            String id = cluster.path("cluster_id").asText();
            out.println("Ending cluster " + cluster.path("cluster_name").asText() + " (" + id + ") ...");
            api.post("/api/2.1/clusters/delete", Map.of("cluster_id", id));
        }
        if (!Patience.until(CLUSTERS, LOOK, () -> Clusters.active(api).isEmpty())) {
            out.println("Not all clusters ended within " + CLUSTERS.toSeconds() + " s.");
        }
    }

    /** First of all: a run would ask for its cluster again. */
    private static void cancelRuns(ApiClient api) {
        List<JsonNode> runs =
                Clusters.pages(api, "/api/2.1/jobs/runs/list", "runs", Map.of("active_only", "true", "limit", "25"));
        runs.forEach(run -> api.post(
                "/api/2.1/jobs/runs/cancel", Map.of("run_id", run.path("run_id").asLong())));
    }

    private void end(ServerState server) {
        server.process().ifPresent(process -> {
            // It would start a server again that has to be killed.
            Supervisor.of(process).ifPresent(ProcessHandle::destroy);
            process.destroy();
            if (!Patience.until(SERVER, LOOK, () -> server.process().isEmpty())) {
                out.println("The server did not end within " + SERVER.toSeconds() + " s; killing it.");
                process.destroyForcibly();
                Patience.until(SERVER, LOOK, () -> server.process().isEmpty());
            }
        });
        out.println("Slipway is stopped.");
    }
}
