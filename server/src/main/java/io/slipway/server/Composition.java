package io.slipway.server;

import io.slipway.catalog.CatalogArea;
import io.slipway.catalog.Catalogs;
import io.slipway.catalog.TableStorage;
import io.slipway.content.ContentArea;
import io.slipway.iam.IamArea;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Permissions;
import io.slipway.identity.audit.AuditRoom;
import io.slipway.identity.oauth.OauthRoom;
import io.slipway.identity.oidc.OidcRoom;
import io.slipway.identity.secret.SecretRoom;
import io.slipway.identity.setting.SettingRoom;
import io.slipway.identity.setting.TypedSettings;
import io.slipway.identity.workspace.WorkspaceRoom;
import io.slipway.identity.workspace.Workspaces;
import io.slipway.kit.Clock;
import io.slipway.kit.Closing;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.Loops;
import io.slipway.kit.Threads;
import io.slipway.kit.Timer;
import io.slipway.kit.WorkspaceId;
import io.slipway.nodes.local.LocalLogs;
import io.slipway.nodes.local.LocalNodes;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLines;
import io.slipway.server.tls.Authority;
import io.slipway.server.tls.Certificates;
import io.slipway.server.tls.GivenPair;
import io.slipway.server.tls.MachineNames;
import io.slipway.server.tls.Pair;
import io.slipway.spark.SparkArea;
import io.slipway.spark.compute.CacheTraining;
import io.slipway.spark.compute.ClusterLogs;
import io.slipway.spark.compute.ComputeRoom;
import io.slipway.spark.compute.Fleet;
import io.slipway.spark.compute.NodeTypes;
import io.slipway.spark.compute.Places;
import io.slipway.spark.compute.RuntimeInstalls;
import io.slipway.spark.compute.SecretReferences;
import io.slipway.spark.compute.SparkProcesses;
import io.slipway.spark.driver.HttpDriverClient;
import io.slipway.spark.kernel.KernelRoom;
import io.slipway.spark.kernel.SessionCatalogs;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.wire.Addressing;
import io.slipway.wire.CallLog;
import io.slipway.wire.Routes;
import io.slipway.work.WorkArea;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The whole platform, put together by hand: one line per area, closed in reverse. */
public final class Composition implements AutoCloseable {
    private static final Duration STRAY_LOGS_KEPT = Duration.ofDays(1);
    private static final int PIECE = 100;
    private static final int LARGE_PIECE = 1_000;
    private static final Duration DROPPED_TABLES_KEPT = Duration.ofDays(7);
    /** How long a driver keeps a poll without news. */
    private static final Duration DRIVER_POLL = Duration.ofSeconds(30);

    private final Closing closing = new Closing();
    private final IdentityArea identity;
    private final AwsSide aws;
    private final FrontDoor door;

    private Composition(ServerConfig config, UnaryOperator<CallLog> heard) {
        Clock clock = Clock.system();
        Ids ids = Ids.system(clock);
        Home home = new Home(config.home(), ids);
        Timer timer = closing.add(Timer.system("timer"));
        ExecutorService background = pool("background", 2);
        background.execute(FrontDoor::prepare);
        Loops loops = closing.add(new Loops(clock, timer, ids, pool("loop", 32)));
        Base base = new Base(closing.add(Database.open(config.database())), new Facts(clock), clock, ids, loops);

        Exposure exposure = config.exposure();
        SettingRoom settings = new SettingRoom(base, new Permissions());
        identity = new IdentityArea(base, home.key(), settings.typed()::adminsRestricted);
        WorkspaceRoom workspaces = new WorkspaceRoom(base, identity);
        SecretRoom secrets = new SecretRoom(base, identity);
        OidcRoom oidc = new OidcRoom(base, identity, config.oidc());
        OauthRoom oauth = new OauthRoom(
                base, identity, oidc.issuers(), new OauthRoom.Place(exposure.url() + "/oidc", home.accountId()));
        aws = new AwsSide(base, identity, new WebIdentityTokens(oauth, oidc.issuers()), config);
        AuditRoom audit = closing.add(new AuditRoom(
                base,
                identity.permissions(),
                new AuditRoom.Place(config.auditFolder(), home.accountId(), timer, pool("audit", 1))));
        Optional<PlatformStorage> storage = aws.storage();
        storage.map(closing::add).ifPresent(PlatformStorage::prepare);
        CatalogArea catalog = new CatalogArea(base, identity, tables(config, storage));
        SecretReferences references = new SecretReferences(identity.identities(), secrets.values());
        ComputeRoom.Outside outside = outside(config, ids, background, references);
        SparkArea spark =
                new SparkArea(base, identity, outside, following(), catalogs(catalog.catalogs(), settings.typed()));
        ContentArea content = closing.add(new ContentArea(
                base,
                identity,
                catalog,
                spark,
                new ContentArea.Folders(
                        config::dbfsRoot,
                        workspace -> storage.flatMap(each -> each.dbfs(workspace)),
                        config.treeRoot(),
                        true)));
        WorkArea work = new WorkArea(base, identity, spark, content.sources(), exposure.url());

        workspaces.workspaces().ids().forEach(content::bootstrap);
        catalog.catalogs().bootstrap();
        FrontDoor.Areas areas = new FrontDoor.Areas(
                identity, aws, workspaces, secrets, settings, oidc, oauth, audit, catalog, spark, content, work);
        Optional<Certificates> certificates =
                exposure.tls().map(tls -> certificates(tls, config, base, workspaces.workspaces()));
        door = closing.add(new FrontDoor(config, base, timer, areas, outside, home, certificates, heard));
        certificates.ifPresent(shown -> shown.watch(timer, background));

        if (config.training()) {
            closing.add(new CacheTraining(
                            outside.installs(),
                            config.dist().resolve("driver.jar"),
                            config.python(),
                            () -> !spark.busy() && !work.busy(),
                            timer))
                    .start();
        }
        background.execute(spark::sweep);
        new Housekeeping(timer, background, forgetting(config, base, areas)).start();
        loops.start();
    }

