package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.Elapsed;
import io.slipway.kit.Ids;
import io.slipway.kit.Loop;
import io.slipway.kit.Outcome;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLine;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.spark.testing.FakeNodes;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Described;
import io.slipway.store.FactFilter;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what a cluster is to what it shall be, a step at a time, with machines and drivers in memory. */
@NullUnmarked
class ClusterStepsTest {
    private static final Caller ANN = People.ANN;
    private static final String TAG = "cp311-linux-x86_64";
    private static final String VERSION = "18.0.x-scala2.13";
    private static final Duration STEP = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final FakeDrivers driver = new FakeDrivers(
            clock, Seam.QUIET, (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofSeconds(10)));
    private final List<String> stillborn = new ArrayList<>();
    private Optional<String> failure = Optional.empty();
    private Database database;
    private Clusters clusters;
    private Drivers drivers;
    private DriverStatuses statuses;
    private FakeNodes nodes;
    private Stopping stopping;
    private ClusterReconciler steps;
    private Optional<TerminationReason> refusal = Optional.empty();

    @BeforeEach
    void make() throws IOException {
        database = TestDatabases.sqlite(folder);
        People.known(database);
        Base base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        SessionTokens tokens = new SessionTokens(new byte[32], clock);
        NodeTypes types = NodeTypes.bundled();
        RuntimeLines runtimes = RuntimeLines.bundled();
        Loop<String> deaf = TestBase.deaf(base);
        Elapsed<String> silence = new Elapsed<>(clock);
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        clusters =
                new Clusters(base, identity, new InstanceProfiles(base, identity, arn -> true), types, runtimes, deaf);
        drivers = new Drivers(base, tokens);
        statuses = new DriverStatuses(clock, deaf);
        ProcessPlanner planner = new ProcessPlanner() {
            @Override
            public Optional<WantedProcess> plan(Cluster cluster, Node node, List<Node> all) {
                return ClusterStepsTest.plan(cluster, node);
            }

            @Override
            public Optional<TerminationReason> refusal(Cluster cluster) {
                return refusal;
            }
        };
        Fleet fleet = new Fleet(base, tokens, planner, deaf, silence);
        nodes = new FakeNodes(clock, Seam.QUIET, new Fates(), driver, () -> Optional.of(fleet));
        fleet.onReplanned(nodes::poke);
        Launching launching = new Launching(
                base, runtimes, installed(runtimes.resolve(VERSION).line()), types, nodes, planner);
        Watching watching = new Watching(base, types, nodes, drivers, driver, statuses, launching, silence);
        stopping = new Stopping(base, nodes);
        steps = new ClusterReconciler(base, launching, watching, stopping);
    }

    @AfterEach
    void close() {
        assertThat(nodes.violations()).isEmpty();
        database.close();
    }

    /** As if the runtime had been installed before. */
    private RuntimeInstalls installed(RuntimeLine line) throws IOException {
        Path runtime = Files.createDirectories(folder.resolve(
                "runtimes/" + line.id() + "-" + TAG + "-" + line.lock().hash()));
        Path complete = Files.writeString(runtime.resolve("complete.json"), "{}");
        Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\necho " + TAG + "\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        assertThat(complete).exists();
        return new RuntimeInstalls(new RuntimeInstaller(folder, folder, python.toString()), task -> {});
    }

    private final class Fates implements FakeNodes.Fates {
        @Override
        public FakeNodes.Fate of(String nodeId, WantedProcess process) {
            return new FakeNodes.Fate(Duration.ofSeconds(2), failure);
        }

        @Override
        public boolean stillborn(String nodeId) {
            return stillborn.contains("all");
        }
    }

    private static Optional<WantedProcess> plan(Cluster cluster, Node node) {
        return node.address().isEmpty()
                ? Optional.empty()
                : Optional.of(new WantedProcess(
                        node.mainProcess(),
                        cluster.launch(),
                        List.of(node.mainProcess()),
                        Map.of(),
                        "d",
                        List.of(),
                        "stdout",
                        "stderr",
                        1_000,
                        Optional.empty()));
    }

    private String create(int workers, int idleMinutes) {
        ClusterSpec spec = new ClusterSpec(
                "c",
                VERSION,
                "m5.large",
                "m5.large",
                Optional.of(workers),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                idleMinutes);
        return clusters.create(ANN, Described.plainly(spec), "API", Optional.empty(), Optional.empty())
                .id();
    }

