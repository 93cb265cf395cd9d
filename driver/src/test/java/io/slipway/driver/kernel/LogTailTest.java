package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    Path folder;

    private String tail(String text, int most) throws IOException {
        return LogTail.of(Files.writeString(folder.resolve("log"), text), most);
    }

    @Test
    void a_short_log_is_its_own_tail() throws IOException {
        assertThat(tail("one\ntwo\n", 100)).isEqualTo("one\ntwo");
        assertThat(tail("", 100)).isEmpty();
    }

    @Test
    void of_a_long_log_whole_lines_stay() throws IOException {
        assertThat(tail("first ü\nsecond\nthird\n", 14)).isEqualTo("second\nthird");
        assertThat(tail("first ü\nsecond\nthird\n", 13)).isEqualTo("third");
        assertThat(tail("x".repeat(50), 10)).as("a line without end").isEqualTo("x".repeat(10));
    }

    @Test
    void a_log_that_is_not_there_says_nothing() {
        assertThat(LogTail.of(folder.resolve("none"), 100)).isEmpty();
    }
}
