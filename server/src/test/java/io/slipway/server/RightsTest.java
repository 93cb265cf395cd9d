package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may call what: each route of the platform has a row in {@code rights.txt}, and each row is tried by nobody, by an admin of another
 * workspace, by a user with nothing, with less than is needed and with just that, and by an admin.
 */
@NullUnmarked
class RightsTest {
    private static final String USER = "user@example.com";

    /** Instead of a status: any that is no error. */
    private static final int ANSWERED = 0;

    private static final Map<String, List<String>> LEVELS = Map.of(
            "clusters", List.of("CAN_ATTACH_TO", "CAN_RESTART", "CAN_MANAGE"),
            "jobs", List.of("CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE"),
            "notebooks", List.of("CAN_READ", "CAN_RUN", "CAN_EDIT", "CAN_MANAGE"),
            "directories", List.of("CAN_READ", "CAN_RUN", "CAN_EDIT", "CAN_MANAGE"));

    private static RunningPlatform platform;
    private static String cluster;
    private static String user;
    private static String stranger;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> faults = new ArrayList<>();
    private int made;

    /**
     * A row of the table.
     *
     * @param rule {@code open}, {@code anyone}, {@code agent}, {@code admin}, {@code account}, or a type of things and the level that is needed
     * @param query with {@code ?}, or empty
     */
    private record Row(String method, String path, String rule, String query, String body) {
        String name() {
            return method + " " + path;
        }

