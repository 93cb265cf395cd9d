package io.slipway.server;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.kit.Clock;
import io.slipway.kit.Closing;
import io.slipway.kit.Ids;
import io.slipway.kit.Loops;
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
import io.slipway.platform.compute.Clusters;
import io.slipway.platform.compute.ComputeRoom;
import io.slipway.platform.compute.Fleet;
import io.slipway.platform.compute.NodeTypes;
import io.slipway.platform.compute.RuntimeInstalls;
import io.slipway.platform.compute.SparkProcesses;
import io.slipway.platform.driver.DriverClient;
import io.slipway.platform.driver.HttpDriverClient;
import io.slipway.platform.identity.Access;
import io.slipway.platform.identity.BrowserSessions;
import io.slipway.platform.identity.Caller;
import io.slipway.platform.identity.Identities;
import io.slipway.platform.identity.SessionTokens;
import io.slipway.platform.job.JobRoom;
import io.slipway.platform.kernel.Contexts;
import io.slipway.platform.kernel.KernelRoom;
import io.slipway.platform.notebook.FullResults;
import io.slipway.platform.notebook.NotebookFeed;
import io.slipway.platform.notebook.NotebookRoom;
import io.slipway.platform.notebook.OpenSessions;
import io.slipway.platform.notebook.Suggestions;
import io.slipway.platform.storage.Dbfs;
import io.slipway.platform.workspace.Workspaces;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLines;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
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
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The whole platform, put together by hand: one line per part, closed in reverse. */
public final class Composition implements AutoCloseable {
    private static final Duration PURGE = Duration.ofHours(1);
    private static final Duration DROPPED_TABLES_KEPT = Duration.ofDays(7);
    /** How long a driver keeps a poll without news. */
    private static final Duration DRIVER_POLL = Duration.ofSeconds(30);

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
        ExecutorService background = pool("background", 2);

        Loops loops = closing.add(new Loops(clock, timer, ids, pool("loop", 32)));
        Base base = new Base(closing.add(Database.open(config.database())), new Facts(clock), clock, ids, loops);
        SessionTokens tokens = new SessionTokens(home.key(), clock);
        Access access = new Access();
        identities = new Identities(base);
        BrowserSessions sessions = new BrowserSessions(base);
        OpenSessions openNotebooks = new OpenSessions(base);
        Workspaces workspaces = new Workspaces(base, access, openNotebooks);
        Dbfs dbfs = new Dbfs(base, access, config.dbfsRoot());
        URI managed = config.managedRoot().toUri();
        Catalogs catalogs = new Catalogs(base, access, managed);
        Schemas schemas = new Schemas(base, access);
        Tables tables = new Tables(base, access, managed);
        workspaces.bootstrap();
        catalogs.bootstrap();

