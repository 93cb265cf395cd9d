package io.slipway.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.PlatformException;
import io.slipway.server.ServerState;
import io.slipway.store.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether the platform runs, where, and what it has. */
@Command(name = "status")
public final class Status implements Callable<Integer> {
    @Mixin
    private Place place = new Place();

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        Path home = place.home();
        Optional<ServerState> server = ServerState.living(home);
        if (json) {
            System.out.println(asJson(home, server));
        } else {
            asText(home, server, System.out);
        }
        return 0;
    }

    static String asJson(Path home, Optional<ServerState> server) {
        ObjectNode out = Json.mapper().createObjectNode();
        out.put("state", server.isPresent() ? "running" : "stopped");
        out.put("url", server.map(ServerState::url).orElse(null));
        out.put("public_url", server.map(ServerState::publicUrl).orElse(null));
        out.put("pid", server.map(ServerState::pid).orElse(null));
        out.put("home", home.toString());
        return out.toString();
    }

    private static void asText(Path home, Optional<ServerState> server, PrintStream out) {
        if (server.isEmpty()) {
            out.println("Slipway is stopped. State: " + home + ". Start it: ./slipway up");
            return;
        }
        out.println("Slipway runs at " + server.get().url() + " (process "
                + server.get().pid() + "). State: " + home + ".");
        try {
            ApiClient api = ApiClient.asAdmin(home, server.get()).with(ApiClient.SHORT);
            for (JsonNode cluster : Clusters.all(api)) {
                out.println("  cluster " + cluster.path("cluster_id").asText() + "  "
                        + cluster.path("cluster_name").asText() + "  "
                        + cluster.path("state").asText());
            }
        } catch (PlatformException e) {
            out.println("  " + e.message());
        }
    }
}
