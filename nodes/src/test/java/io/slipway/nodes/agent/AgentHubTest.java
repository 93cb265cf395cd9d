package io.slipway.nodes.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.Elapsed;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Timer;
import io.slipway.kit.WorkspaceId;
import io.slipway.spark.compute.ClusterFact;
import io.slipway.spark.compute.Fleet;
import io.slipway.spark.compute.WantedProcess;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.DatabaseConfig;
import io.slipway.store.Json;
import io.slipway.store.TestBase;
import io.slipway.wire.Engine;
import io.slipway.wire.Routes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's end of agent protocol 1, spoken to over HTTP with bodies made by hand (docs/protocols/agent.md). */
@NullUnmarked
class AgentHubTest {
    private static final String PROFILE = "arn:aws:iam::111122223333:instance-profile/reader";
    private static final String NODE = "i-1";

    @TempDir
    private Path folder;

    private final SessionTokens secrets = new SessionTokens(new byte[32], () -> 0);
    private final String bootstrap = Fleet.bootstrapToken(secrets, NODE);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What the hub lets wait: the test says when its time is over. */
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();

    private volatile Optional<WantedProcess> wanted = Optional.empty();
    private Database database;
    private Base base;
    private AgentHub hub;
    private Optional<NodeRoles.Keys> storage = Optional.empty();
    private Server server;

    @BeforeEach
    void start() {
        database = Database.open(new DatabaseConfig.Sqlite(folder.resolve("hub.db")));
        database.change(tx -> {
            tx.sql().execute("""
                    insert into cluster (id, workspace_id, name, spec, creator_id, source, state, state_message, launch, target_workers,
                        pinned, created_at, started_at, restarted_at, terminated_at)
                    values ('c', 1001, 'c', '{"name":"c","sparkConf":{},"sparkEnvVars":{},"customTags":{},"document":"{}"}',
                        102, 'API', 'PENDING', '', 1, 0, 0, 0, 0, 0, 0)
                    """);
            tx.sql().execute("""
                    insert into node (id, cluster_id, role, node_type, launch, state, instance_id, address, created_at,
                        seen_at, observed)
                    values ('i-1', 'c', 'DRIVER', 'm5.large', 1, 'ACQUIRING', '', '', 0, 0, '[]')
                    """);
        });
        base = TestBase.of(database, () -> 1);
        Fleet fleet = new Fleet(
                base, secrets, (cluster, node, nodes) -> wanted, TestBase.deaf(base), new Elapsed<>(base.clock()));
        hub = new AgentHub(fleet, AgentHubTest::keys, (workspace, node) -> storage, new Timer() {
            @Override
            public Alarm after(Duration delay, Runnable task) {
                waiting.add(task);
                return () -> waiting.remove(task);
            }

            @Override
            public void close() {}
        });
        ServerBuilder builder = Server.builder().http(0);
        Routes routes = new Routes();
        hub.add(routes);
        new Engine(base.ids()).install(builder, routes);
        server = builder.build();
        server.start().join();
    }

    private void replanned() {
        database.change(tx -> base.facts()
                .tell(tx, PrincipalId.SYSTEM, new ClusterFact.Replanned(ClusterFact.ref(WorkspaceId.FIRST, "c"))));
    }

    @AfterEach
    void stop() {
        server.stop().join();
        database.close();
    }

