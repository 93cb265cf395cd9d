package io.slipway.driver.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.context.Contexts;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.Journal;
import io.slipway.driver.output.Redaction;
import io.slipway.driver.standin.LocalSpark;
import io.slipway.driver.standin.TestScope;
import io.slipway.driver.watch.ExecutorFailures;
import io.slipway.driver.watch.ExecutorWatch;
import io.slipway.driver.watch.SparkJobs;
import io.slipway.protocol.driver.ResultRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Journal journal = new Journal();
    private final Redaction redaction = new Redaction();
    private ApiServer server;
    private Contexts contexts;
    private Routes routes;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer("127.0.0.1", "plain");
        contexts = new Contexts(
                TestScope.config("http://127.0.0.1:1", "/no/python", LocalSpark.dbfs()),
                folder,
                LocalSpark.session(),
                new SparkJobs(journal),
                journal,
                redaction);
        var failures = new ExecutorFailures("secret", () -> {});
        var watch = new ExecutorWatch(failures, () -> {});
        watch.addLocal("127.0.0.1", 2);
        var report = new StatusReport(contexts, watch, failures, () -> false);
        journal.describedBy(report);
        routes = new Routes(contexts, journal, report, null);
    }

    @AfterEach
    void stop() {
        server.close();
        contexts.close();
    }

    private record Answer(int status, String text) {
        JsonNode json() {
            try {
                return Json.parse(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    private Answer send(String authorization, String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Answer ask(String method, String path, String body) {
        return send("Bearer plain", method, path, body);
    }

    private void open() {
        server.open(routes);
    }

    private static String context() {
        return Json.text(TestScope.spec("sql"));
    }

    private static String command(String language, String code) {
        ObjectNode body = Json.object().put("token", "");
        body.putObject("spec").put("kind", "code").put("language", language).put("code", code);
        body.putObject("widgets");
        body.putArray("catalogs");
        return body.toString();
    }

    private void aContext(String id) {
        assertThat(ask("PUT", "contexts/" + id, context()).status()).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> ask("GET", "contexts/" + id, "")
                        .json()
                        .path("state")
                        .asText()
                        .equals("running"));
    }

    @ParameterizedTest
    @CsvSource({"''", "Bearer", "Bearer wrong", "Basic plain", "plain", "Bearer plain2", "bearer plain"})
    void nobody_is_answered_without_the_token(String authorization) {
        open();
        for (String path : List.of("status", "news", "nothing")) {
            Answer answer = send(authorization, "GET", path, "");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().path("error").asText()).isEqualTo("UNAUTHENTICATED");
        }
        assertThat(send(authorization, "PUT", "contexts/a", context()).status()).isEqualTo(401);
        assertThat(contexts.find("a")).isNull();
    }

    @Test
    void a_driver_that_starts_says_so() {
        Answer answer = ask("GET", "status", "");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("error").asText()).isEqualTo("STARTING");
        server.open(routes);
        assertThat(ask("GET", "status", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET| nothing| 404",
                "POST| status| 404",
                "DELETE| news| 404",
                "GET| contexts| 404",
                "GET| contexts/none| 404",
                "PUT| contexts/none/commands/k| 404",
                "POST| contexts/none/complete| 404",
                "POST| contexts/none/results/r| 404",
                "POST| contexts/none/commands/c/answer| 404",
                "POST| contexts/none/commands/k/cancel| 404",
                "POST| contexts/none/commands/k/cancel/more| 404",
                "GET| news?waitMillis=soon| 400",
                "POST| workers/10.0.0.1/decommission| 409"
            })
    void calls_that_cannot_be_are_refused_in_words(String method, String path, int status) {
        open();
        String body = path.endsWith("k") ? command("sql", "select 1") : "{}";
        Answer answer = ask(method, path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).isNotEmpty();
        assertThat(answer.json().path("message").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "'{} {}'", "[]", "{}", "'{\"language\":\"sql\"}'", "7", "null", "text"})
    void bodies_that_are_no_context_make_none(String body) {
        open();
        Answer answer = ask("PUT", "contexts/a", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(contexts.find("a")).isNull();
    }

    @Test
    void a_context_lives_from_its_making_to_its_deletion() {
        open();
        aContext("a");
        assertThat(ask("GET", "status", "").json().path("contexts").asInt()).isEqualTo(1);
        assertThat(ask("PUT", "contexts/a%2Fb", context()).status()).isEqualTo(400);
        assertThat(ask("DELETE", "contexts/a", "").status()).isEqualTo(200);
        assertThat(ask("DELETE", "contexts/a", "").status()).as("again").isEqualTo(200);
        assertThat(ask("GET", "contexts/a", "").status()).isEqualTo(404);
    }

    @Test
    void output_is_heard_by_who_waits_for_it() {
        open();
        aContext("a");
        String cursor = ask("GET", "news", "").json().path("next").asText();
        var waiting = CompletableFuture.supplyAsync(() -> {
            String at = cursor;
            while (true) {
                JsonNode news =
                        ask("GET", "news?waitMillis=60000&since=" + at, "").json();
                for (JsonNode each : news.path("commands")) {
                    if (each.path("state").asText().equals("finished")) {
                        return each;
                    }
                }
                at = news.path("next").asText();
            }
        });
        ask("PUT", "contexts/a/commands/k", command("sh", "echo x"));
        assertThat(waiting.join().path("outcome").asText()).isEqualTo("ok");
    }

    @Test
    void a_cancelled_command_ends_and_one_that_nobody_knows_is_not_found() {
        open();
        aContext("a");
        ask("PUT", "contexts/a/commands/k", command("sh", "sleep 600"));
        await().atMost(PATIENCE).until(() -> {
            Answer answer = ask("POST", "contexts/a/commands/k/cancel", "");
            return answer.json().path("state").asText().equals("cancelled");
        });
        assertThat(ask("POST", "contexts/a/commands/unknown/cancel", "").status())
                .isEqualTo(404);
    }

    @Test
    void a_cursor_behind_the_text_is_its_end() {
        open();
        aContext("a");
        String question = "{\"language\":\"sql\",\"code\":\"sel\",\"cursor\":99}";
        assertThat(ask("POST", "contexts/a/complete", question)
                        .json()
                        .path("cursorEnd")
                        .asInt())
                .isEqualTo(3);
        assertThat(ask("POST", "contexts/a/inspect", question)
                        .json()
                        .path("found")
                        .asBoolean(true))
                .isFalse();
    }

    private static String wanted(String format) {
        return Json.tree(new ResultRequest(format, "")).toString();
    }

    @Test
    void a_result_that_was_cut_is_read_whole_in_the_form_that_is_asked_for() throws Exception {
        open();
        aContext("a");
        ask("PUT", "contexts/a/commands/k", command("sql", "select id from range(10001)"));
        Objects.requireNonNull(contexts.find("a")).await("k");
        JsonNode news = ask("GET", "news", "").json();
        String path = "contexts/a/results/" + news.findValue("result").asText();
        assertThat(ask("GET", path, "").status()).isEqualTo(200);
        assertThat(ask("POST", path, wanted("csv")).text().lines()).hasSize(10_002);
        assertThat(ask("POST", path, wanted("json")).json()).hasSize(10_001);
        assertThat(ask("POST", path, wanted("xls")).status()).isEqualTo(400);
        assertThat(ask("POST", path, "{}").status()).isEqualTo(400);
        assertThat(ask("POST", "contexts/a/results/unknown", wanted("csv")).status())
                .isEqualTo(404);
    }

    @Test
    void a_result_whose_query_fails_now_is_refused_with_the_reason() throws Exception {
        open();
        aContext("a");
        java.nio.file.Files.writeString(LocalSpark.dbfs().resolve("late.txt"), "x\n".repeat(10_001));
        ask("PUT", "contexts/a/commands/k", command("sql", "select value from text.`dbfs:/late.txt`"));
        Objects.requireNonNull(contexts.find("a")).await("k");
        String result = ask("GET", "news", "").json().findValue("result").asText();
        java.nio.file.Files.delete(LocalSpark.dbfs().resolve("late.txt"));
        Answer answer = ask("POST", "contexts/a/results/" + result, wanted("csv"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("error").asText()).isEqualTo("QUERY_FAILED");
    }

    @Test
    void the_status_tells_of_work_and_rest() {
        open();
        aContext("a");
        JsonNode idle = ask("GET", "status", "").json();
        assertThat(idle.path("state").asText()).isEqualTo("running");
        assertThat(idle.path("totalCores").asInt()).isEqualTo(2);
        assertThat(idle.path("lastActivity").asLong())
                .isLessThanOrEqualTo(idle.path("now").asLong());
        ask("PUT", "contexts/a/commands/k", command("sh", "sleep 600"));
        JsonNode busy = ask("GET", "status", "").json();
        assertThat(busy.path("runningCommands").asInt()).isEqualTo(1);
        assertThat(busy.path("lastActivity")).as("it is active now").isEqualTo(busy.path("now"));
    }
}
