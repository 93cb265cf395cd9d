package io.slipway.server;

import io.slipway.kit.ControlLoop;
import io.slipway.kit.Ids;
import io.slipway.kit.Outcome;
import io.slipway.platform.compute.ClusterReconciler;
import io.slipway.platform.compute.Clusters;
import io.slipway.platform.compute.DriverStatuses;
import io.slipway.platform.compute.Drivers;
import io.slipway.platform.compute.Fleet;
import io.slipway.platform.compute.Launching;
import io.slipway.platform.compute.Node;
import io.slipway.platform.compute.NodeTypes;
import io.slipway.platform.compute.ProcessPlanner;
import io.slipway.platform.compute.Stopping;
import io.slipway.platform.compute.WantedProcess;
import io.slipway.platform.compute.Watching;
import io.slipway.platform.identity.Access;
import io.slipway.platform.identity.Caller;
import io.slipway.platform.identity.Identities;
import io.slipway.platform.identity.SessionTokens;
import io.slipway.platform.job.Jobs;
import io.slipway.platform.job.RunReconciler;
import io.slipway.platform.job.Runs;
import io.slipway.platform.job.ScheduleReconciler;
import io.slipway.platform.job.TaskClusters;
import io.slipway.platform.job.TaskPlan;
import io.slipway.platform.job.TaskReconciler;
import io.slipway.platform.kernel.CellCommands;
import io.slipway.platform.kernel.CommandReconciler;
import io.slipway.platform.kernel.ContextReconciler;
import io.slipway.platform.kernel.Contexts;
import io.slipway.platform.kernel.DriverNews;
import io.slipway.platform.notebook.NotebookReconciler;
import io.slipway.platform.notebook.NotebookRuns;
import io.slipway.platform.notebook.Notebooks;
import io.slipway.platform.notebook.OpenSessions;
import io.slipway.platform.notebook.SessionReader;
import io.slipway.platform.testing.FakeClock;
import io.slipway.platform.testing.FakeTimer;
import io.slipway.platform.workspace.Cell;
import io.slipway.platform.workspace.Language;
import io.slipway.platform.workspace.Notebook;
import io.slipway.platform.workspace.Workspaces;
import io.slipway.runtime.RuntimeLines;
import io.slipway.store.Database;
import io.slipway.store.EventLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One life of the server in a {@link World}: what the composition builds, with loops and clock of the world. */
final class ServerLife {
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
    final List<ControlLoop<?>> loops = new ArrayList<>();

    ServerLife(World world) {
        FakeClock clock = world.clock;
        Database database = world.database;
        timer = new FakeTimer(clock);
        Ids ids = world.ids;
        EventLog events = new EventLog(clock);
        SessionTokens tokens = new SessionTokens(new byte[32], clock);
        Access access = new Access();
        NodeTypes nodeTypes = world.outside.nodeTypes();
        RuntimeLines runtimes = world.outside.runtimes();
        Drivers drivers = new Drivers(database, tokens);
        Wakes wakes = new Wakes();
        clusters =
                new Clusters(database, events, clock, ids, access, nodeTypes, runtimes, world.signal(wakes::cluster));
        fleet = new Fleet(database, clock, tokens, planner(), world.signal(wakes::cluster));
        contexts = new Contexts(
                database,
                clock,
                ids,
                access,
                clusters,
                drivers,
                world.signal(wakes::context),
                world.signal(wakes::command),
                world.signal(wakes::commandEnded));
        jobs = new Jobs(database, events, clock, ids, access, world.longSignal(wakes::job));
        runs = new Runs(database, events, clock, ids, access, contexts, world.longSignal(wakes::run));
        TaskClusters taskClusters = new TaskClusters(clusters, contexts);
        Launching launching = new Launching(
                database,
                events,
                clock,
                ids,
                runtimes,
                world.outside.installs(),
                nodeTypes,
                world.nodes,
                world.signal(wakes::clusterRunning));
        DriverStatuses statuses = new DriverStatuses(clock);
        Watching watching = new Watching(
                database, events, clock, nodeTypes, world.nodes, drivers, world.drivers, statuses, launching);
        Stopping stopping = new Stopping(database, clock, world.nodes, world.signal(wakes::clusterEnded));
        ClusterReconciler clusterSteps = new ClusterReconciler(database, launching, watching, stopping);
        ContextReconciler contextSteps = new ContextReconciler(
                database, drivers, world.drivers, tokens, () -> List.of("main"), world.signal(wakes::command));
        CommandReconciler commandSteps = new CommandReconciler(
                database,
                clock,
                drivers,
                world.drivers,
                tokens,
                () -> List.of("main"),
                world.signal(wakes::commandEnded));
        DriverNews newsSteps = new DriverNews(
                database,
                clock,
                drivers,
                world.drivers,
                statuses,
                Duration.ofSeconds(2),
                world.signal(wakes::cluster),
                world.signal(wakes::command),
                world.signal(wakes::commandMoved),
                world.signal(wakes::commandEnded));
        TaskReconciler taskSteps = new TaskReconciler(
                database, clock, taskClusters, contexts, new TaskPlan(sources()), world.longSignal(wakes::run));
        RunReconciler runSteps = new RunReconciler(
                database,
                events,
                clock,
                ids,
                taskClusters,
                world.longSignal(wakes::task),
                world.longSignal(wakes::runEnded));
        ScheduleReconciler scheduleSteps =
                new ScheduleReconciler(database, events, clock, new Identities(database, events, clock, ids), runs);
        OpenSessions open = new OpenSessions(clock, ids, wakes::notebookNews);
        workspaces = new Workspaces(database, events, clock, ids, access, open);
        notebooks = new Notebooks(database, clock, workspaces, contexts, open);
        notebookRuns = new NotebookRuns(
                database,
                events,
                clock,
                workspaces,
                contexts,
                open,
                wakes::notebookNews,
                world.longSignal(wakes::notebook));
        reader = new SessionReader(database);
        NotebookReconciler notebookSteps = new NotebookReconciler(
                database,
                clock,
                workspaces,
                clusters,
                contexts,
                new CellCommands(sources()),
                open,
                wakes::notebookNews);
        ControlLoop.Reconciler<String> poked = id -> {
            Outcome outcome = clusterSteps.reconcile(id);
            if (outcome.equals(Outcome.again(Duration.ZERO))) {
                // Something was changed.
                world.nodes.poke(id);
            }
            return outcome;
        };
        wakes.install(
                loop(world, "cluster", poked),
                loop(world, "context", contextSteps),
                loop(world, "command", commandSteps),
                loop(world, "news", newsSteps),
                loop(world, "run", runSteps),
                loop(world, "task", taskSteps),
                loop(world, "schedule", scheduleSteps),
                loop(world, "notebook", notebookSteps),
                contextSteps,
                taskSteps,
                notebookSteps);
        stopping.sweep();
        wakes.resync(
                clusterSteps,
                contextSteps,
                commandSteps,
                newsSteps,
                runSteps,
                taskSteps,
                scheduleSteps,
                notebookSteps,
                World.RESYNC);
    }

    private <K> ControlLoop<K> loop(World world, String name, ControlLoop.Reconciler<K> steps) {
        ControlLoop<K> loop = new ControlLoop<>(name, world.judged(name, steps), world.threads, timer, world.ids);
        loops.add(loop);
        return loop;
    }

    void end() {
        loops.forEach(ControlLoop::close);
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

    /** Notebooks whose path ends with the number of their cells. */
    private static TaskPlan.Sources sources() {
        return new TaskPlan.Sources() {
            @Override
            public Notebook notebook(Caller caller, String path) {
                int cells = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
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
