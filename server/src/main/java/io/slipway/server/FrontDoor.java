package io.slipway.server;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.catalog.CatalogArea;
import io.slipway.content.ContentArea;
import io.slipway.content.notebook.NotebookFeed;
import io.slipway.content.tree.ObjectType;
import io.slipway.content.tree.Tree;
import io.slipway.identity.BrowserSessions;
import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.SignIn;
import io.slipway.identity.audit.AuditRoom;
import io.slipway.identity.oauth.OauthRoom;
import io.slipway.identity.oidc.OidcRoom;
import io.slipway.identity.secret.SecretRoom;
import io.slipway.identity.setting.SettingRoom;
import io.slipway.identity.workspace.WorkspaceRoom;
import io.slipway.identity.workspace.Workspaces;
import io.slipway.kit.Closing;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Threads;
import io.slipway.kit.Timer;
import io.slipway.kit.WorkspaceId;
import io.slipway.nodes.agent.AgentHub;
import io.slipway.nodes.local.LocalLogs;
import io.slipway.server.tls.Certificates;
import io.slipway.spark.SparkArea;
import io.slipway.spark.compute.ClusterLogs;
import io.slipway.spark.compute.ComputeRoom;
import io.slipway.store.Base;
import io.slipway.wire.Addressing;
import io.slipway.wire.AdmittedCredentials;
import io.slipway.wire.CallLog;
import io.slipway.wire.Credentials;
import io.slipway.wire.Engine;
import io.slipway.wire.Proxies;
import io.slipway.wire.RateLimit;
import io.slipway.wire.Request;
import io.slipway.wire.Routes;
import io.slipway.wire.ShownToken;
import io.slipway.wire.audit.AuditedCalls;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.TokenCredentials;
import io.slipway.wire.databricks.account.AccountApi;
import io.slipway.wire.databricks.account.AccountMetastoreRoutes;
import io.slipway.wire.databricks.account.AccountPartRoutes;
import io.slipway.wire.databricks.account.AccountRefusals;
import io.slipway.wire.databricks.account.AccountWorkspaceRoutes;
import io.slipway.wire.databricks.account.AssignmentRoutes;
import io.slipway.wire.databricks.account.LogDeliveryRoutes;
import io.slipway.wire.databricks.catalog.CatalogRoutes;
import io.slipway.wire.databricks.catalog.TableRoutes;
import io.slipway.wire.databricks.command.CommandRoutes;
import io.slipway.wire.databricks.compute.ClusterRoutes;
import io.slipway.wire.databricks.compute.InstanceProfileRoutes;
import io.slipway.wire.databricks.dbfs.DbfsRoutes;
import io.slipway.wire.databricks.identity.AccessListRoutes;
import io.slipway.wire.databricks.identity.AccountCredentials;
import io.slipway.wire.databricks.identity.FederationPolicyRoutes;
import io.slipway.wire.databricks.identity.GroupRoutes;
import io.slipway.wire.databricks.identity.IdentityRoutes;
import io.slipway.wire.databricks.identity.OauthRoutes;
import io.slipway.wire.databricks.identity.ProgramSecretRoutes;
import io.slipway.wire.databricks.identity.ScimRoutes;
import io.slipway.wire.databricks.identity.TokenRoutes;
import io.slipway.wire.databricks.identity.TypedSettingRoutes;
import io.slipway.wire.databricks.identity.WorkspaceConfRoutes;
import io.slipway.wire.databricks.job.JobRoutes;
import io.slipway.wire.databricks.job.RunRoutes;
import io.slipway.wire.databricks.job.TaskClusters;
import io.slipway.wire.databricks.permission.PermissionRoutes;
import io.slipway.wire.databricks.permission.RuleSetRoutes;
import io.slipway.wire.databricks.permission.Shareable;
import io.slipway.wire.databricks.secret.SecretRoutes;
import io.slipway.wire.databricks.tree.TreeRoutes;
import io.slipway.wire.ui.AppFiles;
import io.slipway.wire.ui.AuditRoutes;
import io.slipway.wire.ui.ChangeFeed;
import io.slipway.wire.ui.Cookies;
import io.slipway.wire.ui.EventRoutes;
import io.slipway.wire.ui.MachineRoutes;
import io.slipway.wire.ui.ObjectRoutes;
import io.slipway.wire.ui.RunViewRoutes;
import io.slipway.wire.ui.SearchRoutes;
import io.slipway.wire.ui.SessionCredentials;
import io.slipway.wire.ui.SessionRoutes;
import io.slipway.wire.ui.SparkUiProxy;
import io.slipway.wire.ui.UiApi;
import io.slipway.wire.ui.UseRoutes;
import io.slipway.wire.ui.WorkspaceRoutes;
import io.slipway.wire.ui.aws.AwsRoutes;
import io.slipway.wire.ui.notebook.AnswerRoutes;
import io.slipway.wire.ui.notebook.NotebookSockets;
import io.slipway.wire.ui.notebook.ResultRoutes;
import io.slipway.wire.ui.notebook.RevisionRoutes;
import io.slipway.work.WorkArea;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** The one port, with the routes of every wire behind it. */
final class FrontDoor implements AutoCloseable {
    private final Closing closing = new Closing();
    private final Routes routes = new Routes();
    private final Base base;
    private final Timer timer;
    private final Addressing addressing;
    /** Refuses whoever may not use their workspace, or not from there. */
    private final BiConsumer<Caller, InetAddress> gate;

