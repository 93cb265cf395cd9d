package io.slipway.server;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.kit.Clock;
import io.slipway.kit.Closing;
import io.slipway.kit.ControlLoop;
import io.slipway.kit.Ids;
import io.slipway.kit.Threads;
import io.slipway.kit.Timer;
import io.slipway.nodes.agent.AgentHub;
import io.slipway.nodes.local.LocalLogs;
import io.slipway.nodes.local.LocalNodes;
import io.slipway.platform.catalog.Catalogs;
import io.slipway.platform.catalog.Schemas;
import io.slipway.platform.catalog.Tables;
import io.slipway.platform.compute.CacheTraining;
import io.slipway.platform.compute.ClusterLogs;
import io.slipway.platform.compute.ClusterMetrics;
import io.slipway.platform.compute.ClusterReconciler;
import io.slipway.platform.compute.Clusters;
import io.slipway.platform.compute.Drivers;
import io.slipway.platform.compute.Fleet;
import io.slipway.platform.compute.Launching;
import io.slipway.platform.compute.NodeTypes;
import io.slipway.platform.compute.RuntimeInstalls;
import io.slipway.platform.compute.SparkProcesses;
import io.slipway.platform.compute.SparkUi;
import io.slipway.platform.compute.Stopping;
import io.slipway.platform.compute.Watching;
import io.slipway.platform.driver.DriverClient;
import io.slipway.platform.driver.HttpDriverClient;
import io.slipway.platform.identity.Access;
import io.slipway.platform.identity.BrowserSessions;
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
import io.slipway.platform.notebook.FullResults;
import io.slipway.platform.notebook.NotebookFeed;
import io.slipway.platform.notebook.NotebookReconciler;
import io.slipway.platform.notebook.NotebookRuns;
import io.slipway.platform.notebook.Notebooks;
import io.slipway.platform.notebook.OpenSessions;
import io.slipway.platform.notebook.SessionReader;
import io.slipway.platform.notebook.Suggestions;
import io.slipway.platform.storage.Dbfs;
import io.slipway.platform.workspace.Workspaces;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLines;
import io.slipway.store.Database;
import io.slipway.store.EventLog;
import io.slipway.wire.Credentials;
import io.slipway.wire.Engine;
import io.slipway.wire.Routes;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.TokenCredentials;
import io.slipway.wire.databricks.catalog.CatalogRoutes;
import io.slipway.wire.databricks.catalog.TableRoutes;
import io.slipway.wire.databricks.command.CommandRoutes;
import io.slipway.wire.databricks.compute.ClusterRoutes;
import io.slipway.wire.databricks.dbfs.DbfsRoutes;
import io.slipway.wire.databricks.identity.IdentityRoutes;
import io.slipway.wire.databricks.job.JobRoutes;
import io.slipway.wire.databricks.job.RunRoutes;
import io.slipway.wire.databricks.workspace.WorkspaceRoutes;
import io.slipway.wire.ui.AppFiles;
import io.slipway.wire.ui.ChangeFeed;
import io.slipway.wire.ui.EventRoutes;
import io.slipway.wire.ui.MachineRoutes;
import io.slipway.wire.ui.ObjectRoutes;
import io.slipway.wire.ui.SearchRoutes;
import io.slipway.wire.ui.SessionCredentials;
import io.slipway.wire.ui.SessionRoutes;
import io.slipway.wire.ui.SparkUiProxy;
import io.slipway.wire.ui.UiApi;
import io.slipway.wire.ui.notebook.NotebookSockets;
import io.slipway.wire.ui.notebook.ResultRoutes;
import io.slipway.wire.ui.notebook.RevisionRoutes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The whole platform, put together by hand: one line per part, closed in reverse. */
public final class Composition implements AutoCloseable {
    private static final Duration RESYNC = Duration.ofSeconds(30);
    private static final Duration PURGE = Duration.ofHours(1);
    private static final Duration DROPPED_TABLES_KEPT = Duration.ofDays(7);
    private static final String WORKSPACE_ID = "1001";

    private final Closing closing = new Closing();
    private final Server server;
    private final Identities identities;
    private final Routes routes;