    private ClusterState state(String id) {
        return clusters.get(ANN, id).state();
    }

    /** What drivers say arrives, and the cluster takes one step. */
    private void step(String id) {
        try {
            drivers.find(id)
                    .ifPresent(running -> statuses.heard(id, running.launch(), driver.status(running.endpoint())));
        } catch (PlatformException away) {
            statuses.forget(id);
        }
        Outcome unused = steps.reconcile(id);
        clock.advance(STEP);
    }

    private void until(String id, BooleanSupplier reached) {
        for (int i = 0; i < 1_000 && !reached.getAsBoolean(); i++) {
            step(id);
        }
        assertThat(reached.getAsBoolean())
                .as(() -> clusters.get(ANN, id).toString())
                .isTrue();
    }

    private String running(int workers, int idleMinutes) {
        String id = create(workers, idleMinutes);
        until(id, () -> state(id) == ClusterState.RUNNING);
        return id;
    }

    private void ends(String id, String code, String message) {
        until(id, () -> state(id) == ClusterState.TERMINATED);
        TerminationReason reason = clusters.get(ANN, id).termination().orElseThrow();
        assertThat(reason.code()).isEqualTo(code);
        assertThat(reason.message()).contains(message);
        assertThat(nodes.list()).as("nothing is left").isEmpty();
        assertThat(clusters.nodes(ANN, id)).isEmpty();
    }

    private List<Node> workers(String id) {
        return clusters.nodes(ANN, id).stream()
                .filter(node -> node.role() == Node.Role.WORKER)
                .toList();
    }

    private List<String> told(String id) {
        return clusters.events(ANN, id, FactFilter.ALL, true, PageWanted.ALL).page().items().stream()
                .map(happened -> happened.event().getClass().getSimpleName())
                .toList();
    }

    @Test
    void a_cluster_runs_when_its_driver_and_enough_workers_are_ready() {
        String id = running(2, 0);
        assertThat(clusters.nodes(ANN, id))
                .extracting(Node::role)
                .containsExactly(Node.Role.DRIVER, Node.Role.WORKER, Node.Role.WORKER);
        assertThat(clusters.nodes(ANN, id))
                .allSatisfy(node -> assertThat(node.state()).isEqualTo(Node.State.UP));
        assertThat(told(id)).startsWith("Creating", "Starting").contains("Running", "DriverHealthy");
        assertThat(steps.unfinished()).containsExactly(id);
        assertThat(steps.busy()).isFalse();
    }

    @Test
    void what_spark_refuses_is_the_users_fault_and_what_breaks_is_the_platforms() {
        failure = Optional.of("{\"code\":\"INVALID_ARGUMENT\",\"message\":\"spark.x is not a number\"}");
        String wrong = create(0, 0);
        ends(wrong, "INVALID_ARGUMENT", "spark.x is not a number");
        assertThat(clusters.get(ANN, wrong).termination().orElseThrow().type()).isEqualTo("CLIENT_ERROR");
        failure = Optional.of("{}");
        String broken = create(0, 0);
        ends(broken, "SPARK_STARTUP_FAILURE", "Spark did not start.");
        failure = Optional.of("{\"code\":\"START_FAILED\",\"message\":\"no such program\"}");
        String missing = create(0, 0);
        ends(missing, "CONTAINER_LAUNCH_FAILURE", "no such program");
    }

    @Test
    void a_cluster_that_cannot_be_planned_as_it_is_written_ends_before_it_has_machines() {
        refusal = Optional.of(TerminationReason.clientError("SECRET_PERMISSION_DENIED", "no READ on scope app"));
        String id = create(1, 0);
        ends(id, "SECRET_PERMISSION_DENIED", "no READ on scope app");
        assertThat(told(id)).doesNotContain("Starting");
    }

    @Test
    void machines_from_which_nothing_is_heard_are_given_back_after_ten_minutes() {
        stillborn.add("all");
        String id = create(1, 0);
        long begun = clock.millis();
        ends(id, "BOOTSTRAP_TIMEOUT", "Spark did not start within 10 minutes.");
        assertThat(clock.millis() - begun).isBetween(600_000L, 640_000L);
    }

