package io.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong();

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_terminal_gets_one_line_with_rate_and_time_left() {
        ConsoleProgress progress = new ConsoleProgress(out, true, nanos::get);
        progress.step("Downloading 3 files");
        progress.bytes(0, 100_000_000);
        nanos.addAndGet(2_000_000_000L);
        progress.bytes(50_000_000, 100_000_000);
        progress.bytes(51_000_000, 100_000_000);
        progress.finish();

        assertThat(written())
                .contains(" 50%  50 / 100 MB  25.0 MB/s  0:02 left")
                .doesNotContain("51 /");
        assertThat(written().chars().filter(c -> c == '\n')).hasSize(2);
    }

    @Test
    void elsewhere_every_tenth_is_a_line_of_its_own() {
        ConsoleProgress progress = new ConsoleProgress(out, false, nanos::get);
        progress.step("Downloading 3 files");
        for (int percent = 0; percent <= 100; percent++) {
            progress.bytes(percent * 1_000_000L, 100_000_000);
        }

        assertThat(written().lines()).hasSize(12).contains("Downloading 3 files: 40% of 100 MB");
        assertThat(written()).doesNotContain("\r");
    }
}
