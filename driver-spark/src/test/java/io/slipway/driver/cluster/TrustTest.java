package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not know the secret of a cluster gets no work from it and gives it none. */
class TrustTest {
    private static final String SHUFFLE =
            "select sum(s), count(*) from (select id % 1000 k, sum(id) s from range(0, 1000000, 1, 8) group by 1)";

    @TempDir
    Path scratch;

    @Test
    void only_workers_that_know_the_secret_are_taken() throws IOException, InterruptedException {
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
                    .put("spark.redaction.regex", "nothing")
                    .put("spark.io.slipway.driver.start.PageGuard.param.secret", "mine");
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
            theSecretsAreNotShown(driver);
            pagesAreForThoseWhoKnowTheirSecret(driver);
        }
    }

    private static void theSecretsAreNotShown(DriverHarness driver) throws IOException, InterruptedException {
        List<String> secrets = List.of(DriverHarness.SECRET, DriverHarness.PAGE_SECRET);
        assertThat(driver.sparkPage(driver.sparkPages() + "/environment/")).doesNotContain(secrets);
        assertThat(driver.sparkPage(application(driver) + "/environment"))
                .contains("spark.authenticate.secret", "PageGuard.param.secret")
                .doesNotContain(secrets);
        assertThat(driver.run("a", "sql", "set").rows().toString()).doesNotContain(secrets);
        assertThat(ProcessHandle.allProcesses().map(TrustTest::commandLine))
                .anyMatch(line -> line.contains("CoarseGrainedExecutorBackend"))
                .noneMatch(line -> secrets.stream().anyMatch(line::contains));
    }

    /** Address of what Spark tells of its application as JSON. */
    private static String application(DriverHarness driver) throws IOException, InterruptedException {
        String all = driver.sparkPages() + "/api/v1/applications";
        JsonNode applications = Json.parse(driver.sparkPage(all).getBytes(StandardCharsets.UTF_8));
        return all + "/" + applications.path(0).path("id").asText();
    }

    private static void pagesAreForThoseWhoKnowTheirSecret(DriverHarness driver)
            throws IOException, InterruptedException {
        String executors = application(driver) + "/executors";
        JsonNode logs = Json.parse(driver.sparkPage(executors).getBytes(StandardCharsets.UTF_8));
        String workerLog = logs.findValue("executorLogs").path("stderr").asText();
        for (JsonNode executor : logs) {
            workerLog = executor.path("executorLogs").path("stderr").asText(workerLog);
        }
        String worker = URI.create(workerLog).resolve("/").toString();
        Matcher master = Pattern.compile("href=\"(http://[^\"]+)\"").matcher(driver.sparkPage(worker));
        assertThat(master.find()).isTrue();
        for (String page : List.of(
                driver.sparkPages() + "/",
                driver.sparkPages() + "/jobs/",
                driver.sparkPages() + "/SQL/",
                driver.sparkPages() + "/environment/",
                driver.sparkPages() + "/static/webui.js",
                driver.sparkPages() + "/api/v1/applications",
                driver.sparkPages() + "/metrics/json/",
                driver.sparkPages() + "/nothing/",
                executors,
                workerLog,
                worker,
                worker + "json/",
                master.group(1),
                master.group(1) + "/json/")) {
            for (String nothing : List.of("", "Bearer mine", "Basic " + DriverHarness.PAGE_SECRET)) {
                HttpResponse<String> answer = driver.sparkPage(page, nothing);
                assertThat(answer.statusCode()).as(page).isEqualTo(403);
            }
        }
        driver.sparkPage(workerLog);
        driver.sparkPage(master.group(1));
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }
}
