package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the built application or the plain page of a machine without Node: both are served by the same rules. */
@NullUnmarked
class AppFilesTest {
    private static UiServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = new UiServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        return server.send("GET", path, "", headers);
    }

    @Test
    void every_address_of_a_page_answers_the_same_page_which_is_always_asked_for_anew() throws Exception {
        String page = get("/").body();
        assertThat(page).contains("<title>Slipway</title>");
        for (String path : List.of(
                "/jobs/1/runs/2",
                "/compute/clusters/1121-060731-bfjom1ut",
                "/explore/data/main/flights",
                "/workspace/Users/admin@example.com/a.py",
                "/storage/photos.of.ann/table.parquet",
                "/access/users/ann.lee",
                "/sign-in")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.body()).as(path).isEqualTo(page);
            assertThat(answer.headers().firstValue("cache-control")).hasValue("no-cache");
        }
    }

    @Test
    void the_page_does_not_wait_for_small_files_that_it_has() throws Exception {
        assumeThat(AppFilesTest.class.getResource("/META-INF/webui/theme.js")).isNotNull();
        assertThat(get("/theme.js").headers().firstValue("cache-control").orElse(""))
                .contains("max-age=600")
                .contains("stale-while-revalidate");
    }

    @Test
    void a_page_may_load_nothing_from_elsewhere_and_run_no_inline_script() throws Exception {
        String policy = get("/").headers().firstValue("content-security-policy").orElse("");
        assertThat(policy)
                .contains("script-src 'self';")
                .contains("object-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(get("/").headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void the_frame_for_html_of_users_is_of_another_origin_and_reaches_nothing() throws Exception {
        assumeThat(AppFilesTest.class.getResource("/META-INF/webui/frame.html")).isNotNull();
        String policy = get("/frame.html")
                .headers()
                .firstValue("content-security-policy")
                .orElse("");
        assertThat(policy)
                .startsWith("sandbox allow-scripts; default-src 'none';")
                .contains("script-src 'unsafe-inline' 'unsafe-eval' data: blob:;")
                .contains("connect-src data: blob:;")
                .contains("form-action 'none'")
                .endsWith("frame-ancestors 'self'")
                .doesNotContain("allow-same-origin")
                .doesNotContain("allow-top-navigation")
                .doesNotContain("http");
        assertThat(get("/frame.html?anything").headers().firstValue("content-security-policy"))
                .hasValue(policy);
    }

    @Test
    void a_reader_may_let_the_frame_load_from_elsewhere_which_does_not_bring_it_nearer_to_us() throws Exception {
        assumeThat(AppFilesTest.class.getResource("/META-INF/webui/frame.html")).isNotNull();
        String policy = get("/frame.html?outside")
                .headers()
                .firstValue("content-security-policy")
                .orElse("");
        assertThat(policy)
                .startsWith("sandbox allow-scripts; default-src 'none';")
                .contains("script-src 'unsafe-inline' 'unsafe-eval' data: blob: https:;")
                .contains("connect-src data: blob: https:;")
                .doesNotContain("'self';")
                .doesNotContain("allow-same-origin");
    }

    @Test
    void addresses_of_apis_never_answer_the_page() throws Exception {
        for (String path : List.of(
                "/api/2.0/nothing", "/ajax-api/2.0/nothing", "/ui-api/nothing", "/oidc/nothing", "/.well-known/x")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).contains("ENDPOINT_NOT_FOUND");
        }
    }

    @Test
    void a_missing_file_is_missing_and_no_path_climbs_out() throws Exception {
        assertThat(get("/assets/nothing.js").statusCode()).isEqualTo(404);
        assertThat(get("/favicon.ico").statusCode()).isEqualTo(404);
        assertThat(get("/%2e%2e/%2e%2e/db/migration/V001__event.sql").statusCode())
                .isNotEqualTo(200);
        assertThat(get("/files.txt").statusCode()).isEqualTo(404);
    }

    @Test
    void changing_verbs_are_not_answered_by_pages() throws Exception {
        assertThat(server.send("POST", "/jobs/1", "{}").statusCode()).isIn(404, 405);
    }
}
