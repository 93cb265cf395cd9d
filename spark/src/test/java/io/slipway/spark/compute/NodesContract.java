package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.Elapsed;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Loop;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.driver.DriverEndpoint;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents say of the nodes of a cluster and what is made of it, on any database. */
@NullUnmarked
abstract class NodesContract {
    private static final Caller ANN = People.ANN;
    private static final NodeProvider.Acquired MACHINE = new NodeProvider.Acquired("m-1", "10.0.0.1");

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final List<String> woken = new ArrayList<>();
    private final ClusterStore clusterRows = new ClusterStore();
    private final NodeStore nodeRows = new NodeStore();
    private final SessionTokens tokens = new SessionTokens(new byte[32], clock);
    private Database database;
    private Clusters clusters;
    private Drivers drivers;
    private Fleet fleet;
    private ClusterMetrics metrics;
    private SparkUi sparkUi;
    private String cluster;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        People.known(database);
        Base base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        Loop<String> loop = TestBase.told(base, woken::add);
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        clusters = new Clusters(
                base,
                identity,
                new InstanceProfiles(base, identity, arn -> true),
                NodeTypes.bundled(),
                RuntimeLines.bundled(),
                loop);
        drivers = new Drivers(base, tokens);
        fleet = new Fleet(base, tokens, NodesContract::plan, loop, new Elapsed<>(clock));
        metrics = new ClusterMetrics(base, clusters);
        sparkUi = new SparkUi(clusters, drivers, tokens);
        cluster = StillClusters.create(clusters, ANN, "c");
        database.change(tx -> {
            Node node = new Node(
                    "i-1", cluster, Node.Role.DRIVER, "m5.large", 1, Node.State.ACQUIRING, "", "", 5, 0, List.of());
            nodeRows.insert(tx, node);
            nodeRows.acquired(tx, "i-1", MACHINE);
        });
        woken.clear();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Optional<WantedProcess> plan(Cluster cluster, Node node, List<Node> all) {
        return Optional.of(new WantedProcess(
                node.mainProcess(),
                cluster.launch(),
                List.of("run"),
                Map.of(),
                "d",
                List.of(),
                "out",
                "err",
                1,
                Optional.empty()));
    }

    private static ObservedProcess process(ObservedProcess.State state, int launch, int protocol) {
        return new ObservedProcess(
                "driver",
                launch,
                state,
                Optional.empty(),
                Optional.of("{\"protocol\":" + protocol + ",\"port\":4711,\"sparkUiPort\":4040}"),
                Optional.empty(),
                "");
    }

    private void observed(ObservedProcess... processes) {
        fleet.observed("i-1", List.of(processes), Optional.empty());
    }

    private Node node() {
        return database.read(handle -> nodeRows.find(handle, "i-1")).orElseThrow();
    }

    private void running() {
        database.change(tx ->
                clusterRows.move(tx, clusterRows.find(tx.sql(), cluster).orElseThrow(), ClusterState.RUNNING, ""));
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }

    @Test
    void an_agent_gets_the_key_of_its_node_until_it_has_used_it() {
        String token = Fleet.bootstrapToken(tokens, "i-1");
        String key = fleet.register("i-1", token).orElseThrow();
        assertThat(fleet.register("i-1", token))
                .as("the answer may have been lost")
                .contains(key);
        assertThat(fleet.authentic("i-1", key)).isTrue();
        assertThat(fleet.authentic("i-2", key)).isFalse();
        assertThat(fleet.authentic("i-1", token)).isFalse();
        observed();
        assertThat(fleet.register("i-1", token)).as("it was used").isEmpty();
        assertThat(fleet.register("i-1", Fleet.bootstrapToken(tokens, "i-2"))).isEmpty();
        assertThat(fleet.register("i-2", Fleet.bootstrapToken(tokens, "i-2")))
                .as("nobody asked for that node")
                .isEmpty();
    }

    @Test
    void a_node_is_up_when_its_agent_speaks_and_only_news_wake_its_cluster() {
        assertThat(node().state()).isEqualTo(Node.State.ACQUIRING);
        observed();
        assertThat(node().state()).isEqualTo(Node.State.UP);
        assertThat(node().seenAt()).isEqualTo(clock.millis());
        assertThat(woken).containsExactly(cluster);
        clock.advance(Duration.ofSeconds(5));
        observed();
        assertThat(node().seenAt()).isEqualTo(clock.millis());
        assertThat(woken).as("nothing is new").hasSize(1);
        observed(process(ObservedProcess.State.STARTING, 1, 2));
        observed(process(ObservedProcess.State.RUNNING, 1, 2));
        observed(process(ObservedProcess.State.RUNNING, 1, 2));
        assertThat(woken).hasSize(3);
        fleet.observed("i-9", List.of(), Optional.empty());
        assertThat(fleet.known("i-9")).isFalse();
    }

    @Test
    void a_node_that_leaves_is_not_up_again_because_its_agent_speaks() {
        for (Node.State state : List.of(Node.State.DRAINING, Node.State.RELEASING)) {
            database.change(tx -> nodeRows.state(tx, "i-1", state));
            observed();
            assertThat(node().state()).isEqualTo(state);
        }
    }

    @Test
    void what_shall_run_is_asked_for_the_present_launch_only_and_not_on_a_node_that_goes() {
        assertThat(fleet.wanted("i-1")).extracting(WantedProcess::name).containsExactly("driver");
        assertThat(fleet.clusterOf("i-1")).contains(cluster);
        assertThat(fleet.wanted("i-2")).isEmpty();
        database.change(tx -> nodeRows.state(tx, "i-1", Node.State.RELEASING));
        assertThat(fleet.wanted("i-1")).isEmpty();
        database.change(tx -> {
            nodeRows.state(tx, "i-1", Node.State.UP);
            tx.sql().execute("update cluster set launch = 2 where id = ?", cluster);
        });
        assertThat(fleet.wanted("i-1")).isEmpty();
        database.change(tx -> nodeRows.delete(tx, "i-1"));
        assertThat(fleet.clusterOf("i-1")).isEmpty();
    }

