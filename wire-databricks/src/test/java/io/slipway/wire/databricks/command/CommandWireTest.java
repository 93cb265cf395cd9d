package io.slipway.wire.databricks.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.StillClusters;
import io.slipway.spark.kernel.KernelSteps;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Base;
import io.slipway.store.Json;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** API 1.2 in front of the real rooms; only the driver is made up, and the loops' steps are taken by hand. */
@NullUnmarked
class CommandWireTest {
    private static final int PORT = 4711;
    private static final String FRAME = "{\"type\":\"stream\",\"name\":\"stdout\",\"text\":\"1\\n\"}";

    private static final List<CommandSpec> RUN = new CopyOnWriteArrayList<>();
    private static final FakeClock CLOCK = new FakeClock(1_700_000_000_000L);
    private static final FakeDrivers DRIVER = new FakeDrivers(CLOCK, Seam.QUIET, (context, command, spec) -> {
        RUN.add(spec);
        return new FakeDrivers.Ending(
                CommandStatus.Outcome.OK, Duration.ofSeconds(10), List.of(Json.read(FRAME, ObjectNode.class)));
    });
    private static WireServer server;
    private static RawClient raw;
    private static Base base;
    private static KernelSteps kernel;
    private static String cluster;
    private static String other;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {
            base = parts.base();
            People.known(base.database(), People.ANN);
            SessionTokens tokens = new SessionTokens(new byte[32], base.clock());
            Clusters clusters = StillClusters.of(base);
            kernel = new KernelSteps(base, tokens, clusters, new Drivers(base, tokens), DRIVER);
            cluster = cluster(clusters, "c");
            other = cluster(clusters, "other");
            new CommandRoutes(kernel.contexts).add(parts.api());
        });
        raw = new RawClient(server);
        up();
    }

    private static String cluster(Clusters clusters, String name) {
        return StillClusters.create(clusters, People.ANN, name);
    }

    /** The cluster runs, and so does its driver. */
    private static void up() {
        StillClusters.up(base.database(), cluster, PORT);
        DRIVER.open(PORT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> post(String path, String body) throws Exception {
        return raw.json("POST", "/api/1.2" + path, filled(body));
    }

    private static String filled(String text) {
        return text.replace('\'', '"').replace("@cluster", cluster).replace("@other", other);
    }

    private static String id(HttpResponse<byte[]> reply) throws Exception {
        assertThat(reply.statusCode()).as(RawClient.text(reply)).isEqualTo(200);
        return RawClient.tree(reply).path("id").asText();
    }

    private static String context() throws Exception {
        return id(post("/contexts/create", "{'clusterId':'@cluster','language':'python'}"));
    }

    private static String execute(String context) throws Exception {
        return id(post(
                "/commands/execute",
                "{'clusterId':'@cluster','contextId':'" + context + "','language':'python','command':'print(1)'}"));
    }

    private static JsonNode status(String context, String command) throws Exception {
        return RawClient.tree(raw.get(
                "/api/1.2/commands/status?clusterId=" + cluster + "&contextId=" + context + "&commandId=" + command));
    }

    private static String contextStatus(String context) throws Exception {
        return RawClient.text(raw.get("/api/1.2/contexts/status?clusterId=" + cluster + "&contextId=" + context));
    }

    /** As many passes as the longest way from one state to the next. */
    private static void settle() {
        for (int i = 0; i < 4; i++) {
            CLOCK.advance(Duration.ofSeconds(1));
            kernel.pass();
        }
    }

    @Test
    void a_context_is_made_and_a_command_runs_in_it_to_its_result() throws Exception {
        String context = context();
        assertThat(contextStatus(context)).contains("\"status\":\"Pending\"").contains("\"id\":\"" + context + "\"");
        settle();
        assertThat(contextStatus(context)).contains("\"status\":\"Running\"");
        String command = execute(context);
        assertThat(status(context, command))
                .isEqualTo(WireJson.mapper()
                        .readTree("{\"id\":\"" + command + "\",\"status\":\"Queued\",\"results\":null}"));
        settle();
        assertThat(status(context, command).path("status").asText()).isEqualTo("Running");
        CLOCK.advance(Duration.ofSeconds(11));
        settle();
        assertThat(status(context, command))
                .isEqualTo(WireJson.mapper()
                        .readTree("{\"id\":\"" + command
                                + "\",\"status\":\"Finished\",\"results\":{\"resultType\":\"text\",\"data\":\"1\"}}"));
    }

    @Test
    void a_command_is_cancelled_and_says_so() throws Exception {
        String context = context();
        settle();
        String command = execute(context);
        settle();
        assertThat(id(post(
                        "/commands/cancel",
                        "{'clusterId':'@cluster','contextId':'" + context + "','commandId':'" + command + "'}")))
                .isEqualTo(command);
        assertThat(status(context, command).path("status").asText()).isIn("Cancelling", "Cancelled");
        settle();
        CLOCK.advance(Duration.ofSeconds(11));
        settle();
        JsonNode ended = status(context, command);
        assertThat(ended.path("status").asText()).isIn("Cancelled", "Finished");
        assertThat(ended.path("results").isObject()).isTrue();
    }

    @Test
    void a_context_that_is_destroyed_answers_nothing_any_more() throws Exception {
        String context = context();
        settle();
        assertThat(id(post("/contexts/destroy", "{'clusterId':'@cluster','contextId':'" + context + "'}")))
                .isEqualTo(context);
        settle();
        HttpResponse<byte[]> gone =
                post("/commands/execute", "{'clusterId':'@cluster','contextId':'" + context + "','command':'1'}");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(RawClient.text(gone)).startsWith("{\"error\":\"");
    }

    @Test
    void the_language_of_a_command_is_its_own_or_else_that_of_its_context() throws Exception {
        String context = id(post("/contexts/create", "{'clusterId':'@cluster','language':'SQL'}"));
        assertThat(kernel.contexts.get(admin(), context).language()).isEqualTo("sql");
        assertThat(post("/commands/execute", "{'clusterId':'@cluster','contextId':'" + context + "','command':'x'}")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%sql select 1|sql|select 1",
                "%sh ls|sh|ls",
                "%fs ls /|fs|ls /",
                "%scala 1|scala|1",
                "%pip install a@import a|python|%pip install a@import a",
                "%restart_python|python|%restart_python",
                "%md # only text|python|",
                "%skip 1 / 0|python|",
                "%timeit f()|python|%timeit f()",
                "print(1)|python|print(1)"
            })
    void a_command_may_begin_with_a_magic_as_a_cell_may(String text, String language, String code) throws Exception {
        String context = context();
        settle();
        RUN.clear();
        id(post(
                "/commands/execute",
                "{'clusterId':'@cluster','contextId':'" + context + "','language':'python','command':'"
                        + text.replace("@", "\\n") + "'}"));
        settle();
        assertThat(RUN).containsExactly(new CommandSpec.Code(language, code == null ? "" : code.replace("@", "\n")));
        HttpResponse<byte[]> refused = post(
                "/commands/execute",
                "{'clusterId':'@cluster','contextId':'" + context + "','language':'python','command':'%run ./x'}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(refused)).contains("%run is not available here");
    }

    private Caller admin() {
        return new Identities(base).authenticate(server.token()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/contexts/create|{}|400|missing",
                "/contexts/create|{'clusterId':'@cluster'}|400|missing language",
                "/contexts/create|{'language':'python'}|400|missing clusterId",
                "/contexts/create|{'clusterId':'@cluster','language':'cobol'}|400|language must be one of python, scala, sql, r, got cobol.",
                "/contexts/create|{'clusterId':'@cluster','language':7}|400|language must be one of",
                "/contexts/create|{'clusterId':[],'language':'python'}|400|clusterId",
                "/contexts/create|{'clusterId':'none','language':'python'}|404|none",
                "/contexts/create|{'clusterId':'@other','language':'python'}|400|@other",
                "/contexts/destroy|{'clusterId':'@cluster'}|400|missing contextId",
                "/contexts/destroy|{'clusterId':'@cluster','contextId':'none'}|404|none",
                "/commands/execute|{'clusterId':'@cluster','command':'1'}|400|missing contextId",
                "/commands/execute|{'clusterId':'@cluster','contextId':'none','command':'1'}|404|none",
                "/commands/cancel|{'clusterId':'@cluster'}|400|missing commandId",
                "/commands/cancel|{'clusterId':'@cluster','commandId':'none'}|404|none"
            })
    void what_cannot_be_done_is_told_as_one_error(String path, String body, int status, String words) throws Exception {
        HttpResponse<byte[]> refused = post(path, body);
        assertThat(refused.statusCode()).as(RawClient.text(refused)).isEqualTo(status);
        JsonNode told = RawClient.tree(refused);
        assertThat(told.size()).isEqualTo(1);
        assertThat(told.path("error").asText()).contains(filled(words));
    }

    @Test
    void a_command_without_code_and_a_context_of_another_cluster_are_refused() throws Exception {
        String context = context();
        HttpResponse<byte[]> empty =
                post("/commands/execute", "{'clusterId':'@cluster','contextId':'" + context + "','language':'python'}");
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(empty)).contains("requirement failed: missing command");
        HttpResponse<byte[]> elsewhere =
                post("/commands/execute", "{'clusterId':'@other','contextId':'" + context + "','command':'1'}");
        assertThat(elsewhere.statusCode()).isEqualTo(404);
        assertThat(RawClient.text(elsewhere)).contains("is not on cluster " + other);
        assertThat(raw.get("/api/1.2/contexts/status?clusterId=" + other + "&contextId=" + context)
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("/contexts/destroy", "{'clusterId':'@other','contextId':'" + context + "'}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(contextStatus(context)).contains("Pending");
    }

    @Test
    void a_command_is_asked_about_by_its_id() throws Exception {
        String context = context();
        String command = execute(context);
        assertThat(raw.get("/api/1.2/commands/status?clusterId=" + cluster + "&contextId=" + context)
                        .statusCode())
                .isEqualTo(400);
        assertThat(raw.get("/api/1.2/commands/status?commandId=none").statusCode())
                .isEqualTo(404);
        assertThat(status(context, command).path("id").asText()).isEqualTo(command);
    }

    @Test
    void a_command_is_asked_about_and_cancelled_where_it_is() throws Exception {
        String context = context();
        String command = execute(context);
        for (String place : List.of(
                "clusterId=" + cluster + "&contextId=" + context(), "clusterId=" + other + "&contextId=" + context)) {
            String asked = "commandId=" + command + "&" + place;
            assertThat(raw.get("/api/1.2/commands/status?" + asked).statusCode())
                    .as(asked)
                    .isEqualTo(404);
            String body = "{'" + asked.replace("=", "':'").replace("&", "','") + "'}";
            assertThat(post("/commands/cancel", body).statusCode()).as(body).isEqualTo(404);
        }
        assertThat(status(context, command).path("status").asText()).isEqualTo("Queued");
    }
}
