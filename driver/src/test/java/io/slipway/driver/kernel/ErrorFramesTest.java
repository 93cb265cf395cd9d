package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.output.HeardFrames;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorFramesTest {
    private static <T extends Throwable> T deep(T error) {
        var frame = new StackTraceElement("org.example.Machinery", "turn", "Machinery.java", 1);
        error.setStackTrace(Collections.nCopies(500, frame).toArray(StackTraceElement[]::new));
        return error;
    }

    @Test
    void every_cause_is_told_however_deep_the_stacks_above_it() {
        var users = deep(new IllegalArgumentException("the user's own"));
        var middle = deep(new IllegalStateException("middle", users));
        List<String> trace = ErrorFrames.trace(deep(new RuntimeException("outer", middle)));
        assertThat(trace)
                .contains(
                        "java.lang.RuntimeException: outer",
                        "Caused by: java.lang.IllegalStateException: middle",
                        "Caused by: java.lang.IllegalArgumentException: the user's own")
                .hasSizeLessThan(150);
        assertThat(trace.get(trace.size() - 1)).contains("org.example.Machinery");
    }

    @Test
    void causes_in_a_circle_end() {
        var first = deep(new RuntimeException("first"));
        var second = deep(new RuntimeException("second", first));
        first.initCause(second);
        assertThat(ErrorFrames.trace(second))
                .filteredOn(line -> line.contains("first"))
                .hasSize(1);
    }

    @Test
    void an_error_without_words_is_told_by_its_kind() {
        var heard = new HeardFrames();
        assertThat(ErrorFrames.write(heard.frames(), new IllegalStateException()))
                .isEqualTo(Outcome.ERROR);
        assertThat(heard.problems().get(0).ename()).isEqualTo("IllegalStateException");
        assertThat(heard.problems().get(0).evalue()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void the_headline_tells_the_last_cause_once() {
        var users = new IllegalArgumentException("bad row\nand more of it");
        var heard = new HeardFrames();
        ErrorFrames.write(
                heard.frames(), new RuntimeException("a task has failed", new IllegalStateException("why", users)));
        ErrorFrames.write(heard.frames(), new RuntimeException("failed, as of: bad row", users));
        ErrorFrames.write(heard.frames(), new RuntimeException(new IllegalStateException()));
        assertThat(heard.problems())
                .extracting(problem -> problem.evalue())
                .containsExactly(
                        "a task has failed\nCaused by: IllegalArgumentException: bad row\nand more of it",
                        "failed, as of: bad row",
                        "java.lang.IllegalStateException");
    }

    @Test
    void what_lies_below_the_users_code_is_left_out() {
        var users = new StackTraceElement("org.example.Main", "main", "Main.java", 7);
        for (var ours : List.of(
                new StackTraceElement("io.slipway.driver.kernel.JarKernel", "run", "JarKernel.java", 1),
                new StackTraceElement("scala.tools.nsc.interpreter.IMain", "interpret", "IMain.scala", 1),
                new StackTraceElement("$line1.$read", "$print$lzycompute", "<console>", 1))) {
            var error = new RuntimeException("x");
            error.setStackTrace(new StackTraceElement[] {users, ours, users});
            assertThat(ErrorFrames.trace(error))
                    .containsExactly("java.lang.RuntimeException: x", "    at org.example.Main.main(Main.java:7)");
        }
    }
}
