package io.slipway.driver.start;

import io.slipway.driver.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code driver.json} (docs/protocols/driver.md).
 *
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
        String sparkHome) {

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
            @Nullable String sparkHome) {}

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
        return new DriverConfig(
                clusterId,
                Objects.requireNonNullElse(wire.clusterName, clusterId),
                required("address", wire.address),
                required("token", wire.token),
                required("sparkSecret", wire.sparkSecret),
                required("pageSecret", wire.pageSecret),
                Objects.requireNonNullElse(wire.serverUrl, ""),
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
                required("sparkHome", wire.sparkHome));
    }

    /** Cores that tasks can have when every expected worker is there. */
    public int taskCores() {
        return mode == Mode.LOCAL ? cores : Math.max(1, expectedWorkers * workerCores);
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
