package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.server.command.ApiClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web application's own calls against the whole platform, without a cluster. */
@NullUnmarked
class WebUiTest {
    private static RunningPlatform platform;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        platform = new RunningPlatform(home);
        api = platform.api();
        api.post("/api/2.0/workspace/mkdirs", Map.of("path", "/Shared/Search"));
        api.post(
                "/api/2.0/workspace/import",
                Map.of(
                        "path",
                        "/Shared/Search/100% needle_1",
                        "format",
                        "SOURCE",
                        "language",
                        "PYTHON",
                        "content",
                        Base64.getEncoder().encodeToString("print(1)".getBytes(StandardCharsets.UTF_8))));
        api.post("/api/2.1/jobs/create", Map.of("name", "Needle job", "tasks", List.of()));
        api.post("/api/2.1/unity-catalog/schemas", Map.of("name", "hay", "catalog_name", "main"));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static List<String> found(String text) {
        return api.get("/ui-api/search", Map.of("q", text)).path("hits").findValuesAsText("name");
    }

    @Test
    void search_finds_by_a_part_of_the_name_in_any_case_and_takes_no_wildcards() {
        assertThat(found("nEEdle")).containsExactly("Needle job", "100% needle_1");
        assertThat(found("100%")).containsExactly("100% needle_1");
        assertThat(found("needle%1")).isEmpty();
        assertThat(found(" ")).isEmpty();
    }

    @Test
    void home_shows_what_was_changed_last() {
        assertThat(api.get("/ui-api/home").path("recents").findValuesAsText("path"))
                .contains("/Shared/Search/100% needle_1");
    }

    @Test
    void an_object_is_found_by_the_number_that_old_addresses_name() {
        String id = api.get("/api/2.0/workspace/get-status", Map.of("path", "/Shared/Search/100% needle_1"))
                .path("object_id")
                .asText();
        assertThat(api.get("/ui-api/objects/" + id).path("path").asText()).isEqualTo("/Shared/Search/100% needle_1");
    }

    @Test
    void the_page_of_a_run_that_the_jobs_api_prints_is_answered() throws Exception {
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(api.url() + "/jobs/1/runs/2"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Slipway</title>");
    }

    @Test
    void logs_and_nodes_of_a_cluster_that_is_not_there_are_refused_like_the_cluster_itself() throws Exception {
        for (String what : List.of("nodes", "logs", "spark-ui")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(api.url() + "/ui-api/clusters/none/" + what))
                                    .header("Authorization", "Bearer " + api.token())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(what).isEqualTo(400);
            assertThat(answer.body()).contains("none");
        }
    }
}
