package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Described;
import io.slipway.work.job.Compute;
import io.slipway.work.job.JobSettings;
import io.slipway.work.job.JobWanted;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunState;
import io.slipway.work.job.TaskSpec;
import io.slipway.work.job.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What does not happen while nothing happens. */
class CalmTest extends Simulation {
    private static final FakeDrivers.Script TWO_HOURS =
            (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofHours(2));

    private World running(int workers) {
        World world = new World(outside(), 1, TWO_HOURS);
        String cluster = world.up()
                .clusters
                .create(
                        World.ANN,
                        Described.plainly(World.cluster("c", workers)),
                        "API",
                        Optional.empty(),
                        Optional.empty())
                .id();
        assertThat(world.liveUntil(
                        () -> world.find(cluster)
                                .filter(found -> found.state() == ClusterState.RUNNING)
                                .isPresent(),
                        Duration.ofMinutes(5)))
                .isTrue();
        return world;
    }

    private static String cluster(World world) {
        return world.texts("select id from cluster").get(0);
    }

    private static ClusterState state(World world) {
        return world.find(cluster(world)).orElseThrow().state();
    }

    @Test
    void an_idle_cluster_costs_at_most_one_pass_of_each_key_in_half_a_minute() {
        World world = running(2);
        world.live(Duration.ofMinutes(2));
        Map<String, Integer> before = new TreeMap<>(world.passes());
        world.live(Duration.ofHours(1));
        world.passes().forEach((key, count) -> {
            // A poll of a driver that is held is one pass, for as long as the driver holds it.
            if (!key.startsWith("news ")) {
                assertThat(count - before.getOrDefault(key, 0)).as(key).isLessThanOrEqualTo(121);
            }
        });
        assertThat(world.defects()).isEmpty();
    }

    @Test
    void a_clock_that_jumps_by_a_day_ends_neither_a_cluster_nor_a_run_with_a_time_limit() {
        play(2, seed -> {
            long days = seed % 2 == 0 ? 1 : -1;
            World world = running(1);
            Run run = world.up()
                    .runs
                    .submit(
                            World.ANN,
                            JobWanted.of(Described.plainly(limited(cluster(world), Duration.ofHours(3)))),
                            Optional.empty());
            world.live(Duration.ofMinutes(2));
            world.clock.jump(Duration.ofDays(days));
            world.live(Duration.ofMinutes(20));
            assertThat(state(world)).as("after %s days", days).isEqualTo(ClusterState.RUNNING);
            assertThat(world.find(cluster(world)).orElseThrow().launch()).isEqualTo(1);
            assertThat(world.liveUntil(
                            () -> world.up().runs.get(World.ANN, run.id()).run().state() == RunState.TERMINATED,
                            Duration.ofHours(3)))
                    .isTrue();
            assertThat(world.up().runs.get(World.ANN, run.id()).tasks().get(0).succeeded())
                    .isTrue();
            assertThat(world.defects()).isEmpty();
        });
    }

    private static JobSettings limited(String cluster, Duration limit) {
        TaskSpec task = new TaskSpec(
                "a",
                List.of(),
                TaskSpec.RunIf.ALL_SUCCESS,
                new Compute.Existing(cluster),
                new Work.PythonFile("/x.py", List.of()),
                List.of(),
                (int) limit.toSeconds(),
                0,
                0,
                false);
        return new JobSettings(
                "j", List.of(task), Map.of(), Map.of(), (int) limit.toSeconds(), 1, false, Optional.empty());
    }
}