    private Composition(ServerConfig config) {
        Clock clock = Clock.system();
        Ids ids = Ids.system(clock);
        Home home = new Home(config.home(), ids);
        Timer timer = closing.add(Timer.system("timer"));
        ExecutorService loops = pool("loop", 32);
        ExecutorService followers = pool("command", 64);
        ExecutorService background = pool("background", 2);

        Database database = closing.add(Database.open(config.database()));
        EventLog events = new EventLog(clock);
        SessionTokens tokens = new SessionTokens(home.key(), clock);
        Access access = new Access();
        identities = new Identities(database, events, clock, ids);
        BrowserSessions sessions = new BrowserSessions(database, events, clock, ids);
        // Rooms wake each other's loops and those who watch; both are made after the rooms.
        Wakes wakes = new Wakes();
        OpenSessions openNotebooks = new OpenSessions(clock, ids, wakes::notebookNews);
        Workspaces workspaces = new Workspaces(database, events, clock, ids, access, openNotebooks);
        Dbfs dbfs = new Dbfs(database, events, clock, ids, access, config.dbfsRoot());
        Catalogs catalogs = new Catalogs(
                database, events, clock, ids, access, config.managedRoot().toUri());
        Schemas schemas = new Schemas(database, events, clock, ids, access);
        Tables tables = new Tables(
                database, events, clock, ids, access, config.managedRoot().toUri());
        workspaces.bootstrap();
        catalogs.bootstrap();

        NodeTypes nodeTypes = NodeTypes.bundled();
        RuntimeLines runtimes = RuntimeLines.bundled();
        RuntimeInstalls installs = new RuntimeInstalls(
                new RuntimeInstaller(config.home(), config.dist().resolve("delta"), config.python()), background);
        Drivers drivers = new Drivers(database, tokens);
        DriverClient client = new HttpDriverClient();
        String url = "http://127.0.0.1:" + config.port();

        Clusters clusters = new Clusters(database, events, clock, ids, access, nodeTypes, runtimes, wakes::cluster);
        LocalNodes nodes = new LocalNodes(
                config.nodesFolder(),
                config.logsFolder(),
                config.dist().resolve("agent.jar"),
                url,
                node -> Fleet.bootstrapToken(tokens, node),
                ids,
                LocalNodes.Machine.detect());
        SparkProcesses processes = new SparkProcesses(
                new SparkProcesses.Settings(
                        url,
                        config.nodesFolder(),
                        config.dist().resolve("driver.jar"),
                        config.python(),
                        config.dbfsRoot()),
                runtimes,
                installs,
                nodeTypes,
                nodes,
                drivers);
        Fleet fleet = new Fleet(database, clock, tokens, processes, wakes::cluster);
        AgentHub hub = new AgentHub(fleet, timer);
        Contexts contexts = new Contexts(
                database, clock, ids, access, clusters, drivers, wakes::context, wakes::command, wakes::commandEnded);
        Jobs jobs = new Jobs(database, events, clock, ids, access, wakes::job);
        Notebooks notebooks = new Notebooks(database, clock, workspaces, contexts, openNotebooks);
        NotebookRuns notebookRuns = new NotebookRuns(
                database, events, clock, workspaces, contexts, openNotebooks, wakes::notebookNews, wakes::notebook);
        NotebookFeed feed = new NotebookFeed(new SessionReader(database), clock, timer, pool("notebook", 4));
        Runs runs = new Runs(database, events, clock, ids, access, contexts, wakes::run);
        TaskClusters taskClusters = new TaskClusters(clusters, contexts);

        Launching launching = new Launching(
                database, events, clock, ids, runtimes, installs, nodeTypes, nodes, wakes::clusterRunning);
        Watching watching = new Watching(database, events, clock, nodeTypes, nodes, drivers, client, launching);
        Stopping stopping = new Stopping(database, clock, nodes, wakes::clusterEnded);
        ClusterReconciler clusterSteps = new ClusterReconciler(database, launching, watching, stopping);
        ContextReconciler contextSteps =
                new ContextReconciler(database, drivers, client, tokens, catalogs::catalogNames, wakes::command);
        CommandReconciler commandSteps = new CommandReconciler(
                database,
                clock,
                drivers,
                client,
                tokens,
                catalogs::catalogNames,
                wakes::commandMoved,
                wakes::commandEnded);
        WorkspaceSources sources = new WorkspaceSources(workspaces, dbfs);
        TaskReconciler taskSteps =
                new TaskReconciler(database, clock, taskClusters, contexts, new TaskPlan(sources), wakes::run);
        NotebookReconciler notebookSteps = new NotebookReconciler(
                database,
                clock,
                workspaces,
                clusters,
                contexts,
                new CellCommands(sources),
                openNotebooks,
                wakes::notebookNews);
        RunReconciler runSteps =
                new RunReconciler(database, events, clock, ids, taskClusters, wakes::task, wakes::runEnded);

        ScheduleReconciler scheduleSteps = new ScheduleReconciler(database, events, clock, identities, runs);

        wakes.install(
                closing.add(new ControlLoop<>("cluster", hub.pokedAfter(clusterSteps), loops, timer, ids)),
                closing.add(new ControlLoop<>("context", contextSteps, loops, timer, ids)),
                closing.add(new ControlLoop<>("command", commandSteps, followers, timer, ids)),
                closing.add(new ControlLoop<>("run", runSteps, loops, timer, ids)),
                closing.add(new ControlLoop<>("task", taskSteps, loops, timer, ids)),
                closing.add(new ControlLoop<>("schedule", scheduleSteps, loops, timer, ids)),
                closing.add(new ControlLoop<>("notebook", notebookSteps, loops, timer, ids)),
                contextSteps,
                taskSteps,
                notebookSteps);
        wakes.watch(feed);

        routes = new Routes();
        TokenCredentials holders = new TokenCredentials(token -> authenticate(identities, tokens, token));
        Credentials credentials = new SessionCredentials(sessions::authenticate, holders);
        DatabricksApi api = new DatabricksApi(routes, credentials, WORKSPACE_ID);
        UiApi ui = new UiApi(routes, credentials);
        api.ground();
        ui.ground();
        hub.add(routes);
        new IdentityRoutes(identities, WORKSPACE_ID, home.accountId()).add(api);
        new ClusterRoutes(clusters, nodeTypes, runtimes).add(api);
        new WorkspaceRoutes(workspaces).add(api);
        new DbfsRoutes(dbfs).add(api);
        new CatalogRoutes(catalogs, schemas, WORKSPACE_ID).add(api);
        new TableRoutes(catalogs, tables).add(api);
        new CommandRoutes(contexts).add(api);
        new JobRoutes(jobs, runs, clusters::check).add(api);
        new RunRoutes(jobs, runs, clusters::check, url + "/#").add(api);
        new RevisionRoutes(notebooks).add(ui);
        new ResultRoutes(notebooks, new FullResults(notebookRuns, drivers, client, tokens)).add(ui);

        SparkUi sparkUi = new SparkUi(clusters, drivers, tokens);
        ClusterLogs logs = new ClusterLogs(clusters, new LocalLogs(config.nodesFolder(), config.logsFolder()));
        ClusterMetrics metrics = new ClusterMetrics(database, clock, clusters);
        ChangeFeed changes = new ChangeFeed(database, events, timer, pool("changes", 1));
        new SessionRoutes(sessions, identities, holders::holder).add(ui);
        new EventRoutes(changes, credentials).add(ui);
        new SearchRoutes(workspaces, clusters, jobs, runs, catalogs, tables).add(ui);
        new ObjectRoutes(workspaces).add(ui);
        new MachineRoutes(clusters, nodeTypes, nodes, logs, metrics, sparkUi).add(ui);
        new SparkUiProxy(sparkUi).add(ui);

        ServerBuilder builder = Server.builder()
                .localPort(config.port(), SessionProtocol.HTTP)
                .maxRequestLength(Engine.LONGEST_BODY)
                .requestTimeout(Duration.ofMinutes(2));
        if (config.plainPort() > 0 && Ports.canBind(config.plainPort())) {
            builder.port(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), config.plainPort()), SessionProtocol.HTTP);
        }
        Suggestions suggestions = new Suggestions(notebookRuns, drivers, client, catalogs, schemas, tables);
        new NotebookSockets(notebooks, notebookRuns, suggestions, feed, credentials, ids, timer).install(builder);
        new Engine(ids).install(builder, routes);
        new AppFiles().install(builder);
        server = builder.build();
        closing.add(() -> server.stop().join());
        server.start().join();

        closing.add(new CacheTraining(
                        installs,
                        config.dist().resolve("driver.jar"),
                        config.python(),
                        () -> !clusterSteps.busy()
                                && commandSteps.unfinished().isEmpty()
                                && runSteps.unfinished().isEmpty(),
                        timer))
                .start();
        background.execute(stopping::sweep);
        background.execute(() -> purge(timer, background, tables));
        wakes.resync(
                clusterSteps, contextSteps, commandSteps, runSteps, taskSteps, scheduleSteps, notebookSteps, RESYNC);
    }

    /** Starts everything; returns when requests are answered. */
    public static Composition start(ServerConfig config) {
        return new Composition(config);
    }

    private static Optional<Caller> authenticate(Identities identities, SessionTokens tokens, String token) {
        return tokens.authenticate(token).or(() -> identities.authenticate(token));
    }

    /** Files of dropped tables go a week later: until then an undrop by hand is possible. */
    private static void purge(Timer timer, Executor background, Tables tables) {
        tables.purgeDropped(DROPPED_TABLES_KEPT);
        timer.after(PURGE, () -> background.execute(() -> purge(timer, background, tables)));
    }

    private ExecutorService pool(String name, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, Threads.named(name));
        closing.add(pool::shutdownNow);
        return pool;
    }

    public Identities identities() {
        return identities;
    }

    /** What the server answers to. */
    Routes routes() {
        return routes;
    }

    public int port() {
        return server.activeLocalPort();
    }

    @Override
    public void close() {
        closing.close();
    }
}