        static Row of(String line) {
            String[] parts = line.split("\\s*\\|\\s*", -1);
            String[] route = parts[0].strip().split(" ", -1);
            return new Row(
                    route[0], route[1], parts[1], parts.length > 2 ? parts[2] : "", parts.length > 3 ? parts[3] : "");
        }
    }

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        platform = new RunningPlatform(home);
        JsonNode made = admin("POST", "/api/2.1/clusters/create", """
                {"cluster_name":"c","spark_version":"18.2.x-scala2.13","node_type_id":"m5d.large","num_workers":0}""");
        cluster = made.path("cluster_id").asText();
        user = token(USER);
        stranger = token("stranger@example.com");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("slipway.db"));
                Statement sql = other.createStatement()) {
            sql.execute("pragma busy_timeout = 30000");
            elsewhere(sql);
        }
    }

    /** Its admin has a token there. */
    private static void elsewhere(Statement sql) throws SQLException {
        String id = "(select id from principal where name = 'stranger@example.com')";
        sql.execute("insert into workspace (id, name, created_at) values (2002, 'other', 0)");
        sql.execute("delete from assigned where principal_id = " + id);
        sql.execute("insert into assigned (workspace_id, principal_id) select 2002, " + id);
        sql.execute("insert into member (workspace_id, group_id, principal_id) select 2002, 1, " + id);
        sql.execute("update token set workspace_id = 2002 where user_id = " + id);
    }

    private static String token(String name) throws Exception {
        admin("POST", "/api/2.0/preview/scim/v2/Users", "{\"userName\":\"" + name + "\"}");
        String code = admin(
                        "POST",
                        "/ui-api/invitations",
                        "{\"user_id\":"
                                + admin(
                                                "GET",
                                                "/api/2.0/preview/scim/v2/Users?filter=userName%20eq%20%22" + name
                                                        + "%22",
                                                "")
                                        .path("Resources")
                                        .path(0)
                                        .path("id")
                                        .asText()
                                + "}")
                .path("code")
                .asText();
        HttpResponse<String> session = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(platform.at("/ui-api/password"))
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"code\":\"" + code + "\",\"password\":\"correct horse battery\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        String cookie = session.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        String csrf =
                Json.read(session.body(), JsonNode.class).path("csrf_token").asText();
        HttpResponse<String> made = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(platform.at("/api/2.0/token/create"))
                                .header("Cookie", cookie)
                                .header("X-CSRF-Token", csrf)
                                .header("Origin", platform.url())
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return Json.read(made.body(), JsonNode.class).path("token_value").asText();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static JsonNode admin(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(platform.at(path))
                                .header("Authorization", "Bearer " + platform.token())
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as(method + " " + path + " " + answer.body())
                .isLessThan(300);
        return Json.read(answer.body(), JsonNode.class);
    }

    private static List<Row> rows() throws IOException {
        try (InputStream in = RightsTest.class.getResourceAsStream("/rights.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    /** Versions of one API have the same rights. */
    private static String plain(String path) {
        return path.replaceFirst("^/api/2\\.[0-9]/", "/api/2.x/").replaceFirst("/preview/", "/");
    }

    private static Set<String> routes() {
        return platform.composition().routes().lines().stream()
                .map(line -> line.method() + " " + plain(line.path()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_route_says_who_may_call_it() throws Exception {
        Set<String> said = rows().stream().map(Row::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(said).containsExactlyInAnyOrderElementsOf(routes());
    }

    @Test
    void everybody_does_what_the_table_says_and_no_more() throws Exception {
        for (Row row : rows()) {
            switch (row.rule()) {
                case "open" -> expect(row, "nobody", "", ANSWERED, 400, 401, 403, 404);
                case "account" -> {
                    expect(row, "nobody", "", 401);
                    expect(row, "a user", user, 401, 403, 404);
                }
                case "agent" -> expect(row, "a user", user, 401);
                case "anyone" -> {
                    expect(row, "nobody", "", 401);
                    allowed(row, "a user", user, things(""));
                }
                case "admin" -> {
                    expect(row, "nobody", "", 401);
                    expect(row, "a user", user, 403);
                    allowed(row, "an admin", platform.token(), things(""));
                }
                default -> thing(row);
            }
        }
        assertThat(faults).isEmpty();
    }

    private void thing(Row row) throws Exception {
        String[] rule = row.rule().split(" ", -1);
        expect(row, "nobody", "", 401);
        Map<String, String> there = things(rule[0]);
        int foreign = status(row, stranger, there);
        if (foreign != 404 && foreign != 400) {
            faults.add(row.name() + ": an admin of another workspace gets " + foreign);
        }
        refused(row, "a user with nothing", there);
        List<String> levels = LEVELS.get(rule[0]);
        int needed = levels.indexOf(rule[1]);
        if (needed > 0) {
            give(rule[0], there, levels.get(needed - 1));
            refused(row, "a user with " + levels.get(needed - 1), there);
        }
        give(rule[0], there, rule[1]);
        allowed(row, "a user with " + rule[1], user, there);
        allowed(row, "an admin", platform.token(), things(rule[0]));
    }

    private void refused(Row row, String who, Map<String, String> there) throws Exception {
        int status = status(row, user, there);
        if (status != 403) {
            faults.add(row.name() + ": " + who + " gets " + status);
        }
    }

    private void expect(Row row, String who, String token, int... among) throws Exception {
        int status = status(row, token, things(""));
        for (int each : among) {
            if (status == each || (each == ANSWERED && status < 400)) {
                return;
            }
        }
        faults.add(row.name() + ": " + who + " gets " + status);
    }

    private void allowed(Row row, String who, String token, Map<String, String> there) throws Exception {
        int status = status(row, token, there);
        if (status == 401 || status == 403 || status >= 500) {
            faults.add(row.name() + ": " + who + " gets " + status);
        }
    }

    /** Names and ids of things for one row: of this type new ones, on which nobody but the admin was given anything. */
    private Map<String, String> things(String type) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "cluster", cluster,
                "job", "1",
                "run", "1",
                "folder", "/nowhere",
                "path", "/nowhere/n",
                "id", "1"));
        int number = ++made;
        switch (type) {
            case "clusters" -> {
                admin("PUT", "/api/2.0/permissions/clusters/" + cluster, "{\"access_control_list\":[]}");
                all.put("id", cluster);
            }
            case "jobs" -> {
                String job = admin("POST", "/api/2.1/jobs/create", """
                                {"name":"j","tasks":[{"task_key":"t","existing_cluster_id":"%s","spark_python_task":{"python_file":"dbfs:/x"}}]}""".formatted(cluster))
                        .path("job_id")
                        .asText();
                String run = admin("POST", "/api/2.1/jobs/run-now", "{\"job_id\":" + job + "}")
                        .path("run_id")
                        .asText();
                all.putAll(Map.of("job", job, "run", run, "id", job));
            }
            case "notebooks", "directories" -> {
                String folder = "/rights/" + number;
                admin("POST", "/api/2.0/workspace/mkdirs", "{\"path\":\"" + folder + "\"}");
                admin(
                        "POST",
                        "/api/2.0/workspace/import",
                        "{\"path\":\"" + folder + "/n\",\"language\":\"PYTHON\",\"content\":\"eA==\"}");
                String of = type.equals("directories") ? folder : folder + "/n";
                String id = admin("GET", "/api/2.0/workspace/get-status?path=" + of, "")
                        .path("object_id")
                        .asText();
                all.putAll(Map.of("folder", folder, "path", folder + "/n", "id", id));
            }
            default -> {}
        }
        return all;
    }

    private static void give(String type, Map<String, String> there, String level) throws Exception {
        admin(
                "PATCH",
                "/api/2.0/permissions/" + type + "/" + there.get("id"),
                "{\"access_control_list\":[{\"user_name\":\"" + USER + "\",\"permission_level\":\"" + level + "\"}]}");
    }

    private int status(Row row, String token, Map<String, String> there) throws Exception {
        String address = row.path()
                .replaceFirst(
                        "/api/2\\.x/",
                        row.path().contains("unity-catalog") || row.path().contains("/jobs/")
                                ? "/api/2.1/"
                                : "/api/2.0/");
        address = address.replace("{type}", address.contains("/settings/") ? "default_namespace_ws" : "clusters")
                .replace("{format}", "csv");
        if (address.contains("/access-control/")) {
            address = address.replace("/api/2.0/", "/api/2.0/preview/");
        }
        address =
                filled(address.replace("/:*path", "{path}").replace(":*rest", "x"), there) + filled(row.query(), there);
        HttpRequest.Builder request = HttpRequest.newBuilder(platform.at(address.replaceAll("\\{[a-z]+}", "1")))
                .timeout(Duration.ofMinutes(1))
                .method(row.method(), HttpRequest.BodyPublishers.ofString(filled(row.body(), there)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private static String filled(String text, Map<String, String> there) {
        String filled = text;
        for (Map.Entry<String, String> each : there.entrySet()) {
            filled = filled.replace("{" + each.getKey() + "}", each.getValue());
        }
        return filled;
    }
}
