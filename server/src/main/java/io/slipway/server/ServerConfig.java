package io.slipway.server;

import io.slipway.store.DatabaseConfig;
import java.nio.file.Path;

/**
 * Everything that can be set; {@link ServerSettings} reads it.
 *
 * @param home all state
 * @param dist the built program: {@code lib/}, {@code agent.jar}, {@code driver.jar}, {@code delta/}
 * @param port of the one port; 0 = any free one
 * @param plainPort port 80 of 127.0.0.1 for clients that cannot name a port; 0 = off
 * @param adminUser user name of the first admin
 * @param python the interpreter that runs kernels
 */
public record ServerConfig(
        Path home, Path dist, int port, int plainPort, DatabaseConfig database, String adminUser, String python) {
    public static final int DEFAULT_PORT = 8585;

    public static ServerConfig of(Path home, Path dist) {
        return new ServerConfig(
                home,
                dist,
                DEFAULT_PORT,
                80,
                new DatabaseConfig.Sqlite(home.resolve("data").resolve("slipway.db")),
                "admin@slipway.local",
                "python3");
    }

    ServerConfig withPort(int chosen) {
        return new ServerConfig(home, dist, chosen, plainPort, database, adminUser, python);
    }

    /** Where this computer reaches the server. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    public Path nodesFolder() {
        return home.resolve("nodes");
    }

    public Path logsFolder() {
        return home.resolve("logs");
    }

    public Path dbfsRoot() {
        return home.resolve("data").resolve("dbfs");
    }

    public Path managedRoot() {
        return home.resolve("data").resolve("managed");
    }
}