    private final TokenCredentials holders;
    private final Credentials credentials;
    private final Credentials account;
    private final Server server;
    private final SessionProtocol protocol;

    /** All areas, for the wires in front of them. */
    record Areas(
            IdentityArea identity,
            AwsSide aws,
            WorkspaceRoom workspaces,
            SecretRoom secrets,
            SettingRoom settings,
            OidcRoom oidc,
            OauthRoom oauth,
            AuditRoom audit,
            CatalogArea catalog,
            SparkArea spark,
            ContentArea content,
            WorkArea work) {}

    /** Loads what the first server of a process needs, which can go on while the database is opened. */
    static void prepare() {
        Server.builder()
                .meterRegistry(NoopMeterRegistry.get())
                .localPort(0, SessionProtocol.HTTP)
                .service("/", (context, request) -> HttpResponse.of(HttpStatus.OK))
                .build();
    }

    /** Returns when requests are answered. */
    FrontDoor(
            ServerConfig config,
            Base base,
            Timer timer,
            Areas areas,
            ComputeRoom.Outside outside,
            Home home,
            Optional<Certificates> certificates,
            UnaryOperator<CallLog> heard) {
        this.base = base;
        this.timer = timer;
        addressing = new Addressing(config.domain(), areas.workspaces().workspaces()::at);
        holders = new TokenCredentials(areas.oauth()::holder, addressing);
        gate = (caller, address) -> {
            areas.settings().lists().admit(caller, address);
            areas.identity().directory().requireAccess(caller);
        };
        credentials = new AdmittedCredentials(
                new SessionCredentials(areas.identity().sessions()::authenticate, addressing, holders), gate);
        new AgentHub(areas.spark().fleet(), areas.aws()::keys, areas.aws()::storageKeys, timer).add(routes);
        account = new AccountCredentials(
                home.accountId(),
                credentials,
                areas.oauth()::accountHolder,
                areas.identity().identities());
        databricks(config, areas, outside, home);
        pages(config, areas, outside);
        CallLog calls = heard.apply(new AuditedCalls(
                areas.audit().trail(),
                base.clock(),
                new AuditedCalls.Places(
                        this::askedOf,
                        areas.settings().conf()::verboseAudit,
                        Cookies::session,
                        areas.identity().identities()::tokenId)));

        ServerBuilder builder = Server.builder()
                // Nobody reads its measures, and each request would pay for them.
                .meterRegistry(NoopMeterRegistry.get())
                .maxRequestLength(Engine.LONGEST_BODY)
                .requestTimeout(Duration.ofMinutes(2));
        Listeners.install(builder, config.exposure(), certificates);
        new Proxies(config.exposure().trustedProxies()).install(builder);
        sockets(areas, calls).install(builder);
        RateLimit limit = RateLimit.of(base.clock(), config.exposure().rateLimit(), FrontDoor::ofMachine);
        Engine engine = new Engine(base.ids(), calls, limit);
        areas.aws().door().install(builder, engine);
        engine.install(builder, routes);
        new AppFiles().install(builder);
        protocol = certificates.isPresent() ? SessionProtocol.HTTPS : SessionProtocol.HTTP;
        server = builder.build();
        closing.add(() -> server.stop().join());
        server.start().join();
    }

