package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not know the secret of a cluster gets no work from it and gives it none. */
@Tag("spark")
class TrustTest {
    private static final String SHUFFLE =
            "select sum(s), count(*) from (select id % 1000 k, sum(id) s from range(0, 1000000, 1, 8) group by 1)";

    @TempDir
    Path scratch;

    @Test
    void onlyWorkersThatKnowTheSecretAreTaken() throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (var driver = new DriverHarness(scratch, config -> {
            config.put("mode", "standalone")
                    .put("masterPort", port)
                    .put("workerCores", 1)
                    .put("workerMemoryMb", 1024)
                    .put("expectedWorkers", 1);
            config.putObject("sparkConf")
                    .put("spark.authenticate", "false")
                    .put("spark.authenticate.secret", "mine")
                    .put("spark.authenticate.secret.file", "/nowhere")
                    .put("spark.redaction.regex", "nothing");
        })) {
            Path stranger = driver.startStranger(port);
            Path liar = driver.startWorker("127.0.0.1", port, "f".repeat(48));
            driver.awaitReady();
            for (Path log : List.of(stranger, liar)) {
                await().atMost(DriverHarness.PATIENCE)
                        .until(() -> Files.readString(log).contains("Failed to connect to master"));
            }
            Path friend = driver.startWorker("127.0.0.1", port, DriverHarness.SECRET);
            driver.context("a", body -> {});
            assertThat(driver.run("a", "sql", SHUFFLE).rows().toString()).isEqualTo("[[499999500000,1000]]");
            JsonNode executors = driver.call("GET", "status", null).path("executors");
            assertThat(executors).hasSize(1);
            assertThat(friend.resolveSibling("ready.json")).exists();
            assertThat(liar.resolveSibling("ready.json")).doesNotExist();
            assertThat(Files.readString(stranger)).doesNotContain("Successfully registered");
            theSecretIsNotShown(driver);
        }
    }

    private static void theSecretIsNotShown(DriverHarness driver) throws IOException, InterruptedException {
        String environment = driver.sparkPage("/environment/");
        assertThat(environment).contains("spark.authenticate.secret").doesNotContain(DriverHarness.SECRET);
        assertThat(driver.run("a", "sql", "set").rows().toString()).doesNotContain(DriverHarness.SECRET);
        assertThat(ProcessHandle.allProcesses().map(TrustTest::commandLine))
                .anyMatch(line -> line.contains("CoarseGrainedExecutorBackend"))
                .noneMatch(line -> line.contains(DriverHarness.SECRET));
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }

    @Test
    void aDriverWithoutASecretDoesNotStart() throws IOException, InterruptedException {
        try (var driver = new DriverHarness(scratch, config -> config.remove("sparkSecret"))) {
            assertThat(driver.failure().path("message").asText()).contains("sparkSecret");
        }
    }
}
