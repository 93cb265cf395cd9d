package io.slipway.driver.dbutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.driver.json.Json;
import io.slipway.driver.standin.TestScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dbutils.notebook.run} against answers as the Jobs API 2.2 gives them. */
class NotebookRunsTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile String submit = "{\"run_id\":7}";
    private volatile int status = 200;
    private volatile String run = run("TERMINATED", "SUCCESS", "");
    private volatile String output = "{\"notebook_output\":{\"result\":\"the value ☃\"}}";
    private volatile String token = "first";
    private HttpServer server;
    private NotebookRuns runs;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/api/2.2/jobs/runs/", this::answer);
        server.start();
        runs = new NotebookRuns("http://127.0.0.1:" + server.getAddress().getPort(), "c-1", () -> token);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String run(String lifeCycle, String result, String message) {
        return """
                {"tasks":[{"run_id":71}],
                 "state":{"life_cycle_state":"%s","result_state":"%s","state_message":"%s"}}
                """.formatted(lifeCycle, result, message);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestURI().toString().substring("/api/2.2/jobs/runs/".length());
        asked.add(call + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
        String text = call.startsWith("submit") ? submit : call.startsWith("get-output") ? output : run;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void a_notebook_runs_on_this_cluster_and_its_exit_value_comes_back() throws Exception {
        assertThat(runs.run("/Users/ann/größe", 60, Map.of("day", "2020-02-29")))
                .isEqualTo("the value ☃");
        JsonNode task = Json.parse(asked.get(0).substring("submit ".length()));
        assertThat(task.path("timeout_seconds").asInt()).isEqualTo(60);
        assertThat(task.path("tasks")).hasSize(1);
        assertThat(task.path("tasks").path(0).path("existing_cluster_id").asText())
                .isEqualTo("c-1");
        assertThat(task.path("tasks").path(0).path("notebook_task").toString())
                .isEqualTo("{\"notebook_path\":\"/Users/ann/größe\",\"base_parameters\":{\"day\":\"2020-02-29\"}}");
        assertThat(asked.get(1)).startsWith("get?run_id=7 ");
        assertThat(asked.get(2)).as("of the task, not of the run").startsWith("get-output?run_id=71 ");
    }

    @Test
    void a_notebook_without_an_exit_value_answers_an_empty_text() throws Exception {
        output = "{}";
        assertThat(runs.run("/n", 0, Map.of())).isEmpty();
    }

    @Test
    void it_waits_until_the_run_has_ended_with_the_token_of_the_moment() throws Exception {
        run = run("RUNNING", "", "");
        var answer = new AtomicReference<String>("");
        var thread = new Thread(() -> {
            try {
                answer.set(runs.run("/n", 0, Map.of()));
            } catch (IOException | InterruptedException e) {
                answer.set(e.toString());
            }
        });
        thread.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> asked.size() >= 2);
        token = "renewed";
        run = run("TERMINATED", "SUCCESS", "");
        thread.join(30_000);
        assertThat(answer.get()).isEqualTo("the value ☃");
        assertThat(tokens.get(0)).isEqualTo("Bearer first");
        assertThat(tokens.get(tokens.size() - 1)).isEqualTo("Bearer renewed");
    }

    @ParameterizedTest
    @CsvSource({
        "TERMINATED, FAILED, '{\"error\":\"ValueError: no\"}', ValueError: no",
        "TERMINATED, TIMEDOUT, '{}', the time is over",
        "INTERNAL_ERROR, FAILED, '{}', the time is over",
        "SKIPPED, CANCELED, '{}', the time is over"
    })
    void a_run_that_does_not_succeed_is_an_error_with_its_reason(
            String lifeCycle, String result, String said, String reason) {
        run = run(lifeCycle, result, "the time is over");
        output = said;
        assertThatThrownBy(() -> runs.run("/n", 1, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("notebook /n ended as " + result + ": " + reason);
    }

    @Test
    void a_refusal_is_told_in_the_words_of_the_server() {
        status = 400;
        submit = "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"Unable to find '/n'\"}";
        assertThatThrownBy(() -> runs.run("/n", 1, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("Unable to find '/n'");
        submit = "{}";
        assertThatThrownBy(() -> runs.run("/n", 1, Map.of())).hasMessage("the server answered with status 400");
    }

    @Test
    void a_command_that_is_interrupted_takes_its_child_along() throws Exception {
        run = run("RUNNING", "", "");
        var ended = new AtomicReference<Throwable>();
        var thread = new Thread(() -> {
            try {
                runs.run("/n", 0, Map.of());
            } catch (IOException | InterruptedException e) {
                ended.set(e);
            }
        });
        thread.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> asked.size() >= 3);
        thread.interrupt();
        thread.join(30_000);
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(asked).anyMatch(call -> call.startsWith("cancel ") && call.contains("\"run_id\":7"));
    }

    @Test
    void a_path_without_a_slash_is_beside_the_notebook_that_runs() throws Exception {
        for (String[] each : new String[][] {
            {"/Users/ann/etl/main", "step", "/Users/ann/etl/step"},
            {"/Users/ann/etl/main", "./step", "/Users/ann/etl/step"},
            {"/Users/ann/etl/main", "../other/step", "/Users/ann/other/step"},
            {"/Users/ann/etl/main", "/step", "/step"},
            {"", "step", "step"}
        }) {
            asked.clear();
            new DbUtils.Notebook(
                            () -> runs,
                            each[0],
                            value -> {},
                            new NotebookContext(TestScope.spec("python"), "", Map.of(), () -> ""))
                    .run(each[1], 5);
            assertThat(asked.get(0)).contains("\"notebook_path\":\"" + each[2] + "\"");
        }
    }
}