    /** Starts everything; returns when requests are answered. */
    public static Composition start(ServerConfig config) {
        return new Composition(config, UnaryOperator.identity());
    }

    /** @param heard stands between the calls and the audit log: what that costs is measured without it */
    static Composition start(ServerConfig config, UnaryOperator<CallLog> heard) {
        return new Composition(config, heard);
    }

    /** Those that are given, or those of the platform's own authority. */
    private static Certificates certificates(Exposure.Tls tls, ServerConfig config, Base base, Workspaces workspaces) {
        Supplier<Pair> source = tls.given()
                .<Supplier<Pair>>map(files -> new GivenPair(files.certificate(), files.key(), base.clock()))
                .orElseGet(() -> new Authority(
                        config.tlsFolder(),
                        () -> MachineNames.all(names(config, workspaces)),
                        base.clock(),
                        base.ids()));
        return new Certificates(source);
    }

    /** Each workspace by itself: many clients take no name for all that is directly below a top domain, as {@code localhost} is. */
    private static List<String> names(ServerConfig config, Workspaces workspaces) {
        String below = "." + config.domain();
        Stream<String> labels = Stream.concat(
                Stream.of("*", Addressing.ACCOUNTS),
                workspaces.list(Caller.SYSTEM).stream()
                        .map(each -> each.thing().deployment())
                        .filter(label -> !label.isEmpty()));
        return Stream.of(
                        config.exposure().names().stream(),
                        Stream.of(config.domain()),
                        labels.map(label -> label + below))
                .flatMap(Function.identity())
                .distinct()
                .toList();
    }

    /** What clusters are made of here: processes of this computer. */
    private ComputeRoom.Outside outside(
            ServerConfig config, Ids ids, Executor background, SecretReferences references) {
        NodeTypes nodeTypes = NodeTypes.bundled();
        RuntimeLines runtimes = RuntimeLines.bundled();
        RuntimeInstalls installs = new RuntimeInstalls(
                new RuntimeInstaller(config.home(), config.dist().resolve("jars"), config.python()), background);
        LocalNodes nodes = new LocalNodes(
                config.nodesFolder(),
                config.logsFolder(),
                config.dist().resolve("agent.jar"),
                config.exposure().localUrl(),
                node -> Fleet.bootstrapToken(identity.tokens(), node),
                ids,
                LocalNodes.Machine.detect());
        SparkProcesses.Settings processes = new SparkProcesses.Settings(
                config.exposure().localUrl(),
                config.exposure().url(),
                config.aws().region(),
                config.nodesFolder(),
                config.dist().resolve("driver.jar"),
                config.python(),
                new Places(
                        config::dbfsRoot,
                        config.treeRoot(),
                        config.storage().dbfs().map(bucket -> config.dbfsNote())),
                aws.storage().map(PlatformStorage::ofClusters));
        return new ComputeRoom.Outside(
                nodeTypes,
                runtimes,
                installs,
                nodes,
                new HttpDriverClient(),
                aws::gives,
                drivers -> new SparkProcesses(processes, runtimes, installs, nodeTypes, nodes, drivers, references));
    }

