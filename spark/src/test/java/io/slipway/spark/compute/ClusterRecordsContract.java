package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.Elapsed;
import io.slipway.kit.ErrorCode;
import io.slipway.store.TestBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What is kept of the machines of a cluster: logs, and how busy they were. */
@NullUnmarked
abstract class ClusterRecordsContract extends ClusterDesk {
    @Test
    void how_busy_nodes_were_is_kept_for_seven_days_and_joined_to_what_a_screen_can_show() {
        String id = running(fixed(0));
        Node node = new Node(
                "i-1", id, Node.Role.DRIVER, "m5.large", 1, Node.State.UP, "", "", clock.millis(), 0, List.of());
        database.change(tx -> new NodeStore().insert(tx, node));
        Fleet fleet = new Fleet(
                base,
                new SessionTokens(new byte[32], clock),
                (cluster, one, all) -> Optional.empty(),
                TestBase.deaf(base),
                new Elapsed<>(clock));
        ClusterMetrics metrics = new ClusterMetrics(base, clusters);
        fleet.observed("i-1", List.of(), Optional.of(new NodeLoad(clock.millis(), 9, 9, 9)));
        clock.advance(ClusterMetrics.KEPT.plusSeconds(1));
        for (int i = 0; i < 1_000; i++) {
            NodeLoad load = new NodeLoad(clock.millis(), i % 2, 100, 1_000 + i % 2);
            fleet.observed("i-1", List.of(), Optional.of(load));
            fleet.observed("i-1", List.of(), Optional.of(load));
            clock.advance(Duration.ofSeconds(20));
        }
        List<ClusterMetrics.Point> all =
                metrics.of(ANN, id, ClusterMetrics.KEPT).points();
        assertThat(all).hasSizeBetween(9, 301).allSatisfy(point -> {
            assertThat(point.nodeId()).isEqualTo("i-1");
            assertThat(point.load().cpuCores()).isBetween(0.4, 0.6);
            assertThat(point.load().memoryBytes()).isEqualTo(100);
            assertThat(point.load().diskFreeBytes()).isEqualTo(1_000);
        });
        assertThat(metrics.of(ANN, id, Duration.ofMinutes(10)).points()).hasSizeBetween(29, 31);
        refused(ErrorCode.NOT_FOUND, "Cluster none does not exist", () -> metrics.of(ANN, "none", Duration.ofHours(1)));
    }

    /** Keeps the names of clusters only. */
    private static final class KeptLogs implements NodeLogs {
        private final Map<String, Long> since = new TreeMap<>();

        @Override
        public List<File> list(String clusterId, List<String> liveNodes) {
            return since.containsKey(clusterId)
                    ? List.of(new File("i-0", "driver/stderr", 3, since.get(clusterId)))
                    : List.of();
        }

        @Override
        public Chunk read(String clusterId, File file, long offset, int most) {
            String text = "log".substring((int) Math.min(3, offset), (int) Math.min(3, offset + most));
            return new Chunk(text, offset, offset + text.length(), 3);
        }

        @Override
        public List<String> quietSince(long before) {
            return since.keySet().stream().filter(id -> since.get(id) < before).toList();
        }

        @Override
        public void forget(String clusterId) {
            since.remove(clusterId);
        }
    }

    @Test
    void logs_go_when_nothing_is_left_of_their_cluster() {
        KeptLogs kept = new KeptLogs();
        ClusterLogs logs = new ClusterLogs(clusters, kept);
        String rests = terminated();
        String runs = running(fixed(0));
        kept.since.putAll(Map.of(rests, 1L, runs, 1L, "unknown", 5L));
        logs.sweep(3);
        assertThat(kept.since).as("both clusters are there").containsOnlyKeys(rests, runs, "unknown");
        clusters.deleteForGood(ANN, rests);
        clusters.deleteForGood(ANN, runs);
        logs.sweep(3);
        assertThat(kept.since).as("one is still being ended").containsOnlyKeys(runs, "unknown");
        database.change(tx -> {
            store.move(tx, store.find(tx.sql(), runs).orElseThrow(), ClusterState.TERMINATED, "");
            store.deleteForgotten(tx, runs);
        });
        logs.sweep(3);
        assertThat(kept.since).as("it is new").containsOnlyKeys("unknown");
        logs.sweep(6);
        assertThat(kept.since).isEmpty();
    }

    @Test
    void who_sees_a_cluster_reads_its_logs_and_nothing_that_is_not_listed() {
        KeptLogs kept = new KeptLogs();
        ClusterLogs logs = new ClusterLogs(clusters, kept);
        String id = create(fixed(0)).id();
        kept.since.put(id, 1L);
        assertThat(logs.list(ANN, id)).extracting(NodeLogs.File::path).containsExactly("driver/stderr");
        assertThat(logs.read(ANN, id, "i-0", "driver/stderr", Optional.empty(), 2)
                        .text())
                .as("the end")
                .isEqualTo("og");
        assertThat(logs.read(ANN, id, "i-0", "driver/stderr", Optional.of(0L), 2)
                        .text())
                .isEqualTo("lo");
        assertThat(logs.read(ANN, id, "i-0", "driver/stderr", Optional.of(0L), -5)
                        .text())
                .isEqualTo("l");
        refused(
                ErrorCode.NOT_FOUND,
                "Node i-0 has no log driver/driver.json.",
                () -> logs.read(ANN, id, "i-0", "driver/driver.json", Optional.empty(), 2));
        refused(
                ErrorCode.NOT_FOUND,
                "Node i-1 has no log driver/stderr.",
                () -> logs.read(ANN, id, "i-1", "driver/stderr", Optional.empty(), 2));
        refused(
                ErrorCode.NOT_FOUND,
                "Cluster " + id + " does not exist",
                () -> logs.list(People.elsewhere(People.ADMIN), id));
    }
}
