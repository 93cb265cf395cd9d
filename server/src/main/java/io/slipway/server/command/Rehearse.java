package io.slipway.server.command;

import io.slipway.identity.oidc.OidcRoom;
import io.slipway.server.AwsSettings;
import io.slipway.server.Composition;
import io.slipway.server.Exposure;
import io.slipway.server.Ports;
import io.slipway.server.ServerConfig;
import io.slipway.server.ServerMain;
import io.slipway.server.StorageSettings;
import io.slipway.store.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Starts a server on a throw-away home, talks to it a little and stops it. The build runs this once in a JVM that notes which classes
 * were loaded; with that archive every later start takes less than half the time.
 */
@Command(name = "rehearse", hidden = true)
public final class Rehearse implements Callable<Integer> {
    @Mixin
    private Place place = new Place();

    @Override
    public Integer call() throws IOException {
        Path home = Files.createTempDirectory("slipway-rehearsal");
        try {
            ServerConfig config = new ServerConfig(
                    home,
                    place.dist(),
                    Exposure.local(Ports.free(), 0),
                    new DatabaseConfig.Sqlite(home.resolve("data").resolve("slipway.db")),
                    "localhost",
                    OidcRoom.Settings.NONE,
                    AwsSettings.USUALLY,
                    StorageSettings.NONE,
                    "admin@slipway.local",
                    Place.foundPython(),
                    false,
                    ServerConfig.Kept.USUALLY);
            try (Composition platform = Composition.start(config)) {
                ServerMain.writeAdminToken(config, platform);
                talk(new ApiClient("http://127.0.0.1:" + platform.port(), ApiClient.token(home)));
            }
            return 0;
        } finally {
            delete(home);
        }
    }

    private static void talk(ApiClient api) {
        api.get("/.well-known/databricks-config");
        api.get("/api/2.0/preview/scim/v2/Me");
        Clusters.all(api);
        api.get("/api/2.1/clusters/list-node-types");
        api.get("/api/2.1/clusters/spark-versions");
        api.get("/api/2.1/jobs/list");
        api.get("/api/2.1/jobs/runs/list");
        api.post("/api/2.0/workspace/mkdirs", Map.of("path", "/Shared/rehearsal"));
        api.get("/api/2.0/workspace/list", Map.of("path", "/Shared"));
        api.get("/api/2.0/dbfs/list", Map.of("path", "/"));
        api.get("/api/2.1/unity-catalog/catalogs");
        api.get("/ui-api/home");
        Up.signInLink(api, api.url());
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
