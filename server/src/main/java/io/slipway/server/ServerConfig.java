package io.slipway.server;

import io.slipway.identity.oidc.OidcRoom;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.DatabaseConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that can be set; {@link ServerSettings} reads it.
 *
 * @param home all state
 * @param dist the built program: {@code lib/}, {@code agent.jar}, {@code driver.jar}, {@code delta/}
 * @param exposure to whom the server is offered
 * @param domain below which each workspace has a host name
 * @param oidc by which provider people sign in
 * @param aws how it is a piece of AWS
 * @param storage what is on buckets instead of on the disk
 * @param adminUser user name of the first admin
 * @param python the interpreter that runs kernels
 * @param training whether start-up caches of runtimes are made
 * @param kept how long the past is kept
 */
public record ServerConfig(
        Path home,
        Path dist,
        Exposure exposure,
        DatabaseConfig database,
        String domain,
        OidcRoom.Settings oidc,
        AwsSettings aws,
        StorageSettings storage,
        String adminUser,
        String python,
        boolean training,
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

    public static ServerConfig of(Path home, Path dist) {
        return new ServerConfig(
                home,
                dist,
                Exposure.local(Exposure.DEFAULT_PORT, 80),
                new DatabaseConfig.Sqlite(home.resolve("data").resolve("slipway.db")),
                "localhost",
                OidcRoom.Settings.NONE,
                AwsSettings.USUALLY,
                StorageSettings.NONE,
                "admin@slipway.local",
                "python3",
                true,
                Kept.USUALLY);
    }

    ServerConfig with(Exposure chosen) {
        return new ServerConfig(
                home, dist, chosen, database, domain, oidc, aws, storage, adminUser, python, training, kept);
    }

    /** Of the platform's own certificate authority. */
    public Path tlsFolder() {
        return home.resolve("tls");
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

    /** The bytes of objects. */
    public Path objectsFolder() {
        return home.resolve("data").resolve("objects");
    }

    /** The files of the audit log. */
    public Path auditFolder() {
        return home.resolve("data").resolve("audit");
    }

    /** The files of a workspace's DBFS. */
    public Path dbfsRoot(WorkspaceId workspace) {
        return home.resolve("data").resolve(workspace.equals(WorkspaceId.FIRST) ? "dbfs" : "dbfs-" + workspace);
    }

    /** Stands at the path of DBFS on nodes where that is on a bucket. */
    public Path dbfsNote() {
        return home.resolve("data").resolve("dbfs-on-a-bucket.txt");
    }

    public Path managedRoot() {
        return home.resolve("data").resolve("managed");
    }
}