    private CompletableFuture<HttpResponse<String>> send(String call, String bearer, Map<String, Object> body) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.activeLocalPort() + "/agent/v1/" + call))
                        .header("Authorization", "Bearer " + bearer)
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(CompletableFuture<HttpResponse<String>> answer) {
        HttpResponse<String> response = answer.join();
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.read(response.body(), JsonNode.class);
    }

    private static int status(CompletableFuture<HttpResponse<String>> answer) {
        return answer.join().statusCode();
    }

    private CompletableFuture<HttpResponse<String>> register(String token) {
        return send("register", token, Map.of("protocol", 1, "nodeId", NODE));
    }

    private String key() {
        return json(register(bootstrap)).path("key").asText();
    }

    private static Map<String, Object> body(int sequence, int ackWanted, Object... observed) {
        return Map.of(
                "protocol",
                1,
                "nodeId",
                NODE,
                "agentPid",
                1,
                "bootId",
                "b",
                "sequence",
                sequence,
                "ackWanted",
                ackWanted,
                "observed",
                List.of(observed),
                "answers",
                List.of());
    }

    private static Map<String, Object> driver(String state) {
        return Map.of(
                "name",
                "driver",
                "generation",
                1,
                "state",
                state,
                "pid",
                5,
                "ready",
                Map.of("port", 7),
                "stderrTail",
                "");
    }

    private static WantedProcess process(int generation) {
        return new WantedProcess(
                "driver",
                generation,
                List.of("java", "Main"),
                Map.of("A", "b"),
                "driver",
                List.of(new WantedProcess.FileToWrite("driver.json", "{}", "600")),
                "driver/stdout",
                "driver/stderr",
                4000,
                Optional.empty());
    }

    private String row(String column) {
        return database.read(handle -> handle.createQuery("select " + column + " from node where id = 'i-1'")
                .mapTo(String.class)
                .one());
    }

    private Runnable aWaitingPoll() throws InterruptedException {
        return Optional.ofNullable(waiting.poll(20, TimeUnit.SECONDS)).orElseThrow();
    }

    private int known(String key) {
        return json(send("sync", key, body(1, 0))).path("wantedVersion").asInt();
    }

    @Test
    void the_key_is_given_again_until_it_was_used() {
        String key = key();
        assertThat(key()).isEqualTo(key);
        assertThat(json(send("report", key, body(1, 0)))).isEmpty();
        assertThat(status(register(bootstrap))).isEqualTo(401);
    }

    @Test
    void strangers_are_refused() {
        assertThat(status(register("wrong"))).isEqualTo(401);
        assertThat(status(send("register", bootstrap, Map.of("protocol", 1, "nodeId", "i-2"))))
                .isEqualTo(401);
        assertThat(status(send("sync", bootstrap, body(1, 0)))).isEqualTo(401);
        assertThat(status(send("report", "wrong", body(1, 0)))).isEqualTo(401);
        assertThat(row("state")).isEqualTo("ACQUIRING");
    }

    private HttpResponse<String> sendAs(String node, String call, String bearer, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.activeLocalPort() + "/agent/v1/" + call))
                        .header("Authorization", "Bearer " + bearer)
                        .header("X-Slipway-Node", node)
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_node_that_names_itself_in_the_head_may_say_much_and_nobody_else_may() throws Exception {
        String key = key();
        String much = Json.write(body(1, 0)).replace("\"answers\":[]", "\"answers\":[\"" + "x".repeat(1 << 20) + "\"]");
        assertThat(sendAs(NODE, "report", key, much).statusCode()).isEqualTo(200);
        assertThat(sendAs("i-2", "report", key, much).statusCode()).isEqualTo(401);
        assertThat(sendAs(NODE, "report", "wrong", much).body()).contains("\"error_code\":\"UNAUTHENTICATED\"");
        assertThat(send("report", key, Map.of("x", "x".repeat(1 << 20))).join().statusCode())
                .isEqualTo(413);
        assertThat(send("register", bootstrap, Map.of("x", "x".repeat(1 << 20)))
                        .join()
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_node_gets_keys_for_the_platforms_storage_if_there_is_one() throws Exception {
        String key = key();
        assertThat(sendAs(NODE, "storage", key, "{}").statusCode()).isEqualTo(404);
        storage = Optional.of(new NodeRoles.Keys("", "", "ASIA9", "secret", "token", "then", "later"));
        JsonNode keys = Json.read(sendAs(NODE, "storage", key, "{}").body(), JsonNode.class);
        assertThat(keys.path("accessKeyId").asText()).isEqualTo("ASIA9");
        assertThat(sendAs(NODE, "storage", "guessed", "{}").statusCode()).isEqualTo(401);
        assertThat(status(send("storage", key, Map.of()))).isEqualTo(401);
    }

    private static Optional<NodeRoles.Keys> keys(String profile, String session) {
        return profile.equals(PROFILE)
                ? Optional.of(new NodeRoles.Keys("role", profile, "ASIA1", "secret", session, "then", "later"))
                : Optional.empty();
    }

    private void giveProfile(String arn) {
        database.change(tx -> tx.sql()
                .execute("update cluster set spec = replace(spec, '\"name\"', '\"instanceProfile\":\"" + arn
                        + "\",\"name\"') where id = 'c'"));
    }

    @Test
    void a_node_gets_the_keys_of_its_clusters_profile_and_of_no_other() throws Exception {
        String key = key();
        assertThat(sendAs(NODE, "credentials", key, "{}").statusCode()).isEqualTo(404);
        giveProfile(PROFILE);
        JsonNode keys = Json.read(sendAs(NODE, "credentials", key, "{}").body(), JsonNode.class);
        assertThat(keys.path("accessKeyId").asText()).isEqualTo("ASIA1");
        assertThat(keys.path("sessionToken").asText()).isEqualTo(NODE);
        assertThat(sendAs(NODE, "credentials", "guessed", "{}").statusCode()).isEqualTo(401);
        assertThat(status(send("credentials", key, Map.of()))).isEqualTo(401);
    }

    @Test
    void a_node_whose_profile_has_no_role_gets_no_keys() throws Exception {
        giveProfile("arn:aws:iam::111122223333:instance-profile/other");
        assertThat(sendAs(NODE, "credentials", key(), "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void a_node_speaks_for_itself_only() throws Exception {
        String other = Json.write(body(1, 0)).replace("\"" + NODE + "\"", "\"i-2\"");
        assertThat(sendAs(NODE, "report", key(), other).statusCode()).isEqualTo(401);
    }

    @Test
    void a_state_that_does_not_exist_is_the_agents_fault() {
        HttpResponse<String> answer =
                send("report", key(), body(1, 0, driver("sleeping"))).join();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("INVALID_PARAMETER_VALUE").contains("sleeping");
    }

    @Test
    void another_protocol_is_refused() {
        assertThat(status(send("register", bootstrap, Map.of("protocol", 2, "nodeId", NODE))))
                .isEqualTo(400);
        assertThat(status(send("sync", key(), Map.of("protocol", 2, "nodeId", NODE))))
                .isEqualTo(400);
    }

    @Test
    void a_released_node_hears_that_it_is_gone() {
        String key = key();
        database.change(tx -> tx.sql().execute("delete from node"));
        assertThat(status(send("sync", key, body(1, 0)))).isEqualTo(410);
        assertThat(status(send("report", key, body(2, 0)))).isEqualTo(410);
    }

    @Test
    void an_agent_that_knows_nothing_hears_at_once_what_shall_run() {
        wanted = Optional.of(process(1));
        JsonNode answer = json(send("sync", key(), body(1, 0)));
        JsonNode first = answer.path("wanted").path(0);
        assertThat(answer.path("wantedVersion").asInt()).isPositive();
        assertThat(answer.path("requests").isArray()).isTrue();
        assertThat(answer.path("waitMillis").asInt()).isZero();
        assertThat(first.path("name").asText()).isEqualTo("driver");
        assertThat(first.path("generation").asInt()).isEqualTo(1);
        assertThat(first.path("argv")).hasSize(2);
        assertThat(first.path("env").path("A").asText()).isEqualTo("b");
        assertThat(first.path("files").path(0).path("mode").asText()).isEqualTo("600");
        assertThat(first.path("graceMillis").asInt()).isEqualTo(4000);
    }

    @Test
    void a_poll_waits_and_is_answered_at_once_when_something_changes() throws Exception {
        String key = key();
        int version = known(key);
        CompletableFuture<HttpResponse<String>> poll = send("sync", key, body(2, version));
        aWaitingPoll();
        replanned();
        // Nothing has changed: it waits on.
        aWaitingPoll();
        assertThat(poll).isNotDone();
        wanted = Optional.of(process(1));
        replanned();
        JsonNode answer = json(poll);
        assertThat(answer.path("wantedVersion").asInt()).isNotEqualTo(version);
        assertThat(answer.path("wanted")).hasSize(1);
    }

    @Test
    void each_generation_is_another_version() {
        String key = key();
        wanted = Optional.of(process(1));
        int first = known(key);
        wanted = Optional.of(process(2));
        assertThat(json(send("sync", key, body(2, first))).path("wanted")).hasSize(1);
    }

    @Test
    void a_waiting_poll_of_a_released_node_hears_that_it_is_gone() throws Exception {
        String key = key();
        CompletableFuture<HttpResponse<String>> poll = send("sync", key, body(2, known(key)));
        aWaitingPoll();
        database.change(tx -> tx.sql().execute("delete from node"));
        replanned();
        assertThat(status(poll)).isEqualTo(410);
    }

    @Test
    void what_an_agent_sees_is_written_down_and_older_news_is_not() {
        String key = key();
        assertThat(json(send("report", key, body(5, 0, driver("running"))))).isEmpty();
        assertThat(row("state")).isEqualTo("UP");
        assertThat(row("observed")).contains("RUNNING").contains("\\\"port\\\":7");
        assertThat(json(send("report", key, body(4, 0)))).isEmpty();
        assertThat(row("observed")).contains("RUNNING");
        assertThat(json(send("report", key, body(6, 0, driver("exited"))))).isEmpty();
        assertThat(row("observed")).contains("EXITED");
    }
}
