package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadMeterTest {
    @TempDir
    Path folder;

    @Test
    void a_busy_process_of_the_node_shows_in_its_load() throws Exception {
        String nodeId = "node-" + UUID.randomUUID();
        AtomicLong clock = new AtomicLong(1_000);
        LoadMeter meter = new LoadMeter(nodeId, folder, () -> clock.addAndGet(5_000));
        assertThat(meter.read()).isEmpty();
        ProcessBuilder loop = new ProcessBuilder("sh", "-c", "while :; do :; done");
        loop.environment().put(Marks.NODE, nodeId);
        Process busy = loop.start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> meter.read().orElseThrow().getDouble("cpuCores") > 0);
            JsonObject load = meter.read().orElseThrow();
            assertThat(load.getLong("memoryBytes")).isPositive();
            assertThat(load.getLong("diskFreeBytes")).isPositive();
            assertThat(load.getLong("at")).isEqualTo(clock.get());
        } finally {
            busy.destroyForcibly().waitFor();
        }
        JsonObject quiet = meter.read().orElseThrow();
        assertThat(quiet.getLong("memoryBytes")).isZero();
        assertThat(quiet.getDouble("cpuCores")).isZero();
    }

    @Test
    void looks_that_are_too_near_repeat_the_last_measurement() {
        AtomicLong clock = new AtomicLong(10_000);
        LoadMeter meter = new LoadMeter("node-" + UUID.randomUUID(), folder, clock::get);
        assertThat(meter.read()).isEmpty();
        clock.addAndGet(6_000);
        JsonObject measured = meter.read().orElseThrow();
        clock.addAndGet(1_000);
        assertThat(meter.read()).containsSame(measured);
    }

    @Test
    void times_are_read_behind_a_name_that_may_hold_anything() {
        String stat = "7 (a) b) S 1 7 7 0 -1 0 0 0 0 0 120 30 0 0 20 0 1 0 4242 0 0";
        assertThat(ProcessTable.usage(stat, 8)).contains(new ProcessTable.Usage("4242", 1_500, 8));
    }
}
