package io.slipway.server;

import io.slipway.catalog.CatalogArea;
import io.slipway.content.ContentArea;
import io.slipway.content.notebook.DocumentReader;
import io.slipway.content.notebook.NotebookRuns;
import io.slipway.content.notebook.Notebooks;
import io.slipway.content.notebook.Sources;
import io.slipway.content.tree.Cell;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.Notebook;
import io.slipway.content.tree.Tree;
import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.kit.Loops;
import io.slipway.kit.testing.FakeTimer;
import io.slipway.spark.SparkArea;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.ComputeRoom;
import io.slipway.spark.compute.Fleet;
import io.slipway.spark.compute.Node;
import io.slipway.spark.compute.ProcessPlanner;
import io.slipway.spark.compute.WantedProcess;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.KernelRoom;
import io.slipway.store.Base;
import io.slipway.store.Facts;
import io.slipway.work.WorkArea;
import io.slipway.work.job.Jobs;
import io.slipway.work.job.Runs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One life of the server in a {@link World}: the areas of the real server on a base of the world's making. */
final class ServerLife {
    final Base base;
    final Fleet fleet;
    final Clusters clusters;
    final Contexts contexts;
    final Jobs jobs;
    final Runs runs;
    final Tree tree;
    final Notebooks notebooks;
    final NotebookRuns notebookRuns;
    final DocumentReader reader;
    final FakeTimer timer;
    final Loops loops;

    ServerLife(World world) {
        timer = new FakeTimer(world.clock);
        loops = new Loops(world.clock, timer, world.ids, world::submit, world::judge);
        base = new Base(world.database, new Facts(world.clock), world.clock, world.ids, loops);
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        CatalogArea catalog =
                new CatalogArea(base, identity, world.outside.dbfs().toUri(), world.outside.dbfs());
        catalog.catalogs().bootstrap();
        SparkArea spark = new SparkArea(
                base,
                identity,
                new ComputeRoom.Outside(
                        world.outside.nodeTypes(),
                        world.outside.runtimes(),
                        world.outside.installs(),
                        world.nodes,
                        world.drivers,
                        arn -> false,
                        drivers -> planner()),
                new KernelRoom.Following(Duration.ofSeconds(2), world::submit),
                catalog.catalogs()::catalogNames);
        clusters = spark.clusters();
        fleet = spark.fleet();
        fleet.onReplanned(world.nodes::poke);
        contexts = spark.contexts();
        ContentArea content = new ContentArea(
                base,
                identity,
                catalog,
                spark,
                new ContentArea.Folders(id -> world.outside.dbfs(), world.outside.tree(), false));
        tree = content.tree();
        notebooks = content.notebooks();
        notebookRuns = content.notebookRuns();
        WorkArea work = new WorkArea(base, identity, spark, sources(), "http://127.0.0.1:1");
        jobs = work.jobs();
        runs = work.runs();
        reader = new DocumentReader(world.database);
        spark.sweep();
        loops.start();
    }

    void end() {
        loops.close();
        timer.close();
    }

    private static ProcessPlanner planner() {
        return (cluster, node, nodesOfCluster) -> {
            boolean driverKnown = nodesOfCluster.stream()
                    .anyMatch(other -> other.role() == Node.Role.DRIVER
                            && other.launch() == cluster.launch()
                            && !other.address().isEmpty());
            if (cluster.plan().isEmpty() || node.address().isEmpty() || !driverKnown) {
                return Optional.empty();
            }
            String name = node.mainProcess();
            return Optional.of(new WantedProcess(
                    name,
                    cluster.launch(),
                    List.of(name),
                    Map.of(),
                    name,
                    List.of(),
                    "stdout",
                    "stderr",
                    1000,
                    Optional.empty()));
        };
    }

    /** Notebooks whose path ends with the number of their cells; others have one. */
    private static Sources sources() {
        return new Sources() {
            @Override
            public Notebook notebook(Caller caller, String path) {
                String last = path.substring(path.lastIndexOf('/') + 1);
                int cells = last.matches("[0-9]+") ? Integer.parseInt(last) : 1;
                return new Notebook(
                        Language.PYTHON,
                        IntStream.range(0, cells)
                                .mapToObj(i -> new Cell("cell " + i, "", false, false, ""))
                                .toList());
            }

            @Override
            public byte[] file(Caller caller, String path) {
                return path.getBytes(StandardCharsets.UTF_8);
            }
        };
    }
}
