package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import io.slipway.wire.audit.ActionNames;
import io.slipway.wire.audit.Chatter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log of the whole platform, over HTTP: what stands in it, and what must not. */
@NullUnmarked
class AuditTest {
    /** Stands wherever a call takes a secret. */
    private static final String MARK = "marKed0Secret";

    private static Path home;
    private static RunningPlatform platform;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        home = folder;
        platform = new RunningPlatform(folder);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private HttpResponse<String> send(String method, String path, String token, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(platform.at(path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> admin(String method, String path, String body)
            throws IOException, InterruptedException {
        return send(method, path, platform.token(), "application/json", body);
    }

    private JsonNode entry(HttpResponse<?> answer) throws Exception {
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        JsonNode entries = Json.read(
                        admin("GET", "/ui-api/audit?text=" + id, "").body(), JsonNode.class)
                .path("entries");
        assertThat(entries).as("entries of " + id).hasSize(1);
        return entries.get(0);
    }

    private static String told(JsonNode entry) {
        return entry.path("service").asText() + "/" + entry.path("action").asText() + " "
                + entry.path("outcome").asText() + " " + entry.path("status").asText() + " "
                + entry.path("actor").asText("nobody");
    }

    @Test
    void every_route_is_written_down_or_is_known_as_chatter_of_machines() {
        ActionNames names = ActionNames.bundled();
        Set<String> routes = platform.composition().routes().lines().stream()
                .map(line -> line.method() + " " + line.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(routes).as("chatter that is no route").containsAll(Chatter.routes());
        Set<String> plain = routes.stream().map(ActionNames::plain).collect(Collectors.toSet());
        assertThat(names.routes().stream()
                        .filter(route -> !route.startsWith("FRAME ") && !route.endsWith("/ws"))
                        .filter(route -> !plain.contains(route)))
                .as("names of what is no route")
                .isEmpty();
        for (String route : routes) {
            ActionNames.Name name = names.of(route);
            assertThat(name.service()).as(route).matches("[a-z][A-Za-z0-9]*").isNotEqualTo("unknown");
            assertThat(name.action()).as(route).matches("[a-z][A-Za-z0-9]*");
        }
    }

    @Test
    void a_change_says_who_did_what_to_what_and_how_it_ended() throws Exception {
        HttpResponse<String> made = admin("POST", "/api/2.0/secrets/scopes/create", "{\"scope\":\"audited\"}");
        JsonNode entry = entry(made);
        assertThat(told(entry)).isEqualTo("secrets/createScope ok 200 admin@slipway.local");
        assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(entry.path("credentials").asText()).isEqualTo("token");
        assertThat(entry.path("parameters").path("scope").asText()).isEqualTo("audited");
        HttpResponse<String> again = admin("POST", "/api/2.0/secrets/scopes/create", "{\"scope\":\"audited\"}");
        JsonNode failed = entry(again);
        assertThat(told(failed)).isEqualTo("secrets/createScope failed 400 admin@slipway.local");
        assertThat(failed.path("error").asText()).contains("audited");
        HttpResponse<String> job = admin("POST", "/api/2.1/clusters/create", """
                {"cluster_name":"c","spark_version":"18.2.x-scala2.13","node_type_id":"m5d.large","num_workers":0}""");
        String id = Json.read(job.body(), JsonNode.class).path("cluster_id").asText();
        assertThat(entry(job).path("result").asText()).isEqualTo("cluster_id=" + id);
        assertThat(admin("GET", "/ui-api/audit?text=" + id, "").body()).contains("\"action\":\"create\"");
    }

    @Test
    void what_is_refused_is_there_too() throws Exception {
        String json = "application/json";
        assertThat(told(entry(send("POST", "/api/2.0/token/create", "dapi" + "0".repeat(32), json, "{}"))))
                .isEqualTo("accounts/generateDbToken refused 403 nobody");
        assertThat(told(entry(send("GET", "/api/2.0/clusters/list", "", json, ""))))
                .isEqualTo("clusters/list refused 401 nobody");
        assertThat(told(entry(admin("GET", "/api/2.0/no-such-thing", ""))))
                .isEqualTo("unknown/noRoute refused 404 nobody");
        assertThat(told(entry(admin("DELETE", "/api/2.0/clusters/list", ""))))
                .isEqualTo("unknown/noRoute refused 404 nobody");
        assertThat(told(entry(send("POST", "/agent/v1/report", "", json, "{}"))))
                .startsWith("agent/");
        JsonNode wrong = entry(send(
                "POST",
                "/ui-api/session",
                "",
                json,
                "{\"user_name\":\"admin@slipway.local\",\"password\":\"" + MARK + "\"}"));
        assertThat(told(wrong)).startsWith("accounts/login refused");
        assertThat(wrong.path("parameters").path("user_name").asText()).isEqualTo("admin@slipway.local");
        HttpResponse<String> large = send("POST", "/ui-api/session", "", json, "x".repeat(70 << 10));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(told(entry(large))).isEqualTo("accounts/login refused 413 nobody");
    }

    @Test
    void who_signs_in_is_known_by_name_and_their_session_by_a_number() throws Exception {
        HttpResponse<String> begun =
                send("POST", "/ui-api/session", "", "application/json", "{\"token\":\"" + platform.token() + "\"}");
        assertThat(told(entry(begun))).isEqualTo("accounts/login ok 200 admin@slipway.local");
        String cookie = begun.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        HttpResponse<String> asked = http.send(
                HttpRequest.newBuilder(platform.at("/api/2.0/clusters/list"))
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode entry = entry(asked);
        assertThat(entry.path("credentials").asText()).isEqualTo("session");
        assertThat(entry.path("session").asText()).hasSize(16);
        assertThat(cookie).doesNotContain(entry.path("session").asText());
    }

    private List<JsonNode> logins(String user) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        Json.read(admin("GET", "/ui-api/audit?action=tokenLogin", "").body(), JsonNode.class)
                .path("entries")
                .forEach(entry -> {
                    if (entry.path("action").asText().equals("tokenLogin")
                            && entry.path("actor").asText().equals(user)) {
                        found.add(entry);
                    }
                });
        return found;
    }

    @Test
    void a_token_that_comes_in_is_told_once_an_hour_for_each_address() throws Exception {
        JsonNode program = Json.read(
                admin("POST", "/api/2.0/preview/scim/v2/ServicePrincipals", "{\"displayName\":\"ci\"}")
                        .body(),
                JsonNode.class);
        String name = program.path("applicationId").asText();
        JsonNode made = Json.read(
                admin("POST", "/api/2.0/token-management/on-behalf-of/tokens", "{\"application_id\":\"" + name + "\"}")
                        .body(),
                JsonNode.class);
        String token = made.path("token_value").asText();
        for (int i = 0; i < 3; i++) {
            send("GET", "/api/2.0/clusters/list", token, "application/json", "");
        }
        List<JsonNode> logins = logins(name);
        assertThat(logins).hasSize(1);
        assertThat(told(logins.get(0))).isEqualTo("accounts/tokenLogin ok 200 " + name);
        assertThat(logins.get(0).path("parameters").path("tokenId").asText())
                .isEqualTo(made.path("token_info").path("token_id").asText());
        assertThat(logins.get(0).path("parameters").path("user").asText()).isEqualTo(name);
    }

    @Test
    void an_attempt_by_a_name_that_nobody_has_is_told_as_one_by_a_name_that_somebody_has() throws Exception {
        List<String> answers = new ArrayList<>();
        List<String> entries = new ArrayList<>();
        for (String name : List.of("admin@slipway.local", "nobody-of-that-name@example.com")) {
            HttpResponse<String> answer = send(
                    "POST",
                    "/ui-api/session",
                    "",
                    "application/json",
                    "{\"user_name\":\"" + name + "\",\"password\":\"" + MARK + "\"}");
            JsonNode entry = entry(answer);
            assertThat(entry.path("parameters").path("user_name").asText()).isEqualTo(name);
            assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
            answers.add(answer.statusCode() + " " + answer.body());
            entries.add(told(entry) + " " + entry.path("error").asText());
        }
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        assertThat(entries.get(1)).isEqualTo(entries.get(0)).startsWith("accounts/login refused 401 nobody");
    }

    @Test
    void no_secret_of_any_call_is_anywhere_but_where_it_belongs() throws Exception {
        admin("POST", "/api/2.0/secrets/scopes/create", "{\"scope\":\"marked\"}");
        String json = "application/json";
        String form = "application/x-www-form-urlencoded";
        record Sent(String method, String path, String type, String body) {}
        // What the platform takes and keeps sealed, keeps no more than a digest of, or refuses.
        List<Sent> all = new ArrayList<>(List.of(
                new Sent(
                        "POST",
                        "/api/2.0/secrets/put",
                        json,
                        "{\"scope\":\"marked\",\"key\":\"k\",\"string_value\":\"@\"}"),
                new Sent(
                        "POST",
                        "/api/2.0/secrets/put",
                        json,
                        "{\"scope\":\"marked\",\"key\":\"k\",\"bytes_value\":\"@\"}"),
                new Sent(
                        "POST",
                        "/api/2.0/secrets/put",
                        json,
                        "{\"scope\":\"none\",\"key\":\"k\",\"string_value\":\"@\"}"),
                new Sent("POST", "/ui-api/session", json, "{\"user_name\":\"x\",\"password\":\"@\"}"),
                new Sent("POST", "/ui-api/session", json, "{\"token\":\"@\"}"),
                new Sent("POST", "/ui-api/session", json, "{\"code\":\"@\"}"),
                new Sent("POST", "/ui-api/session?password=@", json, "{}"),
                new Sent("GET", "/ui-api/invitation?code=@", json, ""),
                new Sent("POST", "/ui-api/password", json, "{\"code\":\"@\",\"password\":\"@\"}"),
                new Sent("PUT", "/ui-api/password", json, "{\"before\":\"@\",\"after\":\"@\"}"),
                new Sent("POST", "/oidc/v1/token", form, "grant_type=client_credentials&client_id=x&client_secret=@"),
                new Sent(
                        "POST",
                        "/oidc/v1/token",
                        form,
                        "grant_type=authorization_code&client_id=databricks-cli&code=@&code_verifier=@"),
                new Sent(
                        "POST",
                        "/oidc/v1/token",
                        form,
                        "grant_type=refresh_token&client_id=databricks-cli&refresh_token=@"),
                new Sent("GET", "/oidc/v1/authorize?client_id=x&state=@&code_challenge=@", json, ""),
                new Sent("POST", "/api/2.0/token/delete", json, "{\"token_id\":\"x\",\"token_value\":\"@\"}"),
                new Sent(
                        "POST",
                        "/api/2.0/preview/scim/v2/Users",
                        json,
                        "{\"userName\":\"p@x.org\",\"password\":\"@\"}"),
                new Sent(
                        "PATCH",
                        "/api/2.0/preview/scim/v2/Users/1",
                        json,
                        "{\"Operations\":[{\"op\":\"replace\",\"path\":\"password\",\"value\":\"@\"}]}"),
                new Sent("POST", "/ui-api/notebooks/1/answers", json, "{\"command\":\"x\",\"text\":\"@\"}"),
                new Sent("GET", "/driver-proxy/x/@/jobs", json, ""),
                new Sent(
                        "POST",
                        "/api/1.2/commands/execute",
                        json,
                        "{\"clusterId\":\"none\",\"contextId\":\"none\",\"language\":\"python\",\"command\":\"@\"}"),
                new Sent("POST", "/api/2.0/dbfs/add-block", json, "{\"handle\":1,\"data\":\"@\"}"),
                new Sent("POST", "/api/2.0/dbfs/put", json, "{\"path\":\"\",\"contents\":\"@\"}"),
                new Sent("POST", "/api/2.0/workspace/import", json, "{\"path\":\"\",\"content\":\"@\"}"),
                new Sent(
                        "POST",
                        "/api/2.1/clusters/create",
                        json,
                        "{\"spark_env_vars\":{\"ANY\":\"@\"},\"spark_conf\":{\"fs.azure.account.key.x\":\"@\",\"a.b.password\":\"@\"},\"docker_image\":{\"basic_auth\":{\"password\":\"@\"}},\"num_workers\":\"wrong\"}"),
                new Sent(
                        "POST",
                        "/api/2.1/jobs/create",
                        json,
                        "{\"tasks\":[{\"task_key\":\"t\",\"spark_python_task\":{\"python_file\":\"dbfs:/x\",\"parameters\":[\"--password\",\"@\",\"--api-token=@\"]}}],\"max_concurrent_runs\":-1}"),
                new Sent("POST", "/agent/v1/register", json, "{\"token\":\"@\"}"),
                new Sent("POST", "/agent/v1/register", json, "{\"bootstrapToken\":\"@\"}"),
                new Sent("POST", "/api/2.0/git-credentials", json, "{\"personal_access_token\":\"@\"}"),
                new Sent("GET", "/api/2.0/clusters/list?access_token=@", json, "")));
        for (Sent sent : all) {
            HttpResponse<String> answer = send(
                    sent.method(),
                    sent.path().replace("@", MARK),
                    platform.token(),
                    sent.type(),
                    sent.body().replace("p@x.org", "p-at-x").replace("@", MARK));
            assertThat(answer.headers().firstValue("x-request-id"))
                    .as(sent.path())
                    .isPresent();
        }
        // A token that nobody has.
        send("GET", "/api/2.0/clusters/list", MARK, json, "");
        assertThat(admin("GET", "/ui-api/audit/download", "").body())
                .contains("putSecret", "[REDACTED]")
                .doesNotContain(MARK);
        assertThat(holding()).isEmpty();
    }

    /** Files of the home with the mark in them, those of the database among them. */
    private static List<Path> holding() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).filter(AuditTest::marked).toList();
        }
    }

    private static boolean marked(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARK);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void the_text_of_commands_is_there_only_where_admins_want_it() throws Exception {
        String command =
                "{\"clusterId\":\"none\",\"contextId\":\"none\",\"language\":\"python\",\"command\":\"print(6 * 7)\"}";
        assertThat(entry(admin("POST", "/api/1.2/commands/execute", command))
                        .path("parameters")
                        .path("command")
                        .asText())
                .isEqualTo("[REDACTED]");
        admin("PATCH", "/api/2.0/workspace-conf", "{\"enableVerboseAuditLogs\":\"true\"}");
        assertThat(entry(admin("POST", "/api/1.2/commands/execute", command))
                        .path("parameters")
                        .path("command")
                        .asText())
                .isEqualTo("print(6 * 7)");
        admin("PATCH", "/api/2.0/workspace-conf", "{\"enableVerboseAuditLogs\":\"false\"}");
    }

    @Test
    void what_is_said_through_the_socket_of_a_notebook_is_there() throws Exception {
        admin(
                "POST",
                "/api/2.0/workspace/import",
                "{\"path\":\"/Shared/heard\",\"language\":\"PYTHON\",\"content\":\"eA==\",\"overwrite\":true}");
        String id = Json.read(
                        admin("GET", "/api/2.0/workspace/get-status?path=/Shared/heard", "")
                                .body(),
                        JsonNode.class)
                .path("object_id")
                .asText();
        WebSocket socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + platform.token())
                .buildAsync(
                        URI.create(platform.url().replace("http", "ws") + "/ui-api/notebooks/" + id + "/ws"),
                        new WebSocket.Listener() {})
                .get(30, TimeUnit.SECONDS);
        for (String frame : List.of(
                "{\"type\":\"ping\"}",
                "{\"type\":\"op\",\"op\":\"insert\",\"cell\":\"new-1\",\"text\":\"heardOfCells\"}",
                "{\"type\":\"run\",\"cells\":[\"new-1\"]}",
                "{\"type\":\"widget\",\"name\":\"none\",\"value\":\"heardOfWidgets\"}")) {
            socket.sendText(frame, true).get(30, TimeUnit.SECONDS);
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(actions("/ui-api/audit?service=notebook&text=" + id))
                        .containsExactlyInAnyOrder(
                                "openNotebook ok",
                                "modifyNotebook ok",
                                "runCommand failed",
                                "setWidget failed",
                                "closeNotebook ok"));
        assertThat(admin("GET", "/ui-api/audit/download?service=notebook", "").body())
                .contains("new-1", "runCommand")
                .doesNotContain("heardOf");
    }

