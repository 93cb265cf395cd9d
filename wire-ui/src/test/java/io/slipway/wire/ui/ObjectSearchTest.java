package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.identity.testing.People;
import io.slipway.wire.WireJson;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding, opening by number, and moving what is in the workspace. */
@NullUnmarked
class ObjectSearchTest {
    private static UiPlatform platform;
    private static String cluster;

    @BeforeAll
    static void start(@TempDir Path folder) {
        platform = new UiPlatform(folder, NoLogs.LOGS);
        cluster = platform.cluster("Nightly_load");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static long notebook(String path) {
        return platform.content
                .tree()
                .importContent(
                        People.ANN,
                        path,
                        Format.SOURCE,
                        Optional.of(Language.PYTHON),
                        "print(1)".getBytes(StandardCharsets.UTF_8),
                        true)
                .id();
    }

    private static JsonNode tree(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return WireJson.mapper().readTree(answer.body());
    }

    private static List<String> found(String who, String query) throws Exception {
        List<String> names = new ArrayList<>();
        tree(platform.get(who, "/ui-api/search?q=" + query))
                .path("hits")
                .forEach(hit -> names.add(
                        hit.path("kind").asText() + " " + hit.path("name").asText()));
        return names;
    }

    @Test
    void an_object_is_shown_by_its_number() throws Exception {
        long id = notebook("/Shared/shown");
        JsonNode shown = tree(platform.get("bob", "/ui-api/objects/" + id));
        assertThat(shown.path("object_type").asText()).isEqualTo("NOTEBOOK");
        assertThat(shown.path("path").asText()).isEqualTo("/Shared/shown");
        assertThat(shown.path("language").asText()).isEqualTo("PYTHON");
        assertThat(shown.path("object_id").asLong()).isEqualTo(id);
        assertThat(shown.path("modified_at").asLong()).isPositive();
    }

    @Test
    void an_object_of_another_workspace_is_not_there() throws Exception {
        long id = notebook("/Shared/hidden");
        HttpResponse<String> hidden = platform.get("far", "/ui-api/objects/" + id);
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.body()).doesNotContain("/Shared/hidden");
        assertThat(platform.send("far", "POST", "/ui-api/objects/" + id + "/move", "{\"path\":\"/Shared/taken\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(platform.get("", "/ui-api/objects/" + id).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "9223372036854775808", "%20", "1e3"})
    void the_number_of_an_object_is_a_number(String id) throws Exception {
        HttpResponse<String> refused = platform.get("ann", "/ui-api/objects/" + id);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("The id of an object is a number.");
    }

    @Test
    void an_object_keeps_its_number_when_it_is_moved() throws Exception {
        long id = notebook("/Shared/before");
        JsonNode moved =
                tree(platform.send("ann", "POST", "/ui-api/objects/" + id + "/move", "{\"path\":\"/Shared/after\"}"));
        assertThat(moved.path("path").asText()).isEqualTo("/Shared/after");
        assertThat(moved.path("object_id").asLong()).isEqualTo(id);
        assertThat(tree(platform.get("ann", "/ui-api/objects/" + id))
                        .path("path")
                        .asText())
                .isEqualTo("/Shared/after");
    }

    @Test
    void an_object_is_moved_only_to_a_free_place_that_exists_and_by_who_manages_it() throws Exception {
        long id = notebook("/Shared/stays");
        notebook("/Shared/there");
        String move = "/ui-api/objects/" + id + "/move";
        assertThat(platform.send("ann", "POST", move, "{\"path\":\"/Shared/there\"}")
                        .body())
                .contains("RESOURCE_ALREADY_EXISTS");
        assertThat(platform.send("ann", "POST", move, "{\"path\":\"/none/there\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(platform.send("ann", "POST", move, "{}").body()).contains("Missing required field 'path'");
        assertThat(platform.send("ann", "POST", move, "{\"path\":\"no slash\"}").statusCode())
                .isEqualTo(400);
        platform.content.tree().mkdirs(People.ANN, "/Users/ann@example.com");
        long own = notebook("/Users/ann@example.com/own");
        assertThat(platform.send("bob", "POST", "/ui-api/objects/" + own + "/move", "{\"path\":\"/Shared/bobs\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(tree(platform.get("ann", "/ui-api/objects/" + id))
                        .path("path")
                        .asText())
                .isEqualTo("/Shared/stays");
    }

    @Test
    void things_are_found_by_any_part_of_their_name_in_any_case() throws Exception {
        notebook("/Shared/Nightly report");
        assertThat(found("bob", "nightly")).as("the cluster is not his").containsExactly("notebook Nightly report");
        assertThat(found("ann", "nightly")).contains("cluster Nightly_load", "notebook Nightly report");
        assertThat(found("ann", "LOAD")).containsExactly("cluster Nightly_load");
        assertThat(found("ann", "%20%20load%20")).containsExactly("cluster Nightly_load");
        assertThat(tree(platform.get("ann", "/ui-api/search?q=nightly_load"))
                        .path("hits")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo(cluster);
    }

    @Test
    void what_stands_for_any_text_in_sql_is_text_like_any_other() throws Exception {
        assertThat(found("ann", "y_l")).containsExactly("cluster Nightly_load");
        assertThat(found("ann", "y%25l")).isEmpty();
        assertThat(found("ann", "t_y")).isEmpty();
        assertThat(found("ann", "%27")).isEmpty();
    }

    @Test
    void nothing_is_found_for_nothing_and_not_more_than_a_few_of_each_kind() throws Exception {
        assertThat(found("ann", "")).isEmpty();
        assertThat(found("ann", "%20%20")).isEmpty();
        assertThat(tree(platform.get("ann", "/ui-api/search")).has("hits")).isFalse();
        for (int i = 0; i < 12; i++) {
            notebook("/Shared/many" + i);
        }
        assertThat(found("ann", "many")).hasSize(8);
    }

    @Test
    void nobody_finds_what_is_in_another_workspace() throws Exception {
        notebook("/Shared/secret plan");
        assertThat(found("ann", "secret")).hasSize(1);
        assertThat(found("far", "secret")).isEmpty();
        assertThat(found("far", "nightly")).isEmpty();
        assertThat(platform.get("far", "/ui-api/home").body()).isEqualTo("{}");
        assertThat(platform.get("", "/ui-api/search?q=secret").statusCode()).isEqualTo(401);
    }

    @Test
    void the_home_page_tells_what_was_touched_last() throws Exception {
        notebook("/Shared/older");
        notebook("/Shared/newest");
        JsonNode home = tree(platform.get("ann", "/ui-api/home"));
        assertThat(home.path("recents").size()).isBetween(2, 12);
        assertThat(home.path("recents").findValuesAsText("path")).contains("/Shared/newest", "/Shared/older");
        assertThat(home.has("failed_runs")).isFalse();
    }
}
