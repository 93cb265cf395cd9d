package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How busy the node's processes are. CPU is what they used between two looks, so the first look tells nothing, and what ended in between
 * is not counted.
 */
final class LoadMeter {
    /** Nearer looks would measure little but the clock's own steps. */
    private static final long LEAST_MILLIS = 5_000;

    private final String nodeId;
    private final Path directory;
    private final LongSupplier clock;
    private Map<String, Long> before = Map.of();
    private long lookedAt;
    private Optional<JsonObject> last = Optional.empty();

    LoadMeter(String nodeId, Path directory, LongSupplier clock) {
        this.nodeId = nodeId;
        this.directory = directory;
        this.clock = clock;
    }

    /** The newest measurement: {@code {"at","cpuCores","memoryBytes","diskFreeBytes"}}. */
    synchronized Optional<JsonObject> read() {
        long now = clock.getAsLong();
        if (now - lookedAt >= LEAST_MILLIS) {
            look(now);
        }
        return last;
    }

    private void look(long now) {
        Map<String, Long> used = new HashMap<>();
        long memory = 0;
        double spent = 0;
        Set<Long> members = Sweep.ofNode(nodeId);
        for (long pid : members) {
            Optional<ProcessTable.Usage> usage = ProcessTable.usage(pid);
            if (usage.isPresent()) {
                String process = pid + " " + usage.get().birth();
                used.put(process, usage.get().cpuMillis());
                memory += usage.get().memoryBytes();
                spent += usage.get().cpuMillis() - before.getOrDefault(process, 0L);
            }
        }
        if (lookedAt > 0) {
            JsonObject load = new JsonObject();
            load.put("at", now);
            load.put("cpuCores", spent / (now - lookedAt));
            load.put("memoryBytes", memory);
            load.put("diskFreeBytes", diskFree());
            last = Optional.of(load);
        }
        before = used;
        lookedAt = now;
    }

    private long diskFree() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }
}