        NodeTypes nodeTypes = NodeTypes.bundled();
        RuntimeLines runtimes = RuntimeLines.bundled();
        RuntimeInstalls installs = new RuntimeInstalls(
                new RuntimeInstaller(config.home(), config.dist().resolve("delta"), config.python()), background);
        DriverClient client = new HttpDriverClient();
        String url = "http://127.0.0.1:" + config.port();
        LocalNodes nodes = new LocalNodes(
                config.nodesFolder(),
                config.logsFolder(),
                config.dist().resolve("agent.jar"),
                url,
                node -> Fleet.bootstrapToken(tokens, node),
                ids,
                LocalNodes.Machine.detect());
        SparkProcesses.Settings processes = new SparkProcesses.Settings(
                url, config.nodesFolder(), config.dist().resolve("driver.jar"), config.python(), config.dbfsRoot());
        ComputeRoom compute = new ComputeRoom(
                base,
                access,
                tokens,
                new ComputeRoom.Outside(
                        nodeTypes,
                        runtimes,
                        installs,
                        nodes,
                        client,
                        drivers -> new SparkProcesses(processes, runtimes, installs, nodeTypes, nodes, drivers)));
        KernelRoom kernel = new KernelRoom(
                base,
                access,
                tokens,
                compute,
                client,
                catalogs::catalogNames,
                DRIVER_POLL,
                closing(Executors.newCachedThreadPool(Threads.named("driver-news"))));
        WorkspaceSources sources = new WorkspaceSources(workspaces, dbfs);
        Clusters clusters = compute.clusters();
        Contexts contexts = kernel.contexts();
        JobRoom work = new JobRoom(base, access, identities, clusters, contexts, sources);
        NotebookRoom notebook = new NotebookRoom(base, workspaces, clusters, contexts, sources, openNotebooks);
        NotebookFeed feed = new NotebookFeed(base, timer, pool("notebook", 4));
        AgentHub hub = new AgentHub(compute.fleet(), timer);

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
        new JobRoutes(work.jobs(), work.runs(), clusters::check).add(api);
        new RunRoutes(work.jobs(), work.runs(), clusters::check, url + "/#").add(api);
        new RevisionRoutes(notebook.notebooks()).add(ui);
        new ResultRoutes(notebook.notebooks(), new FullResults(notebook.runs(), compute.drivers(), client, tokens))
                .add(ui);

        ClusterLogs logs = new ClusterLogs(clusters, new LocalLogs(config.nodesFolder(), config.logsFolder()));
        ChangeFeed changes = new ChangeFeed(base, timer, pool("changes", 1));
        new SessionRoutes(sessions, identities, holders::holder).add(ui);
        new EventRoutes(changes, credentials).add(ui);
        new SearchRoutes(workspaces, clusters, work.jobs(), work.runs(), tables).add(ui);
        new ObjectRoutes(workspaces).add(ui);
        new MachineRoutes(clusters, nodeTypes, nodes, logs, compute.metrics(), compute.sparkUi()).add(ui);
        new SparkUiProxy(compute.sparkUi()).add(ui);

        ServerBuilder builder = Server.builder()
                .localPort(config.port(), SessionProtocol.HTTP)
                .maxRequestLength(Engine.LONGEST_BODY)
                .requestTimeout(Duration.ofMinutes(2));
        if (config.plainPort() > 0 && Ports.canBind(config.plainPort())) {
            builder.port(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), config.plainPort()), SessionProtocol.HTTP);
        }
        Suggestions suggestions =
                new Suggestions(notebook.runs(), compute.drivers(), client, catalogs, schemas, tables);
        new NotebookSockets(notebook.notebooks(), notebook.runs(), suggestions, feed, credentials, ids, timer)
                .install(builder);
        new Engine(ids).install(builder, routes);
        new AppFiles().install(builder);
        server = builder.build();
        closing.add(() -> server.stop().join());
        server.start().join();

        closing.add(new CacheTraining(
                        installs,
                        config.dist().resolve("driver.jar"),
                        config.python(),
                        () -> !compute.busy() && !kernel.busy() && !work.busy(),
                        timer))
                .start();
        background.execute(compute::sweep);
        background.execute(() -> purge(timer, background, tables));
        loops.start();
    }

    /** Starts everything; returns when requests are answered. */
    public static Composition start(ServerConfig config) {
        return new Composition(config);
    }

    private static Optional<Caller> authenticate(Identities identities, SessionTokens tokens, String token) {
        return tokens.authenticate(token).flatMap(identities::caller).or(() -> identities.authenticate(token));
    }

    /** Files of dropped tables go a week later: until then an undrop by hand is possible. */
    private static void purge(Timer timer, Executor background, Tables tables) {
        tables.purgeDropped(DROPPED_TABLES_KEPT);
        timer.after(PURGE, () -> background.execute(() -> purge(timer, background, tables)));
    }

    private ExecutorService pool(String name, int threads) {
        return closing(Executors.newFixedThreadPool(threads, Threads.named(name)));
    }

    private ExecutorService closing(ExecutorService pool) {
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