    private TableStorage tables(ServerConfig config, Optional<PlatformStorage> storage) {
        URI disk = config.managedRoot().toUri();
        return new TableStorage(
                storage.flatMap(PlatformStorage::managed).orElse(disk),
                disk,
                config.dbfsRoot(WorkspaceId.FIRST),
                storage.flatMap(each -> each.dbfs(WorkspaceId.FIRST)),
                aws::folder);
    }

    private static SessionCatalogs catalogs(Catalogs catalogs, TypedSettings settings) {
        return new SessionCatalogs() {
            @Override
            public List<String> names(WorkspaceId workspace) {
                return catalogs.catalogNames(workspace);
            }

            @Override
            public String first(WorkspaceId workspace) {
                return settings.defaultNamespace(workspace).orElseGet(catalogs::defaultCatalog);
            }
        };
    }

    private KernelRoom.Following following() {
        return new KernelRoom.Following(
                DRIVER_POLL, closing(Executors.newCachedThreadPool(Threads.named("driver-news"))));
    }

    /** What is forgotten, and when. */
    private static List<Housekeeping.Rule> forgetting(ServerConfig config, Base base, FrontDoor.Areas areas) {
        Clock clock = base.clock();
        ServerConfig.Kept kept = config.kept();
        ClusterLogs logs =
                new ClusterLogs(areas.spark().clusters(), new LocalLogs(config.nodesFolder(), config.logsFolder()));
        return List.of(
                // Until then an undrop by hand is possible.
                new Housekeeping.Rule("files of dropped tables", () -> {
                    int unused = areas.catalog().leftovers().purge(DROPPED_TABLES_KEPT);
                    return false;
                }),
                new Housekeeping.Rule(
                        "runs",
                        () -> areas.work()
                                .runs()
                                .forget(clock.millis() - kept.runs().toMillis(), PIECE)),
                new Housekeeping.Rule(
                        "clusters",
                        () -> areas.spark()
                                .clusters()
                                .forget(clock.millis() - kept.clusters().toMillis(), PIECE)),
                new Housekeeping.Rule("logs of deleted clusters", () -> {
                    logs.sweep(clock.millis() - STRAY_LOGS_KEPT.toMillis());
                    return false;
                }),
                new Housekeeping.Rule(
                        "commands of API 1.2 and failed contexts",
                        () -> areas.spark()
                                .contexts()
                                .forget(clock.millis() - kept.commands().toMillis(), PIECE)),
                new Housekeeping.Rule("output of forgotten commands", () -> {
                    areas.spark().contexts().sweepOutput();
                    return false;
                }),
                new Housekeeping.Rule(
                        "revisions of notebooks",
                        () -> areas.content().notebooks().forgetRevisions(kept.revisions(), PIECE)),
                new Housekeeping.Rule(
                        "what happened to clusters and runs",
                        () -> forgetFacts(
                                base,
                                Set.of(Kind.CLUSTER, Kind.RUN),
                                clock.millis() - kept.events().toMillis())),
                new Housekeeping.Rule(
                        "who changed what",
                        () -> forgetFacts(
                                base, Set.of(), clock.millis() - kept.audit().toMillis())),
                new Housekeeping.Rule(
                        "sessions of roles that are over", areas.aws().iam()::forgetSessions),
                new Housekeeping.Rule(
                        "the audit log",
                        () -> areas.audit()
                                .audits()
                                .forget(clock.millis() - kept.audit().toMillis(), LARGE_PIECE)),
                new Housekeeping.Rule("free pages", base.database()::giveSpaceBack));
    }

    private static boolean forgetFacts(Base base, Set<Kind> about, long before) {
        return base.database().write(tx -> base.facts().forget(tx, about, before, PIECE)) == PIECE;
    }

    private ExecutorService pool(String name, int threads) {
        return closing(Executors.newFixedThreadPool(threads, Threads.named(name)));
    }

    private ExecutorService closing(ExecutorService pool) {
        closing.add(pool::shutdownNow);
        return pool;
    }

    public Identities identities() {
        return identity.identities();
    }

    IamArea iam() {
        return aws.iam();
    }

    AwsSide aws() {
        return aws;
    }

    /** What the server answers to. */
    Routes routes() {
        return door.routes();
    }

    public int port() {
        return door.port();
    }

    @Override
    public void close() {
        closing.close();
    }
}
