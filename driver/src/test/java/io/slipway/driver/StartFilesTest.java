package io.slipway.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.start.DriverFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFilesTest {
    @TempDir
    Path folder;

    @Test
    void a_failure_says_its_code_its_sentence_and_where_it_came_from() throws IOException {
        StartFiles.failure(folder, DriverFailure.of(new IllegalStateException("grüße", new IOException("root ☃"))));
        JsonNode failure = Json.parse(Files.readAllBytes(folder.resolve("failure.json")));
        assertThat(failure.path("code").asText()).isEqualTo("SPARK_STARTUP_FAILURE");
        assertThat(failure.path("message").asText()).isEqualTo("root ☃");
        assertThat(failure.path("trace").asText()).contains("IllegalStateException: grüße", "StartFilesTest");
    }

    @Test
    void nothing_else_is_left_in_the_folder_that_the_agent_watches() throws IOException {
        Files.writeString(
                folder.resolve(".ready.json.tmp"), "left by one that was killed, and longer than what follows");
        StartFiles.ready(folder, Json.object().put("protocol", 2));
        assertThat(folder.resolve("ready.json")).hasContent("{\"protocol\":2}");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void whoever_reads_sees_a_whole_file_or_none() throws Exception {
        var content = Json.object().put("text", "x".repeat(200_000));
        var done = new AtomicBoolean();
        var reader = CompletableFuture.supplyAsync(() -> {
            int whole = 0;
            while (!done.get()) {
                try {
                    JsonNode seen = Json.parse(Files.readAllBytes(folder.resolve("ready.json")));
                    assertThat(seen).isEqualTo(content);
                    whole++;
                } catch (java.nio.file.NoSuchFileException notYet) {
                    Thread.onSpinWait();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            return whole;
        });
        for (int i = 0; i < 20; i++) {
            StartFiles.ready(folder, content);
        }
        done.set(true);
        reader.join();
    }

    @Test
    void a_folder_that_is_not_there_is_an_error_and_not_a_silence() {
        assertThatThrownBy(() -> StartFiles.ready(folder.resolve("none"), Json.object()))
                .isInstanceOf(IOException.class);
    }
}
