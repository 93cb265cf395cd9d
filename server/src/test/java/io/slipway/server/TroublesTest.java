package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.testing.StepExecutor;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.compute.TerminationReason;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Described;
import io.slipway.work.job.Compute;
import io.slipway.work.job.JobSettings;
import io.slipway.work.job.JobWanted;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunState;
import io.slipway.work.job.TaskRun;
import io.slipway.work.job.TaskSpec;
import io.slipway.work.job.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Single troubles, each told as a short history. */
class TroublesTest extends Simulation {
    private static final FakeDrivers.Script ENDLESS =
            (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofDays(1));

    private static String create(World world, int workers) {
        return world.up()
                .clusters
                .create(
                        World.ANN,
                        Described.plainly(World.cluster("c", workers)),
                        "API",
                        Optional.empty(),
                        Optional.empty())
                .id();
    }

    private static boolean is(World world, String cluster, ClusterState state) {
        return world.find(cluster).filter(found -> found.state() == state).isPresent();
    }

    private static void until(World world, String cluster, ClusterState state) {
        assertThat(world.liveUntil(() -> is(world, cluster, state), Duration.ofMinutes(30)))
                .as("%s becomes %s; %s", cluster, state, world.story())
                .isTrue();
        assertThat(world.defects()).isEmpty();
    }

    @Test
    void a_cluster_terminated_while_its_runtime_is_installed_comes_to_rest() throws IOException {
        StepExecutor background = new StepExecutor();
        Path home = Files.createTempDirectory(folder, "home");
        World world = new World(
                new World.Outside(
                        outside().database(),
                        outside().nodeTypes(),
                        outside().runtimes(),
                        InstalledRuntimes.missing(home, background),
                        home.resolve("dbfs"),
                        home.resolve("tree")),
                1,
                ENDLESS);
        String ended = create(world, 1);
        String waits = create(world, 0);
        world.live(Duration.ofSeconds(10));
        assertThat(world.find(ended).map(Cluster::stateMessage)).contains("Installing the runtime spark-4.2");
        world.up().clusters.terminate(World.ANN, ended);
        until(world, ended, ClusterState.TERMINATED);
        assertThat(world.nodes.list()).isEmpty();
        InstalledRuntimes.mark(home, outside().runtimes().newest());
        background.step();
        until(world, waits, ClusterState.RUNNING);
    }

    @Test
    void a_cluster_whose_driver_was_started_by_another_version_ends_and_says_so() {
        World world = new World(outside(), 1, ENDLESS);
        world.nodes.driversSpeak(1);
        String cluster = create(world, 0);
        until(world, cluster, ClusterState.TERMINATED);
        TerminationReason reason =
                world.find(cluster).flatMap(Cluster::termination).orElseThrow();
        assertThat(reason.code()).isEqualTo("DRIVER_UNREACHABLE");
        assertThat(reason.parameters().toString()).contains("another version of the platform", "protocol 1, not 2");
        world.nodes.driversSpeak(2);
        world.up().clusters.start(World.ANN, cluster);
        until(world, cluster, ClusterState.RUNNING);
    }

    @Test
    void a_cluster_whose_worker_fails_to_start_ends_with_a_typed_reason() {
        World world = new World(outside(), 1, ENDLESS);
        String cluster = create(world, 2);
        String starting = "select id from node where role = 'WORKER' and observed like '%RUNNING%'";
        while (world.texts(starting).isEmpty()) {
            world.step();
        }
        world.nodes.kill(world.texts(starting).get(0), 1);
        until(world, cluster, ClusterState.TERMINATED);
        TerminationReason reason =
                world.find(cluster).flatMap(Cluster::termination).orElseThrow();
        assertThat(reason.code()).isEqualTo("SPARK_STARTUP_FAILURE");
        assertThat(reason.type()).isEqualTo("SERVICE_FAULT");
        assertThat(reason.message()).isEqualTo("The Spark worker process ended with status 1 while it was starting.");
        assertThat(world.nodes.list()).isEmpty();
    }

    @Test
    void a_cluster_whose_spark_was_stopped_by_its_users_does_not_stay_running() {
        World world = new World(outside(), 1, ENDLESS);
        String cluster = create(world, 0);
        until(world, cluster, ClusterState.RUNNING);
        world.drivers.stopSpark();
        until(world, cluster, ClusterState.TERMINATED);
        TerminationReason reason =
                world.find(cluster).flatMap(Cluster::termination).orElseThrow();
        assertThat(reason.code()).isEqualTo("SPARK_ERROR");
        assertThat(reason.message()).contains("has stopped Spark");
        assertThat(world.nodes.list()).isEmpty();
    }

    @Test
    void tasks_on_a_job_cluster_that_dies_are_told_why() {
        play(10, this::toldWhy);
    }

    private void toldWhy(long seed) {
        World world = new World(outside(), seed, ENDLESS);
        List<TaskSpec> tasks = List.of(task("a"), task("b"));
        Run run = world.up()
                .runs
                .submit(
                        World.ANN,
                        JobWanted.of(Described.plainly(new JobSettings(
                                "j",
                                tasks,
                                Map.of("k", World.cluster("k", 0)),
                                Map.of(),
                                0,
                                1,
                                false,
                                Optional.empty()))),
                        Optional.empty());
        assertThat(world.liveUntil(() -> world.drivers.begun().size() == 2, Duration.ofMinutes(5)))
                .isTrue();
        world.nodes.list().forEach(node -> world.nodes.kill(node, 137));
        assertThat(world.liveUntil(
                        () -> world.count("select count(*) from run where ended_at = 0") == 0, Duration.ofMinutes(5)))
                .isTrue();
        List<TaskRun> ended = world.up().runs.get(World.ANN, run.id()).tasks();
        assertThat(ended).as(named(seed, world)).hasSize(2).allSatisfy(task -> {
            assertThat(task.state()).isEqualTo(RunState.INTERNAL_ERROR);
            assertThat(task.message()).contains("was terminated. Reason: DRIVER_UNREACHABLE (SERVICE_FAULT)");
        });
    }

    private static TaskSpec task(String key) {
        return new TaskSpec(
                key,
                List.of(),
                TaskSpec.RunIf.ALL_SUCCESS,
                new Compute.Shared("k"),
                new Work.NotebookTask("/n/1", Map.of()),
                List.of(),
                0,
                0,
                0,
                false);
    }
}
