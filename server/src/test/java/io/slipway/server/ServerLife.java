package io.slipway.server;

import io.slipway.kit.Loops;
import io.slipway.platform.compute.Clusters;
import io.slipway.platform.compute.ComputeRoom;
import io.slipway.platform.compute.Fleet;
import io.slipway.platform.compute.Node;
import io.slipway.platform.compute.ProcessPlanner;
import io.slipway.platform.compute.WantedProcess;
import io.slipway.platform.identity.Access;
import io.slipway.platform.identity.Caller;
import io.slipway.platform.identity.Identities;
import io.slipway.platform.identity.SessionTokens;
import io.slipway.platform.job.JobRoom;
import io.slipway.platform.job.Jobs;
import io.slipway.platform.job.Runs;
import io.slipway.platform.job.TaskPlan;
import io.slipway.platform.kernel.Contexts;
import io.slipway.platform.kernel.KernelRoom;
import io.slipway.platform.notebook.NotebookRoom;
import io.slipway.platform.notebook.NotebookRuns;
import io.slipway.platform.notebook.Notebooks;
import io.slipway.platform.notebook.OpenSessions;
import io.slipway.platform.notebook.SessionReader;
import io.slipway.platform.testing.FakeTimer;
import io.slipway.platform.workspace.Cell;
import io.slipway.platform.workspace.Language;
import io.slipway.platform.workspace.Notebook;
import io.slipway.platform.workspace.Workspaces;
import io.slipway.store.Base;
import io.slipway.store.Facts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One life of the server in a {@link World}: the rooms of the real server on a base of the world's making. */
final class ServerLife {
    final Base base;
    final Fleet fleet;
    final Clusters clusters;
    final Contexts contexts;
    final Jobs jobs;
    final Runs runs;
    final Workspaces workspaces;
    final Notebooks notebooks;
    final NotebookRuns notebookRuns;
    final SessionReader reader;
    final FakeTimer timer;
    final Loops loops;

    ServerLife(World world) {
        timer = new FakeTimer(world.clock);
        loops = new Loops(world.clock, timer, world.ids, world::submit, world::judge);
        base = new Base(world.database, new Facts(world.clock), world.clock, world.ids, loops);
        SessionTokens tokens = new SessionTokens(new byte[32], world.clock);
        Access access = new Access();
        OpenSessions open = new OpenSessions(base);
        workspaces = new Workspaces(base, access, open);
        ComputeRoom compute = new ComputeRoom(
                base,
                access,
                tokens,
                new ComputeRoom.Outside(
                        world.outside.nodeTypes(),
                        world.outside.runtimes(),
                        world.outside.installs(),
                        world.nodes,
                        world.drivers,
                        drivers -> planner()));
        clusters = compute.clusters();
        fleet = compute.fleet();
        fleet.onReplanned(world.nodes::poke);
        KernelRoom kernel = new KernelRoom(
                base,
                access,
                tokens,
                compute,
                world.drivers,
                () -> List.of("main"),
                Duration.ofSeconds(2),
                world::submit);
        contexts = kernel.contexts();
        JobRoom work = new JobRoom(base, access, new Identities(base), clusters, contexts, sources());
        jobs = work.jobs();
        runs = work.runs();
        NotebookRoom notebook = new NotebookRoom(base, workspaces, clusters, contexts, sources(), open);
        notebooks = notebook.notebooks();
        notebookRuns = notebook.runs();
        reader = new SessionReader(world.database);
        compute.sweep();
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
                    name, cluster.launch(), List.of(name), Map.of(), name, List.of(), "stdout", "stderr", 1000));
        };
    }

    /** Notebooks whose path ends with the number of their cells; others have one. */
    private static TaskPlan.Sources sources() {
        return new TaskPlan.Sources() {
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