    @Test
    void a_driver_is_found_when_its_cluster_is_up_and_it_listens() {
        observed(process(ObservedProcess.State.RUNNING, 1, 2));
        String notUp = "Cluster " + cluster + " is not in state RUNNING.";
        refused(ErrorCode.INVALID_STATE, notUp, () -> drivers.running(cluster));
        running();
        Drivers.Running found = drivers.running(cluster);
        assertThat(found.launch()).isEqualTo(1);
        DriverEndpoint endpoint = found.endpoint();
        assertThat(endpoint.address() + ":" + endpoint.port()).isEqualTo("10.0.0.1:4711");
        assertThat(endpoint).asString().doesNotContain(endpoint.token());
        assertThat(drivers.up()).containsExactly(cluster);
        observed(process(ObservedProcess.State.EXITED, 1, 2));
        assertThat(drivers.find(cluster)).isEmpty();
        observed(process(ObservedProcess.State.RUNNING, 0, 2));
        assertThat(drivers.find(cluster)).as("it is of an earlier launch").isEmpty();
        refused(ErrorCode.INVALID_STATE, "Cluster nothing is not in state RUNNING.", () -> drivers.running("nothing"));
    }

    @Test
    void a_driver_of_another_version_of_the_platform_is_told_apart_and_not_spoken_with() {
        running();
        observed(process(ObservedProcess.State.RUNNING, 1, 1));
        assertThat(drivers.find(cluster)).isEmpty();
        Cluster found = clusters.get(ANN, cluster);
        List<Node> nodes = clusters.nodes(ANN, cluster);
        assertThat(drivers.foreignProtocol(found, nodes)).contains(1);
        observed(process(ObservedProcess.State.RUNNING, 1, 2));
        assertThat(drivers.foreignProtocol(found, clusters.nodes(ANN, cluster))).isEmpty();
    }

    @Test
    void the_spark_ui_opens_with_the_ticket_of_this_launch_of_this_cluster() {
        refused(
                ErrorCode.INVALID_STATE,
                "Cluster " + cluster + " is not in state RUNNING.",
                () -> sparkUi.ticket(ANN, cluster));
        running();
        observed(process(ObservedProcess.State.RUNNING, 1, 2));
        String ticket = sparkUi.ticket(ANN, cluster);
        SparkUi.Target target = sparkUi.target(cluster, ticket);
        assertThat(target.address()).isEqualTo(URI.create("http://10.0.0.1:4040"));
        assertThat(target.secret())
                .isNotEqualTo(ticket)
                .isNotEqualTo(drivers.running(cluster).endpoint().token());
        String late = "This address of the Spark UI is of an earlier start of the cluster.";
        refused(ErrorCode.PERMISSION_DENIED, late, () -> sparkUi.target(cluster, "x".repeat(32)));
        database.change(tx -> tx.sql().execute("update cluster set launch = 2 where id = ?", cluster));
        refused(ErrorCode.PERMISSION_DENIED, late, () -> sparkUi.target(cluster, ticket));
        refused(
                ErrorCode.NOT_FOUND,
                "Cluster " + cluster + " does not exist",
                () -> sparkUi.ticket(People.elsewhere(People.ADMIN), cluster));
    }

    private void measured(long at, double cpu, long memory, long disk) {
        fleet.observed("i-1", List.of(), Optional.of(new NodeLoad(at, cpu, memory, disk)));
    }

    private List<NodeLoad> loads(Duration range) {
        return metrics.of(ANN, cluster, range).points().stream()
                .map(ClusterMetrics.Point::load)
                .toList();
    }

    @Test
    void measurements_are_joined_over_spans_and_one_that_is_repeated_counts_once() {
        long start = clock.millis() / 20_000 * 20_000;
        measured(start, 1, 100, 50);
        measured(start, 9, 900, 9);
        measured(start + 10_000, 2, 300, 40);
        measured(start + 20_000, 4, 200, 60);
        clock.advance(Duration.ofSeconds(30));
        assertThat(loads(Duration.ofMinutes(5)))
                .containsExactly(new NodeLoad(start, 1.5, 200, 40), new NodeLoad(start + 20_000, 4, 200, 60));
        assertThat(loads(Duration.ofDays(7))).as("a span is longer then").hasSize(1);
        assertThat(loads(Duration.ofSeconds(1))).as("all are older").isEmpty();
    }

    @Test
    void measurements_outlive_their_node_and_are_kept_for_a_week() {
        measured(clock.millis(), 1, 100, 50);
        database.change(tx -> nodeRows.delete(tx, "i-1"));
        clock.advance(Duration.ofDays(6));
        assertThat(loads(ClusterMetrics.KEPT)).hasSize(1);
        database.change(tx -> nodeRows.insert(
                tx, new Node("i-1", cluster, Node.Role.WORKER, "m5.large", 1, Node.State.UP, "", "", 5, 0, List.of())));
        clock.advance(Duration.ofDays(2));
        measured(clock.millis(), 3, 100, 50);
        assertThat(loads(Duration.ofDays(30))).extracting(NodeLoad::cpuCores).containsExactly(3.0);
        refused(
                ErrorCode.NOT_FOUND,
                "Cluster " + cluster + " does not exist",
                () -> metrics.of(People.elsewhere(ANN), cluster, Duration.ofDays(1)));
    }
}