    /** Agents, and drivers that ask for the code of a user. */
    private static boolean ofMachine(Request request) {
        return request.rawPath().startsWith("/agent/")
                || ShownToken.in(request.headers())
                        .filter(SessionTokens::looksLikeOne)
                        .isPresent();
    }

    private void databricks(ServerConfig config, Areas areas, ComputeRoom.Outside outside, Home home) {
        CatalogArea catalog = areas.catalog();
        ContentArea content = areas.content();
        SparkArea spark = areas.spark();
        WorkArea work = areas.work();
        DatabricksApi api = new DatabricksApi(routes, credentials);
        api.ground();
        account(config, api, areas, home);
        new IdentityRoutes(addressing, home.accountId()).add(api);
        new OauthRoutes(
                        areas.oauth(),
                        addressing,
                        (request, named) -> browser(areas.identity().sessions(), request, named),
                        gate)
                .add(api);
        new GroupRoutes(areas.identity().directory()).add(api);
        new SecretRoutes(areas.secrets().scopes(), areas.secrets().values()).add(api);
        SettingRoom settings = areas.settings();
        new TokenRoutes(areas.identity().identities(), areas.identity().workspaceTokens(), settings).add(api);
        new WorkspaceConfRoutes(settings.conf()).add(api);
        new AccessListRoutes(settings.lists()).add(api);
        new TypedSettingRoutes(settings.typed()).add(api);
        new InstanceProfileRoutes(spark.profiles()).add(api);
        new ClusterRoutes(spark.clusters(), outside.nodeTypes(), outside.runtimes()).add(api);
        new TreeRoutes(content.tree(), settings.conf()::requireExport).add(api);
        new DbfsRoutes(content.dbfs()).add(api);
        new CatalogRoutes(catalog.catalogs(), catalog.schemas()).add(api);
        new TableRoutes(catalog.catalogs(), catalog.tables()).add(api);
        new CommandRoutes(spark.contexts()).add(api);
        TaskClusters clusters = TaskClusters.of(spark.clusters());
        new JobRoutes(work.jobs(), work.runs(), clusters).add(api);
        new RunRoutes(work.jobs(), work.runs(), clusters, config.exposure().url()).add(api);
        new PermissionRoutes(areas.identity().grants(), shareable(areas)).add(api);
    }

    /** What the account is asked, and what it and workspaces are asked alike. */
    private void account(ServerConfig config, DatabricksApi api, Areas areas, Home home) {
        IdentityArea identity = areas.identity();
        Workspaces workspaces = areas.workspaces().workspaces();
        AccountApi ofAccount = AccountApi.of(api, home.accountId(), account);
        ScimRoutes scim = new ScimRoutes(identity.directory());
        scim.add(api);
        scim.add(ofAccount);
        new ProgramSecretRoutes(areas.oauth().secrets()).add(api, ofAccount);
        new RuleSetRoutes(identity.ruleSets(), home.accountId()).add(api, ofAccount);
        new FederationPolicyRoutes(areas.oauth().policies(), home.accountId()).add(ofAccount);
        new AccountWorkspaceRoutes(workspaces, home.accountId(), addressing).add(ofAccount);
        new AccountPartRoutes(areas.workspaces().parts(), home.accountId()).add(ofAccount);
        new AssignmentRoutes(workspaces, identity.assignments()).add(ofAccount);
        new AccountMetastoreRoutes(areas.catalog().catalogs(), workspaces).add(ofAccount);
        new LogDeliveryRoutes(config.auditFolder()).add(ofAccount);
        new AccountRefusals().add(ofAccount);
    }

    /** All on which levels are given. */
    private static List<Shareable> shareable(Areas areas) {
        Tree tree = areas.content().tree();
        return List.of(
                new Shareable(
                        "clusters",
                        "cluster",
                        (caller, id) -> areas.spark().clusters().get(caller, id).guarded()),
                Shareable.numbered(
                        "jobs",
                        "job",
                        (caller, id) -> areas.work().jobs().get(caller, id).guarded()),
                Shareable.numbered(
                        "notebooks", "notebook", (caller, id) -> tree.guarded(caller, id, ObjectType.NOTEBOOK)),
                Shareable.numbered(
                        "directories", "directory", (caller, id) -> tree.guarded(caller, id, ObjectType.DIRECTORY)),
                Shareable.numbered("files", "file", (caller, id) -> tree.guarded(caller, id, ObjectType.FILE)),
                new Shareable(
                        "authorization",
                        "authorization",
                        (caller, id) -> SignIn.named(id).of(caller.workspace())));
    }

