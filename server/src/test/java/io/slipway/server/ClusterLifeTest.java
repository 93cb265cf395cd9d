package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.Caller;
import io.slipway.kit.PageWanted;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterFact;
import io.slipway.spark.compute.ClusterFilter;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Node;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Described;
import io.slipway.store.FactFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Clusters under random users, failing machines and a dying server. */
class ClusterLifeTest extends Simulation {
    private static final FakeDrivers.Script NOTHING_TO_RUN =
            (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofSeconds(1));

    @Test
    void whatever_happens_clusters_settle_and_leave_nothing_behind() {
        play(40, this::history);
    }

    private void history(long seed) {
        World world = new World(outside(), seed, NOTHING_TO_RUN);

        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1 + world.random.nextInt(3); i++) {
            create(world, ids);
        }
        world.chaos(World.Mood.HARSH, () -> user(world, ids));
        world.often(10, () -> user(world, ids));
        world.often(20, () -> mishap(world));
        world.live(Duration.ofSeconds(40 + world.random.nextInt(50)));
        world.calm();
        world.drivers.backlog(0);
        boolean settled = world.liveUntil(() -> settled(world), Duration.ofMinutes(40));
        assertThat(world.defects()).as(named(seed, world)).isEmpty();
        assertThat(settled)
                .as("clusters settle: %s %s %s", states(world), world.nodes.list(), named(seed, world))
                .isTrue();
        // Not those of the book: the server may have died between making one and saying so.
        clusters(world).forEach(each -> world.up().clusters.terminate(World.ADMIN, each.id()));
        world.liveUntil(
                () -> world.count("select count(*) from cluster where state <> 'TERMINATED'") == 0,
                Duration.ofMinutes(20));
        assertThat(world.defects()).as(named(seed, world)).isEmpty();
        assertThat(states(world)).as(named(seed, world)).allMatch(state -> state.endsWith("TERMINATED"));
        assertThat(world.nodes.list())
                .as("machines left; " + named(seed, world))
                .isEmpty();
        assertThat(world.count("select count(*) from node")).as("rows left").isZero();
        assertThat(world.count("select count(*) from cluster where forgotten = 1"))
                .as("clusters that were deleted for good are gone; " + named(seed, world))
                .isZero();
        obeyed(world, seed);
        for (String id : world.texts("select id from cluster")) {
            toldInOrder(world, seed, id);
        }
    }

    private static List<String> states(World world) {
        return world.texts("select id || ' ' || state from cluster");
    }

    private static void create(World world, List<String> ids) {
        Caller caller = world.any(List.of(World.ADMIN, World.ANN, World.BOB));
        int workers = world.random.nextInt(4);
        world.ask(
                "create with " + workers + " workers",
                () -> ids.add(world.up()
                        .clusters
                        .create(
                                caller,
                                Described.plainly(
                                        world.chance(0.25)
                                                ? World.autoscaling("auto", 1, 3)
                                                : World.cluster("fixed", workers)),
                                "API",
                                Optional.empty(),
                                Optional.empty())
                        .id()));
    }

    private static void user(World world, List<String> ids) {
        if (world.platform().isEmpty()) {
            return;
        }
        if (ids.isEmpty() || (ids.size() < 4 && world.chance(0.1))) {
            create(world, ids);
            return;
        }
        String id = world.any(ids);
        Caller caller = world.any(List.of(World.ADMIN, World.ADMIN, World.ANN, World.BOB));
        Clusters clusters = world.up().clusters;
        int workers = world.random.nextInt(4);
        switch (world.random.nextInt(9)) {
            case 0, 1 -> world.ask("start " + id, () -> clusters.start(caller, id));
            case 2 -> world.ask("restart " + id, () -> clusters.restart(caller, id));
            case 3 -> world.ask("terminate " + id, () -> clusters.terminate(caller, id));
            case 4 ->
                world.ask(
                        "resize " + id + " to " + workers,
                        () -> clusters.resize(caller, id, Optional.of(workers), Optional.empty()));
            case 5 ->
                world.ask(
                        "edit " + id,
                        () -> clusters.edit(caller, id, Described.plainly(World.cluster("edited", workers))));
            case 6 -> world.ask("pin " + id, () -> clusters.pin(caller, id, world.chance(0.3)));
            case 7 -> {
                if (world.chance(0.3)) {
                    world.ask("delete " + id + " for good", () -> clusters.deleteForGood(caller, id));
                }
            }
            default -> world.drivers.backlog(world.random.nextInt(10));
        }
    }

    private static void mishap(World world) {
        if (world.nodes.list().isEmpty()) {
            return;
        }
        String node = world.any(world.nodes.list());
        switch (world.random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> {
                world.tell("the process of " + node + " dies");
                world.nodes.kill(node, 137);
            }
            case 5, 6 -> {
                world.tell("the agent of " + node + " dies");
                world.nodes.killAgent(node);
            }
            case 7, 8, 9 -> {
                world.tell("the agent of " + node + " is silent for a moment");
                world.nodes.silence(node, world.seconds(60));
            }
            case 10 -> {
                world.tell("the agent of " + node + " is silent for long");
                world.nodes.silence(node, Duration.ofMinutes(8));
            }
            default -> {
                world.tell("node " + node + " is lost");
                world.nodes.lose(node);
            }
        }
    }

    private static List<Cluster> clusters(World world) {
        return world.up()
                .clusters
                .list(World.ADMIN, ClusterFilter.ALL, ClusterFilter.Sort.NEWEST, PageWanted.ALL)
                .map(Clusters.Details::cluster)
                .items();
    }

    /** Up with all workers, or at rest; machines and rows are the same. */
    private static boolean settled(World world) {
        List<Cluster> clusters = clusters(world);
        if (world.count("select count(*) from cluster where state not in ('RUNNING', 'TERMINATED')") > 0
                || world.count("select count(*) from cluster where forgotten = 1") > 0) {
            return false;
        }
        TreeSet<String> rows = new TreeSet<>(world.texts("select id from node"));
        if (!rows.equals(new TreeSet<>(world.nodes.list()))) {
            return false;
        }
        for (Cluster cluster : clusters) {
            List<Node> nodes = world.up().clusters.nodes(World.ADMIN, cluster.id());
            if (cluster.state() == ClusterState.TERMINATED) {
                if (!nodes.isEmpty()) {
                    return false;
                }
            } else {
                boolean ready = nodes.stream()
                        .allMatch(node -> node.launch() == cluster.launch()
                                && node.state() == Node.State.UP
                                && node.process(node.mainProcess(), cluster.launch())
                                        .filter(process -> !process.exited()
                                                && process.ready().isPresent())
                                        .isPresent());
                boolean driver = world.nodes.liveDrivers(cluster.id()) == 1;
                if (!ready || !driver || nodes.size() != 1 + cluster.targetWorkers()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The events that go with moves come in the order of the moves, and none is missing. */
    private static void toldInOrder(World world, long seed, String id) {
        List<Clusters.Happened> events = world.up()
                .clusters
                .events(World.ADMIN, id, FactFilter.ALL, true, PageWanted.ALL)
                .page()
                .items();
        List<String> told = new ArrayList<>();
        for (Clusters.Happened each : events) {
            if (each.event() instanceof ClusterFact.Running
                    || each.event() instanceof ClusterFact.Restarting
                    || each.event() instanceof ClusterFact.Terminating
                    || each.event() instanceof ClusterFact.UpsizeCompleted) {
                told.add(each.event().type());
            }
        }
        List<String> moved = new ArrayList<>();
        for (String move : world.moves("cluster").getOrDefault(id, List.of())) {
            switch (move) {
                case "PENDING>RUNNING", "RESTARTING>RUNNING" -> moved.add("RUNNING");
                case "RESIZING>RUNNING" -> moved.add("UPSIZE_COMPLETED");
                default -> {
                    if (move.endsWith(">RESTARTING")) {
                        moved.add("RESTARTING");
                    } else if (move.endsWith(">TERMINATING")) {
                        moved.add("TERMINATING");
                    }
                }
            }
        }
        assertThat(told).as("events of %s; %s", id, named(seed, world)).isEqualTo(moved);
        assertThat(events.get(0).event()).isInstanceOf(ClusterFact.Creating.class);
        assertThat(events.stream().map(Clusters.Happened::at).toList()).isSorted();
    }
}
