package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workspaces of one server: what is in one is not there for the other, and goes with it. */
@NullUnmarked
class TenantsTest {
    private static Path home;
    private static RunningPlatform platform;
    private static String account;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        home = folder;
        platform = new RunningPlatform(folder);
        HttpResponse<String> told = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(platform.at("/.well-known/databricks-config"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        account = "/api/2.0/accounts/"
                + Json.read(told.body(), JsonNode.class).path("account_id").asText();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private HttpResponse<String> ask(String token, String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(platform.at(path))
                        .header("Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode got(String token, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = ask(token, method, path, body);
        assertThat(answer.statusCode())
                .as(method + " " + path + " " + answer.body())
                .isLessThan(300);
        return Json.read(answer.body(), JsonNode.class);
    }

    /** A workspace, and a token of the admin in it, as their browser gets it. */
    private record Tenant(long id, String token) {}

    private Tenant tenant(String name) throws Exception {
        long id = got(platform.token(), "POST", account + "/workspaces", "{\"workspace_name\":\"" + name + "\"}")
                .path("workspace_id")
                .asLong();
        HttpResponse<String> session = http.send(
                HttpRequest.newBuilder(platform.at("/ui-api/session"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + platform.token() + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String cookie = session.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        String csrf =
                Json.read(session.body(), JsonNode.class).path("csrf_token").asText();
        HttpResponse<String> made = http.send(
                HttpRequest.newBuilder(platform.at("/api/2.0/token/create?o=" + id))
                        .header("Cookie", cookie)
                        .header("X-CSRF-Token", csrf)
                        .header("Origin", platform.url())
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(made.headers().firstValue("x-databricks-org-id")).hasValue(String.valueOf(id));
        return new Tenant(
                id, Json.read(made.body(), JsonNode.class).path("token_value").asText());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_in_one_workspace_is_not_there_in_another() throws Exception {
        Tenant team = tenant("team");
        String first = platform.token();
        // The same names and paths in both.
        for (String token : List.of(first, team.token())) {
            got(token, "POST", "/api/2.0/workspace/mkdirs", "{\"path\":\"/Shared/same\"}");
            got(token, "POST", "/api/2.0/dbfs/put", "{\"path\":\"/same\",\"contents\":\"" + base64(token) + "\"}");
            got(token, "POST", "/api/2.0/secrets/scopes/create", "{\"scope\":\"same\"}");
        }
        String job = got(team.token(), "POST", "/api/2.2/jobs/create", "{\"name\":\"marked-job\"}")
                .path("job_id")
                .asText();
        String cluster = got(team.token(), "POST", "/api/2.1/clusters/create", """
                {"cluster_name":"marked-cluster","spark_version":"18.2.x-scala2.13","node_type_id":"m5d.large","num_workers":0}""")
                .path("cluster_id")
                .asText();
        String folder = got(team.token(), "GET", "/api/2.0/workspace/get-status?path=/Shared/same", "")
                .path("object_id")
                .asText();
        got(team.token(), "POST", "/api/2.0/workspace/mkdirs", "{\"path\":\"/Shared/marked-folder\"}");
        got(team.token(), "PATCH", "/api/2.0/workspace-conf", "{\"enableExportNotebook\":\"false\"}");

        for (String path : List.of(
                "/api/2.2/jobs/get?job_id=" + job,
                "/api/2.1/clusters/get?cluster_id=" + cluster,
                "/api/2.0/permissions/directories/" + folder,
                "/api/2.0/workspace/get-status?path=/Shared/marked-folder",
                "/api/2.0/permissions/clusters/" + cluster)) {
            assertThat(ask(first, "GET", path, "").statusCode()).as(path).isIn(400, 404);
            assertThat(ask(team.token(), "GET", path, "").statusCode()).as(path).isEqualTo(200);
        }
        for (String path : List.of(
                "/api/2.2/jobs/list",
                "/api/2.1/clusters/list",
                "/api/2.0/workspace/list?path=/Shared",
                "/ui-api/search?q=marked",
                "/api/2.0/token-management/tokens",
                "/api/2.0/preview/scim/v2/Groups",
                "/ui-api/workspaces")) {
            assertThat(ask(first, "GET", path, "").body()).as(path).doesNotContain("marked");
        }
        assertThat(got(first, "GET", "/api/2.0/dbfs/read?path=/same", "")
                        .path("data")
                        .asText())
                .isEqualTo(base64(first));
        assertThat(got(team.token(), "GET", "/api/2.0/dbfs/read?path=/same", "")
                        .path("data")
                        .asText())
                .isEqualTo(base64(team.token()));
        assertThat(got(first, "GET", "/api/2.0/workspace-conf?keys=enableExportNotebook", "")
                        .toString())
                .doesNotContain("false");
        // The metastore is the account's, but for what lies on a DBFS.
        assertThat(ask(team.token(), "GET", "/api/2.1/unity-catalog/catalogs", "")
                        .body())
                .contains("main")
                .doesNotContain("hive_metastore");
        assertThat(ask(team.token(), "GET", "/api/2.1/unity-catalog/schemas/hive_metastore.default", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(ask(team.token(), "POST", "/api/2.1/unity-catalog/tables", """
                {"catalog_name":"main","schema_name":"default","name":"t","table_type":"EXTERNAL",
                "data_source_format":"DELTA","storage_location":"dbfs:/t","columns":[]}""")
                        .body())
                .contains("DBFS");
        assertThat(got(team.token(), "GET", "/api/2.1/unity-catalog/current-metastore-assignment", "")
                        .path("workspace_id")
                        .asLong())
                .isEqualTo(team.id());
    }

    @Test
    void with_a_workspace_go_its_tokens_its_jobs_and_its_clusters() throws Exception {
        Tenant team = tenant("short lived");
        String cluster = got(team.token(), "POST", "/api/2.1/clusters/create", """
                {"cluster_name":"c","spark_version":"18.2.x-scala2.13","node_type_id":"m5d.large","num_workers":0}""")
                .path("cluster_id")
                .asText();
        got(team.token(), "POST", "/api/2.2/jobs/create", """
                {"name":"j","schedule":{"quartz_cron_expression":"* * * * * ?","timezone_id":"UTC"}}""");
        assertThat(Files.isDirectory(home.resolve("data/dbfs-" + team.id()))).isTrue();
        got(platform.token(), "DELETE", account + "/workspaces/" + team.id(), "");
        assertThat(ask(team.token(), "GET", "/api/2.1/clusters/get?cluster_id=" + cluster, "")
                        .statusCode())
                .isEqualTo(403);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("slipway.db"));
                Statement sql = other.createStatement()) {
            sql.execute("pragma busy_timeout = 30000");
            assertThat(count(sql, "select count(*) from job where workspace_id = " + team.id()))
                    .isZero();
            assertThat(count(
                            sql,
                            "select count(*) from cluster where workspace_id = " + team.id()
                                    + " and state not in ('TERMINATING', 'TERMINATED')"))
                    .isZero();
            assertThat(count(sql, "select count(*) from token where workspace_id = " + team.id()))
                    .isZero();
        }
    }

    private static int count(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void who_is_entitled_to_nothing_in_a_workspace_is_refused_by_every_api() throws Exception {
        Tenant tenant = tenant("closed");
        String scim = "/api/2.0/preview/scim/v2/";
        String program = got(tenant.token(), "POST", scim + "ServicePrincipals", "{\"displayName\":\"ci\"}")
                .path("applicationId")
                .asText();
        String token = got(
                        tenant.token(),
                        "POST",
                        "/api/2.0/token-management/on-behalf-of/tokens",
                        "{\"application_id\":\"" + program + "\"}")
                .path("token_value")
                .asText();
        JsonNode users = got(tenant.token(), "GET", scim + "Groups?filter=displayName+eq+users", "")
                .path("Resources")
                .path(0);
        got(token, "GET", "/api/2.0/clusters/list", "");
        HttpResponse<String> taken =
                ask(tenant.token(), "PATCH", scim + "Groups/" + users.path("id").asText(), """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"entitlements",
                "value":[{"value":"allow-cluster-create"}]}]}""");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(204);
        for (HttpResponse<String> refused : List.of(
                ask(token, "GET", "/api/2.0/clusters/list", ""),
                ask(token, "GET", scim + "Me", ""),
                ask(token, "GET", "/ui-api/aws/identities", ""),
                ask(token, "POST", "/ui-api/session", "{\"token\":\"" + token + "\"}"))) {
            assertThat(refused.statusCode())
                    .as(refused.uri() + " " + refused.body())
                    .isEqualTo(403);
            assertThat(refused.body()).contains("the entitlement workspace-access is missing");
        }
        got(tenant.token(), "GET", "/api/2.0/clusters/list", "");
    }
}
