package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.identity.Level;
import io.slipway.identity.testing.People;
import io.slipway.spark.compute.NodeLogs;
import io.slipway.wire.WireJson;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of a cluster shows of its machines. */
@NullUnmarked
class MachineTest {
    /** One file of ten letters on every machine. */
    private static final NodeLogs TEN = new NodeLogs() {
        @Override
        public List<File> list(String clusterId, List<String> liveNodes) {
            return liveNodes.stream()
                    .map(node -> new File(node, "driver/stderr", 10, 5))
                    .toList();
        }

        @Override
        public Chunk read(String clusterId, File file, long offset, int most) {
            int from = (int) Math.min(10, offset);
            int to = Math.min(10, from + most);
            return new Chunk("abcdefghij".substring(from, to), from, to, 10);
        }

        @Override
        public List<String> quietSince(long before) {
            return List.of();
        }

        @Override
        public void forget(String clusterId) {}
    };

    private static UiPlatform platform;
    private static String cluster;
    private static String node;

    @BeforeAll
    static void start(@TempDir Path folder) {
        platform = new UiPlatform(folder, TEN);
        cluster = platform.cluster("c");
        platform.up(cluster, 1);
        node = "i-" + cluster;
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static HttpResponse<String> get(String who, String what) throws Exception {
        return platform.get(who, "/ui-api/clusters/" + cluster + what);
    }

    private static JsonNode tree(String what) throws Exception {
        HttpResponse<String> answer = get("ann", what);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return WireJson.mapper().readTree(answer.body());
    }

    @Test
    void a_machine_is_told_with_what_its_type_has_and_what_spark_may_use() throws Exception {
        JsonNode machine = tree("/nodes").path("nodes").path(0);
        assertThat(machine.path("node_id").asText()).isEqualTo(node);
        assertThat(machine.path("role").asText()).isEqualTo("DRIVER");
        assertThat(machine.path("node_type").asText()).isEqualTo("m5.large");
        assertThat(machine.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(machine.path("nominal_cores").asInt()).isEqualTo(2);
        assertThat(machine.path("cores").asInt()).isPositive();
        assertThat(machine.path("created_at").asLong()).isEqualTo(7);
        assertThat(machine.path("seen_at").asLong()).isEqualTo(8);
        assertThat(machine.toString()).doesNotContain("observed").doesNotContain("protocol");
    }

    @Test
    void pages_are_told_what_runtimes_that_are_not_listed_run_as() throws Exception {
        assertThat(platform.get("ann", "/ui-api/runtimes").body())
                .contains("{\"from\":1,\"runs_as\":\"17.3 LTS, Spark 4.0.1\"}");
    }

    @Test
    void the_notebooks_that_are_attached_are_told_before_a_cluster_ends() throws Exception {
        assertThat(tree("/uses").path("other_notebooks").asInt()).isZero();
        platform.content.tree().mkdirs(People.ANN, "/Users/ann@example.com");
        long own = notebook("/Users/ann@example.com/own");
        long shared = notebook("/Shared/shared");
        for (long id : List.of(own, shared)) {
            platform.content.notebooks().open(People.ANN, String.valueOf(id));
            platform.content.notebookRuns().attach(People.ANN, id, cluster);
        }
        assertThat(tree("/uses").path("notebooks").toString())
                .isEqualTo("[\"/Shared/shared\",\"/Users/ann@example.com/own\"]");
        assertThat(platform.get("bob", "/ui-api/clusters/" + cluster + "/uses").statusCode())
                .isEqualTo(403);
        platform.give(platform.spark.clusters().get(People.ANN, cluster).guarded(), Level.CAN_ATTACH_TO);
        assertThat(platform.get("bob", "/ui-api/clusters/" + cluster + "/uses").body())
                .as("he is not told what the notebook is called that is not his")
                .contains("\"notebooks\":[\"/Shared/shared\"]", "\"other_notebooks\":1");
        assertThat(platform.get("far", "/ui-api/clusters/" + cluster + "/uses").statusCode())
                .isEqualTo(400);
    }

    private static long notebook(String path) {
        return platform.content
                .tree()
                .importContent(People.ANN, path, Format.SOURCE, Optional.of(Language.PYTHON), new byte[] {'1'}, true)
                .id();
    }

    @Test
    void a_node_type_is_told_with_what_spark_may_use_on_such_a_node() throws Exception {
        JsonNode types = WireJson.mapper()
                .readTree(platform.get("ann", "/ui-api/node-types").body())
                .path("node_types");
        JsonNode large = StreamSupport.stream(types.spliterator(), false)
                .filter(type -> type.path("node_type_id").asText().equals("m5.large"))
                .findFirst()
                .orElseThrow();
        assertThat(large.path("cores").asInt())
                .isEqualTo(tree("/nodes").path("nodes").path(0).path("cores").asInt());
        assertThat(large.path("memory_mb").asInt()).isPositive();
    }

    @Test
    void logs_are_listed_and_read_from_any_place_or_their_end() throws Exception {
        JsonNode file = tree("/logs").path("files").path(0);
        assertThat(file.path("path").asText()).isEqualTo("driver/stderr");
        assertThat(file.path("size").asInt()).isEqualTo(10);
        String read = "/logs?node=" + node + "&file=driver/stderr";
        assertThat(tree(read).path("text").asText()).isEqualTo("abcdefghij");
        JsonNode end = tree(read + "&limit=3");
        assertThat(end.path("text").asText()).isEqualTo("hij");
        assertThat(end.path("offset").asInt()).isEqualTo(7);
        assertThat(end.path("next").asInt()).isEqualTo(10);
        assertThat(tree(read + "&offset=2&limit=2").path("text").asText()).isEqualTo("cd");
        assertThat(tree(read + "&offset=99").path("text").asText()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/logs?node=@",
                "/logs?node=@&file=none",
                "/logs?node=@&file=../../../etc/passwd",
                "/logs?node=none&file=driver/stderr",
                "/logs?node=@&file=driver/stderr&offset=x",
                "/logs?node=@&file=driver/stderr&limit=1.5",
                "/metrics?minutes=0",
                "/metrics?minutes=-1",
                "/metrics?minutes=10081",
                "/metrics?minutes=x"
            })
    void what_is_not_there_or_makes_no_sense_is_refused(String what) throws Exception {
        HttpResponse<String> refused = get("ann", what.replace("@", node));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("error_code");
    }

    @Test
    void figures_are_told_for_the_span_that_is_asked_for() throws Exception {
        JsonNode hour = tree("/metrics");
        assertThat(hour.path("ends").asLong() - hour.path("begins").asLong()).isEqualTo(3_600_000);
        JsonNode week = tree("/metrics?minutes=10080");
        assertThat(week.path("ends").asLong() - week.path("begins").asLong()).isEqualTo(604_800_000);
    }

    @Test
    void a_cluster_of_another_workspace_is_told_like_one_that_is_not_there() throws Exception {
        for (String what : List.of("/nodes", "/logs", "/metrics", "/spark-ui")) {
            HttpResponse<String> hidden = get("far", what);
            assertThat(hidden.statusCode()).as(what).isEqualTo(400);
            assertThat(hidden.body())
                    .as(what)
                    .contains("INVALID_PARAMETER_VALUE")
                    .contains("does not exist");
            assertThat(get("", what).statusCode()).as(what).isEqualTo(401);
        }
    }
}
