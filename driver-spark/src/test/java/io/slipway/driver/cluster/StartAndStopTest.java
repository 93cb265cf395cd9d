package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartAndStopTest {
    @TempDir
    Path scratch;

    @Test
    void a_bad_spark_conf_is_the_users_fault() throws IOException, InterruptedException {
        try (var driver = new DriverHarness(
                scratch, config -> config.putObject("sparkConf").put("spark.executor.memory", "lots"))) {
            assertThat(driver.failure().path("code").asText()).isEqualTo("INVALID_ARGUMENT");
            assertThat(driver.failure().path("message").asText()).contains("lots");
        }
    }

    @Test
    void kernels_die_with_the_driver() throws IOException {
        try (var driver = new DriverHarness(scratch, config -> {}).awaitReady()) {
            driver.context("a", body -> body.put("language", "python"));
            long pid = Long.parseLong(
                    driver.run("a", "python", "import os; os.getpid()").text());
            ProcessHandle kernel = ProcessHandle.of(pid).orElseThrow();
            driver.process().destroyForcibly();
            await().atMost(DriverHarness.PATIENCE).until(() -> !kernel.isAlive());
        }
    }

    @Tag("soak")
    @Test
    void two_workers_shuffle_rightly() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (var driver = new DriverHarness(
                scratch,
                config -> config.put("mode", "standalone")
                        .put("masterPort", port)
                        .put("workerCores", 1)
                        .put("workerMemoryMb", 1024)
                        .put("expectedWorkers", 2))) {
            driver.startWorker("127.0.0.1", port);
            driver.startWorker("127.0.0.1", port);
            driver.awaitReady();
            driver.context("a", body -> {});
            String sql = "select sum(s), count(*) from"
                    + " (select id % 1000 k, sum(id) s from range(0, 1000000, 1, 8) group by 1)";
            assertThat(driver.run("a", "sql", sql).rows().toString()).isEqualTo("[[499999500000,1000]]");
            await().atMost(DriverHarness.PATIENCE)
                    .until(() ->
                            driver.call("GET", "status", null).path("executors").size() == 2);
        }
    }
}
