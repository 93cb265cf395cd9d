package io.slipway.nodes.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.spark.compute.NodeLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class LocalLogsTest {
    private static final String CLUSTER = "1121-060731-bfjom1ut";

    @TempDir
    private Path folder;

    private LocalLogs logs;

    @BeforeEach
    void make() {
        logs = new LocalLogs(folder.resolve("nodes"), folder.resolve("logs"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void logs_of_present_nodes_and_of_released_ones_are_listed_and_nothing_else_of_a_node() throws IOException {
        write("nodes/n1/driver/stderr", "now");
        write("nodes/n1/driver/driver.json", "secret");
        write("nodes/n1/worker/work/app-1/0/stdout", "executor");
        write("logs/" + CLUSTER + "/n0/driver/stderr", "before");
        write("logs/another/n9/driver/stderr", "not ours");
        List<NodeLogs.File> files = logs.list(CLUSTER, List.of("n1"));
        assertThat(files.stream().map(file -> file.nodeId() + ":" + file.path()))
                .containsExactly("n1:driver/stderr", "n1:worker/work/app-1/0/stdout", "n0:driver/stderr");
        assertThat(logs.read(CLUSTER, files.get(2), 0, 100).text()).isEqualTo("before");
    }

    @Test
    void a_log_is_read_on_from_where_the_last_piece_ended_without_cutting_a_character() throws IOException {
        write("nodes/n1/driver/stderr", "aü€b");
        NodeLogs.File file = logs.list(CLUSTER, List.of("n1")).get(0);
        StringBuilder whole = new StringBuilder();
        long at = 0;
        for (int pieces = 0; pieces < 20 && at < file.size(); pieces++) {
            NodeLogs.Chunk chunk = logs.read(CLUSTER, file, at, 4);
            whole.append(chunk.text());
            at = chunk.next();
        }
        assertThat(whole).hasToString("aü€b");
        assertThat(logs.read(CLUSTER, file, 100, 4).text()).isEmpty();
    }

    @Test
    void a_log_that_is_gone_is_empty() throws IOException {
        write("nodes/n1/driver/stderr", "text");
        NodeLogs.File file = logs.list(CLUSTER, List.of("n1")).get(0);
        Files.delete(folder.resolve("nodes/n1/driver/stderr"));
        assertThat(logs.read(CLUSTER, file, 0, 100)).isEqualTo(new NodeLogs.Chunk("", 0, 0, 0));
    }

    @Test
    void logs_of_one_cluster_are_forgotten_and_no_others() throws IOException {
        assertThat(logs.quietSince(Long.MAX_VALUE)).as("there are none yet").isEmpty();
        write("logs/" + CLUSTER + "/n0/driver/stderr", "old");
        write("logs/" + CLUSTER + "/n1/worker/stdout", "old");
        write("logs/another/n9/driver/stderr", "new");
        FileTime old = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(folder.resolve("logs/" + CLUSTER), old);
        assertThat(logs.quietSince(old.toMillis())).isEmpty();
        assertThat(logs.quietSince(old.toMillis() + 1)).containsExactly(CLUSTER);
        logs.forget(CLUSTER);
        logs.forget(CLUSTER);
        assertThat(folder.resolve("logs")).isDirectoryNotContaining("glob:**" + CLUSTER);
        assertThat(logs.list("another", List.of())).hasSize(1);
    }
}
