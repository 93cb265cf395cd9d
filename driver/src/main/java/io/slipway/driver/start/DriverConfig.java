package io.slipway.driver.start;

import io.slipway.driver.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code driver.json} (docs/protocols/driver.md).
 *
 * @param serverUrl where this process finds the platform; beyond this machine https only
 * @param publicUrl where people find it
 * @param dbfsRoot local folder behind {@code dbfs:/}; beside it is what is mounted there
 * @param secrets values in the configuration and environment that are shown nowhere
 */
public record DriverConfig(
        String clusterId,
        String clusterName,
        String address,
        String token,
        String sparkSecret,
        String pageSecret,
        String serverUrl,
        String publicUrl,
        Mode mode,
        int cores,
        int memoryMb,
        int workerCores,
        int workerMemoryMb,
        int expectedWorkers,
        int masterPort,
        Map<String, String> sparkConf,
        List<String> secrets,
        String python,
        String dbfsRoot,
        Optional<Storage> storage,
        String sparkHome) {

    /**
     * What the platform keeps on a bucket.
     *
     * @param endpoint of the S3 that has it
     * @param dbfs the folder that is {@code dbfs:/}; blank: it is in {@code dbfsRoot}
     */
    public record Storage(String endpoint, String region, String dbfs) {
        static Storage of(WireStorage wire) {
            return new Storage(
                    required("storage.endpoint", wire.endpoint()),
                    required("storage.region", wire.region()),
                    Objects.requireNonNullElse(wire.dbfs(), ""));
        }
    }

    /** Where tasks run. */
    public enum Mode {
        /** In the driver's own JVM. */
        LOCAL,
        /** In executors on worker nodes; the master is part of the driver JVM. */
        STANDALONE
    }

    /** As it stands in the file: any field may be missing. */
    private record Wire(
            @Nullable String clusterId,
            @Nullable String clusterName,
            @Nullable String address,
            @Nullable String token,
            @Nullable String sparkSecret,
            @Nullable String pageSecret,
            @Nullable String serverUrl,
            @Nullable String publicUrl,
            @Nullable String mode,
            int cores,
            int memoryMb,
            int workerCores,
            int workerMemoryMb,
            int expectedWorkers,
            int masterPort,
            @Nullable Map<String, String> sparkConf,
            @Nullable List<String> secrets,
            @Nullable String python,
            @Nullable String dbfsRoot,
            @Nullable WireStorage storage,
            @Nullable String sparkHome) {}

    private record WireStorage(
            @Nullable String endpoint,
            @Nullable String region,
            @Nullable String dbfs) {}

    public static DriverConfig read(Path file) {
        Wire wire;
        try {
            wire = Json.mapper().readValue(Files.readAllBytes(file), Wire.class);
        } catch (IOException e) {
            throw new DriverFailure("INVALID_ARGUMENT", "cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
        String clusterId = required("clusterId", wire.clusterId);
        boolean standalone = "standalone".equals(wire.mode);
        if (standalone && wire.masterPort <= 0) {
            throw new DriverFailure("INVALID_ARGUMENT", "driver.json: masterPort is missing");
        }
        String server = Objects.requireNonNullElse(wire.serverUrl, "");
        if (!server.isEmpty() && !unheard(server)) {
            throw new DriverFailure(
                    "INVALID_ARGUMENT",
                    "driver.json: serverUrl is " + server + ", and tokens are sent to other machines by https only");
        }
        return new DriverConfig(
                clusterId,
                Objects.requireNonNullElse(wire.clusterName, clusterId),
                required("address", wire.address),
                required("token", wire.token),
                required("sparkSecret", wire.sparkSecret),
                required("pageSecret", wire.pageSecret),
                server,
                Objects.requireNonNullElse(wire.publicUrl, server),
                standalone ? Mode.STANDALONE : Mode.LOCAL,
                Math.max(1, wire.cores),
                Math.max(512, wire.memoryMb),
                Math.max(1, wire.workerCores),
                Math.max(512, wire.workerMemoryMb),
                Math.max(0, wire.expectedWorkers),
                wire.masterPort,
                wire.sparkConf == null ? Map.of() : Map.copyOf(wire.sparkConf),
                wire.secrets == null ? List.of() : List.copyOf(wire.secrets),
                Objects.requireNonNullElse(wire.python, "python3"),
                Objects.requireNonNullElse(wire.dbfsRoot, "dbfs"),
                Optional.ofNullable(wire.storage).map(Storage::of),
                required("sparkHome", wire.sparkHome));
    }

    /** The folder of a bucket that is {@code dbfs:/}; empty: it is a folder of this machine. */
    public Optional<String> dbfsBucket() {
        return storage.map(Storage::dbfs).filter(folder -> !folder.isEmpty());
    }

    /** Cores that tasks can have when every expected worker is there. */
    public int taskCores() {
        return mode == Mode.LOCAL ? cores : Math.max(1, expectedWorkers * workerCores);
    }

    /** Whether nobody else hears what is said to a server. */
    private static boolean unheard(String server) {
        URI uri = URI.create(server);
        try {
            return "https".equals(uri.getScheme())
                    || InetAddress.getByName(uri.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String required(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new DriverFailure("INVALID_ARGUMENT", "driver.json: " + name + " is missing");
        }
        return value;
    }

    /** Keeps the secrets out of logs. */
    @Override
    public String toString() {
        return "DriverConfig[" + clusterId + ", " + mode + ", " + address + "]";
    }
}
