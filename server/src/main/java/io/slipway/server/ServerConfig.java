package io.slipway.server;

import io.slipway.store.DatabaseConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that can be set; {@link ServerSettings} reads it.
 *
 * @param home all state
 * @param dist the built program: {@code lib/}, {@code agent.jar}, {@code driver.jar}, {@code delta/}
 * @param port of the one port; 0 = any free one
 * @param plainPort port 80 of 127.0.0.1 for clients that cannot name a port; 0 = off
 * @param adminUser user name of the first admin
 * @param python the interpreter that runs kernels
 * @param kept how long the past is kept
 */
public record ServerConfig(
        Path home,
        Path dist,
        int port,
        int plainPort,
        DatabaseConfig database,
        String adminUser,
        String python,
        Kept kept) {
    /**
     * How long things are kept after their end.
     *
     * @param runs with their output
     * @param events of clusters and runs
     * @param clusters that are terminated and not pinned
     * @param commands of API 1.2 with their output, and contexts that failed
     * @param revisions of each notebook: not how long, but how many
     * @param audit calls, and facts that nothing else keeps for shorter
     */
    public record Kept(
            Duration runs, Duration events, Duration clusters, Duration commands, int revisions, Duration audit) {
        /** Runs, events, clusters and audit logs as in Databricks. */
        public static final Kept USUALLY = new Kept(
                Duration.ofDays(60),
                Duration.ofDays(30),
                Duration.ofDays(30),
                Duration.ofDays(7),
                500,
                Duration.ofDays(365));
    }

    public static final int DEFAULT_PORT = 8585;

    public static ServerConfig of(Path home, Path dist) {
        return new ServerConfig(
                home,
                dist,
                DEFAULT_PORT,
                80,
                new DatabaseConfig.Sqlite(home.resolve("data").resolve("slipway.db")),
                "admin@slipway.local",
                "python3",
                Kept.USUALLY);
    }

    ServerConfig withPort(int chosen) {
        return new ServerConfig(home, dist, chosen, plainPort, database, adminUser, python, kept);
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

    /** The files of all workspaces, a folder for each. */
    public Path treeRoot() {
        return home.resolve("data").resolve("workspaces");
    }

    /** The files of the audit log. */
    public Path auditFolder() {
        return home.resolve("data").resolve("audit");
    }

    public Path dbfsRoot() {
        return home.resolve("data").resolve("dbfs");
    }

    public Path managedRoot() {
        return home.resolve("data").resolve("managed");
    }
}