    private List<String> actions(String path) throws Exception {
        List<String> actions = new ArrayList<>();
        Json.read(admin("GET", path, "").body(), JsonNode.class)
                .path("entries")
                .forEach(entry -> actions.add(entry.path("action").asText() + " "
                        + entry.path("outcome").asText()));
        return actions;
    }

    @Test
    void nothing_is_changed_while_it_cannot_be_written_down() throws Exception {
        Path folder = home.resolve("data").resolve("audit");
        try (RunningPlatform full = new RunningPlatform(Files.createDirectories(home.resolve("full")))) {
            Path audit = home.resolve("full").resolve("data").resolve("audit");
            Files.move(audit, audit.resolveSibling("away"));
            Files.writeString(audit, "no folder");
            HttpRequest.Builder create = HttpRequest.newBuilder(full.at("/api/2.0/secrets/scopes/create"))
                    .header("Authorization", "Bearer " + full.token())
                    .POST(HttpRequest.BodyPublishers.ofString("{\"scope\":\"s\"}"));
            HttpResponse<String> refused = http.send(create.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("TEMPORARILY_UNAVAILABLE", "The audit log cannot be written");
            Files.delete(audit);
            Files.move(audit.resolveSibling("away"), audit);
            HttpResponse<String> made = http.send(create.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(made.statusCode()).as("it was not made before").isEqualTo(200);
        }
        assertThat(folder).isDirectory();
    }

    @Test
    void delivery_to_buckets_is_refused_by_its_name() throws Exception {
        String account = Json.read(
                        admin("GET", "/.well-known/databricks-config", "").body(), JsonNode.class)
                .path("account_id")
                .asText();
        HttpResponse<String> refused = admin("POST", "/api/2.0/accounts/" + account + "/log-delivery", "{}");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("FEATURE_DISABLED", "Log delivery to buckets is not offered");
        assertThat(entry(refused.headers().firstValue("x-request-id").orElseThrow(), "/ui-api/account/audit"))
                .contains("logDelivery");
    }

    private String entry(String id, String path) throws Exception {
        return admin("GET", path + "?text=" + id, "").body();
    }
}