    private static Optional<OauthRoutes.Browser> browser(
            BrowserSessions sessions, Request request, Optional<WorkspaceId> named) {
        return Cookies.session(request)
                .flatMap(secret -> sessions.authenticate(secret, named)
                        .map(caller -> new OauthRoutes.Browser(caller, sessions.tokenId(secret))));
    }

    /** What only the pages of the web application ask. */
    private void pages(ServerConfig config, Areas areas, ComputeRoom.Outside outside) {
        ContentArea content = areas.content();
        SparkArea spark = areas.spark();
        UiApi ui = new UiApi(routes, credentials);
        ui.ground();
        ClusterLogs logs = new ClusterLogs(spark.clusters(), new LocalLogs(config.nodesFolder(), config.logsFolder()));
        ChangeFeed changes = new ChangeFeed(base, timer, pool("changes", 1));
        new RevisionRoutes(content.notebooks()).add(ui);
        new ResultRoutes(
                        content.notebooks(), content.results(), areas.settings().conf()::requireDownload)
                .add(ui);
        new AnswerRoutes(content.notebooks(), content.answers()).add(ui);
        new SessionRoutes(
                        areas.identity(),
                        addressing,
                        holders::holder,
                        gate,
                        areas.oidc().signIn())
                .add(ui);
        new WorkspaceRoutes(areas.workspaces().workspaces(), areas.identity().sessions(), addressing).add(ui);
        new EventRoutes(changes, credentials, sight(areas)).add(ui);
        new SearchRoutes(
                        content.tree(),
                        spark.clusters(),
                        areas.work().jobs(),
                        areas.work().runs(),
                        areas.catalog().tables())
                .add(ui);
        new RunViewRoutes(areas.work().runs()).add(ui);
        new UseRoutes(
                        spark.clusters(),
                        content.notebooks(),
                        content.tree(),
                        areas.work().runs())
                .add(ui);
        new ObjectRoutes(content.tree()).add(ui);
        new MachineRoutes(
                        spark.clusters(),
                        outside.nodeTypes(),
                        outside.nodes(),
                        outside.runtimes(),
                        logs,
                        spark.metrics(),
                        spark.sparkUi())
                .add(ui);
        new SparkUiProxy(spark.sparkUi()).add(ui);
        new AuditRoutes(areas.audit().audits(), account).add(ui);
        new AwsRoutes(new AwsPeople(areas.aws(), areas.identity().directory(), spark.profiles())).add(ui);
    }

    /** Catalogs and what is in them are heard of by all. */
    private static EventRoutes.Sight sight(Areas areas) {
        return (caller, kind, id) -> {
            switch (Kind.of(kind)) {
                case CLUSTER -> areas.spark().clusters().get(caller, id);
                case JOB -> areas.work().jobs().get(caller, Long.parseLong(id));
                case RUN -> areas.work().runs().get(caller, Long.parseLong(id));
                case TREE -> areas.content().tree().byId(caller, Long.parseLong(id));
                default -> {}
            }
        };
    }

    /** In which workspace somebody asks whom nobody knows. */
    private WorkspaceId askedOf(Request request) {
        boolean ofAccount = request.rawPath().startsWith("/ui-api/account/")
                || request.context().pathParam("account") != null
                || addressing.account(request);
        return ofAccount ? WorkspaceId.ACCOUNT : named(request).orElse(WorkspaceId.FIRST);
    }

    private Optional<WorkspaceId> named(Request request) {
        try {
            return addressing.workspace(request);
        } catch (PlatformException nowhere) {
            return Optional.empty();
        }
    }

    private NotebookSockets sockets(Areas areas, CallLog calls) {
        ContentArea content = areas.content();
        NotebookFeed feed = new NotebookFeed(base, timer, pool("notebook", 4));
        return new NotebookSockets(
                content.notebooks(),
                content.notebookRuns(),
                content.suggestions(),
                feed,
                credentials,
                new NotebookSockets.Log(calls, caller -> areas.settings().conf().verboseAudit(caller.workspace())),
                base.ids(),
                timer);
    }

    private ExecutorService pool(String name, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, Threads.named(name));
        closing.add(pool::shutdownNow);
        return pool;
    }

    /** What the server answers to. */
    Routes routes() {
        return routes;
    }

    int port() {
        return server.activeLocalPort(protocol);
    }

    @Override
    public void close() {
        closing.close();
    }
}