    @Test
    void a_worker_that_dies_is_replaced_and_the_driver_goes_on() {
        String id = running(2, 0);
        String lost = workers(id).get(0).id();
        nodes.kill(lost, 137);
        until(id, () -> workers(id).stream().noneMatch(node -> node.id().equals(lost)));
        until(
                id,
                () -> workers(id).stream()
                                .filter(node -> node.state() == Node.State.UP)
                                .count()
                        == 2);
        assertThat(nodes.list()).hasSize(3).doesNotContain(lost);
        assertThat(state(id)).isEqualTo(ClusterState.RUNNING);
        assertThat(told(id)).contains("NodesLost");
    }

    @Test
    void a_cluster_whose_driver_dies_ends_with_the_reason() {
        String id = running(1, 0);
        nodes.kill(clusters.nodes(ANN, id).get(0).id(), 137);
        ends(id, "DRIVER_UNREACHABLE", "The Spark driver has stopped unexpectedly (status 137).");
    }

    @Test
    void a_machine_that_is_gone_without_a_word_is_missed_after_five_minutes() {
        String id = running(0, 0);
        nodes.silence(clusters.nodes(ANN, id).get(0).id(), Duration.ofMinutes(4));
        for (int i = 0; i < 150; i++) {
            step(id);
        }
        assertThat(state(id)).as("it came back").isEqualTo(ClusterState.RUNNING);
        nodes.lose(clusters.nodes(ANN, id).get(0).id());
        ends(id, "COMMUNICATION_LOST", "has not been heard of for 5 minutes");
    }

    @Test
    void code_that_stops_spark_ends_the_cluster() {
        String id = running(0, 0);
        driver.stopSpark();
        ends(id, "SPARK_ERROR", "has stopped Spark");
    }

    @Test
    void a_driver_of_another_version_of_the_platform_is_not_spoken_with() {
        nodes.driversSpeak(1);
        String id = create(0, 0);
        ends(id, "DRIVER_UNREACHABLE", "another version of the platform");
    }

    @Test
    void more_workers_come_and_the_youngest_leave_first() {
        String id = running(1, 0);
        String oldest = workers(id).get(0).id();
        clusters.resize(ANN, id, Optional.of(3), Optional.empty());
        assertThat(state(id)).isEqualTo(ClusterState.RESIZING);
        until(id, () -> state(id) == ClusterState.RUNNING && workers(id).size() == 3);
        clusters.resize(ANN, id, Optional.of(1), Optional.empty());
        until(id, () -> state(id) == ClusterState.RUNNING && workers(id).size() == 1);
        assertThat(workers(id)).extracting(Node::id).containsExactly(oldest);
        assertThat(nodes.list()).hasSize(2);
        assertThat(told(id)).contains("UpsizeCompleted");
    }

    @Test
    void a_cluster_that_nobody_uses_ends_after_its_minutes_and_not_before() {
        String id = running(0, 10);
        long begun = clock.millis();
        ends(id, "INACTIVITY", "INACTIVITY");
        assertThat(clock.millis() - begun).isBetween(590_000L, 640_000L);
    }

    @Test
    void a_start_that_is_called_off_gives_its_machines_back() {
        String id = create(2, 0);
        until(id, () -> nodes.list().size() == 3);
        clusters.terminate(ANN, id);
        ends(id, "USER_REQUEST", "USER_REQUEST");
        assertThat(steps.unfinished()).isEmpty();
    }

    @Test
    void a_restart_takes_other_machines_and_leaves_none_of_the_old_ones() {
        String id = running(1, 0);
        List<String> before = nodes.list();
        clusters.restart(ANN, id);
        until(id, () -> state(id) == ClusterState.RUNNING);
        assertThat(nodes.list()).hasSize(2).doesNotContainAnyElementsOf(before);
        assertThat(clusters.get(ANN, id).launch()).isEqualTo(2);
    }

    @Test
    void machines_that_no_row_names_are_given_back() {
        String id = running(0, 0);
        String known = nodes.list().get(0);
        assertThat(nodes.acquire(new Node(
                                "i-stray", id, Node.Role.WORKER, "m5.large", 1, Node.State.UP, "", "", 0, 0, List.of()))
                        .address())
                .isNotEmpty();
        stopping.sweep();
        assertThat(nodes.list()).containsExactly(known);
    }

    @Test
    void a_cluster_that_is_gone_needs_nothing() {
        assertThat(steps.reconcile("nothing")).isEqualTo(Outcome.done());
    }
}
