package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.standin.TestScope;
import io.slipway.driver.start.DriverConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program in Python's place that writes down how it was started and what it was told. */
class PythonSpareTest {
    @TempDir
    Path folder;

    private final List<Process> given = new ArrayList<>();
    private PythonSpare spare;

    @BeforeEach
    void python() throws IOException {
        Path python = folder.resolve("python");
        Files.writeString(python, """
                #!/bin/sh
                echo "$@ in $(pwd) with $PYTHONPATH of $JPY_PARENT_PID" > "%1$s/started-$$"
                read line || exit 0
                echo "$line" > "%1$s/.told-$$" && mv "%1$s/.told-$$" "%1$s/told-$$"
                exec sleep 600
                """.formatted(folder));
        assertThat(python.toFile().setExecutable(true)).isTrue();
        spare = new PythonSpare(config(python.toString()), Files.createDirectories(folder.resolve("driver")));
    }

    private static DriverConfig config(String python) {
        return TestScope.config("http://127.0.0.1:1", python, Path.of("/dbfs"));
    }

    @AfterEach
    void end() {
        spare.close();
        given.forEach(Process::destroyForcibly);
    }

    private Process become(String prefix) throws IOException {
        Process process =
                spare.become(new PythonSpare.Kernel("connection.json", 7, "s€cret", prefix, "/somewhere", "log"));
        given.add(process);
        return process;
    }

    private List<Path> files(String beginning) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode told(Process process) throws IOException {
        Path file = folder.resolve("told-" + process.pid());
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
        return Json.parse(Files.readString(file));
    }

    @Test
    void a_spare_is_told_whose_kernel_it_is() throws IOException {
        spare.refill();
        Process process = become("/p");
        JsonNode told = told(process);
        assertThat(told.toString())
                .isEqualTo("{\"connection\":\"connection.json\",\"gatewayPort\":7,\"gatewaySecret\":\"s€cret\","
                        + "\"prefix\":\"/p\",\"directory\":\"/somewhere\",\"log\":\"log\"}");
        Path boot = folder.resolve("driver/boot");
        assertThat(folder.resolve("started-" + process.pid()))
                .content()
                .contains("-m slipway_kernel in " + folder.resolve("driver"))
                .contains("with " + boot)
                .contains("of " + ProcessHandle.current().pid());
        assertThat(boot)
                .isDirectoryContaining("glob:**slipway_kernel.py")
                .isDirectoryContaining("glob:**slipway_dbutils.py")
                .isDirectoryContaining("glob:**slipway_prefix.py");
    }

    @Test
    void a_spare_is_given_away_once() throws IOException {
        spare.refill();
        spare.refill();
        Process first = become("/a");
        Process second = become("/b");
        assertThat(first.pid()).isNotEqualTo(second.pid());
        assertThat(told(first).path("prefix").asText()).isEqualTo("/a");
        assertThat(told(second).path("prefix").asText()).isEqualTo("/b");
        assertThat(files("started-")).as("one waited, one was made at once").hasSize(2);
    }

    @Test
    void a_spare_that_has_died_is_given_to_nobody() throws IOException {
        spare.refill();
        await().atMost(Duration.ofSeconds(60)).until(() -> files("started-").size() == 1);
        long pid =
                Long.parseLong(files("started-").get(0).getFileName().toString().substring("started-".length()));
        ProcessHandle waiting = ProcessHandle.of(pid).orElseThrow();
        waiting.destroyForcibly();
        await().atMost(Duration.ofSeconds(60)).until(() -> !waiting.isAlive());
        Process process = become("/a");
        assertThat(process.pid()).isNotEqualTo(pid);
        assertThat(told(process).path("prefix").asText()).isEqualTo("/a");
    }

    @Test
    void no_spare_is_left_when_the_driver_ends() throws IOException {
        spare.refill();
        await().atMost(Duration.ofSeconds(60)).until(() -> files("started-").size() == 1);
        long pid =
                Long.parseLong(files("started-").get(0).getFileName().toString().substring("started-".length()));
        spare.close();
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        spare.refill();
        assertThat(files("started-")).hasSize(1);
    }

    @Test
    void a_python_that_is_not_there_is_told() {
        var none = new PythonSpare(config("/no/such/python"), folder);
        assertThatThrownBy(none::refill).isInstanceOf(IOException.class).hasMessageContaining("/no/such/python");
    }
}
