package io.slipway.wire.ui;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.catalog.CatalogArea;
import io.slipway.content.ContentArea;
import io.slipway.content.notebook.NotebookFeed;
import io.slipway.identity.Caller;
import io.slipway.identity.Grant;
import io.slipway.identity.Grants;
import io.slipway.identity.Guarded;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Level;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Timer;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.SparkArea;
import io.slipway.spark.compute.ClusterLogs;
import io.slipway.spark.compute.ComputeRoom;
import io.slipway.spark.compute.NodeLogs;
import io.slipway.spark.compute.NodeTypes;
import io.slipway.spark.compute.RuntimeInstalls;
import io.slipway.spark.compute.StillClusters;
import io.slipway.spark.kernel.KernelRoom;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.spark.testing.FakeNodes;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import io.slipway.wire.Credentials;
import io.slipway.wire.Engine;
import io.slipway.wire.Request;
import io.slipway.wire.Routes;
import io.slipway.wire.ui.aws.AwsRoutes;
import io.slipway.wire.ui.notebook.AnswerRoutes;
import io.slipway.wire.ui.notebook.NotebookSockets;
import io.slipway.wire.ui.notebook.ResultRoutes;
import io.slipway.wire.ui.notebook.RevisionRoutes;
import io.slipway.work.WorkArea;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All areas behind what only pages ask, with machines and drivers that are made up and loops that make no pass. {@code ann} and
 * {@code bob} are users of one workspace, {@code admin} its admin; {@code far} is ann in another workspace.
 */
public final class UiPlatform implements AutoCloseable {
    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final Timer timer = Timer.system("test");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Database database;
    private final Server server;
    public final SparkArea spark;
    public final ContentArea content;
    public final CatalogArea catalog;
    public final WorkArea work;
    private final Grants grants;

    /** The admin gives bob this level. */
    public void give(Guarded thing, Level level) {
        grants.add(People.ADMIN, thing, List.of(new Grant(PrincipalKind.USER, People.BOB.name(), level)));
    }

    public UiPlatform(Path folder, NodeLogs nodeLogs) {
        database = TestDatabases.sqlite(folder);
        Base base = TestBase.of(database, Clock.system());
        People.known(database);
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        grants = identity.grants();
        catalog = new CatalogArea(base, identity, folder.resolve("managed").toUri(), folder.resolve("dbfs"));
        ComputeRoom.Outside outside = outside(folder);
        spark = new SparkArea(
                base,
                identity,
                outside,
                new KernelRoom.Following(Duration.ofSeconds(1), Runnable::run),
                workspace -> List.of());
        content = new ContentArea(
                base,
                identity,
                catalog,
                spark,
                new ContentArea.Folders(id -> folder.resolve("dbfs"), folder.resolve("tree"), false));
        work = new WorkArea(base, identity, spark, content.sources(), "http://127.0.0.1:1");
        content.tree().bootstrap(WorkspaceId.FIRST);
        catalog.catalogs().bootstrap();

        Routes routes = new Routes();
        UiApi ui = new UiApi(routes, UiPlatform::caller);
        ui.ground();
        new RevisionRoutes(content.notebooks()).add(ui);
        new ResultRoutes(content.notebooks(), content.results(), caller -> {}).add(ui);
        new AnswerRoutes(content.notebooks(), content.answers()).add(ui);
        new SearchRoutes(content.tree(), spark.clusters(), work.jobs(), work.runs(), catalog.tables()).add(ui);
        new RunViewRoutes(work.runs()).add(ui);
        new UseRoutes(spark.clusters(), content.notebooks(), content.tree(), work.runs()).add(ui);
        new ObjectRoutes(content.tree()).add(ui);
        new MachineRoutes(
                        spark.clusters(),
                        outside.nodeTypes(),
                        outside.nodes(),
                        outside.runtimes(),
                        new ClusterLogs(spark.clusters(), nodeLogs),
                        spark.metrics(),
                        spark.sparkUi())
                .add(ui);
        new SparkUiProxy(spark.sparkUi()).add(ui);
        new AwsRoutes(AwsKeysTest.ONE).add(ui);
        ServerBuilder builder = Server.builder().http(0);
        Credentials credentials = UiPlatform::caller;
        new NotebookSockets(
                        content.notebooks(),
                        content.notebookRuns(),
                        content.suggestions(),
                        new NotebookFeed(base, timer, Runnable::run),
                        credentials,
                        NotebookSockets.Log.NONE,
                        base.ids(),
                        timer)
                .install(builder);
        new Engine(base.ids()).install(builder, routes);
        server = builder.build();
        server.start().join();
    }

    private static Caller caller(Request request) {
        return switch (request.header("authorization").orElse("")) {
            case "admin" -> People.ADMIN;
            case "ann" -> People.ANN;
            case "bob" -> People.BOB;
            case "far" -> People.elsewhere(People.ANN);
            default -> throw new PlatformException(ErrorCode.UNAUTHENTICATED, "Who are you?");
        };
    }

    private ComputeRoom.Outside outside(Path folder) {
        FakeDrivers drivers =
                new FakeDrivers(clock, Seam.QUIET, (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ZERO));
        return new ComputeRoom.Outside(
                NodeTypes.bundled(),
                RuntimeLines.bundled(),
                new RuntimeInstalls(new RuntimeInstaller(folder, folder, "python3"), Runnable::run),
                new FakeNodes(
                        clock,
                        Seam.QUIET,
                        (node, process) -> FakeNodes.Fate.good(Duration.ZERO),
                        drivers,
                        Optional::empty),
                drivers,
                arn -> false,
                found -> (cluster, node, nodes) -> Optional.empty());
    }

    /** A cluster of ann's that does not run. */
    public String cluster(String name) {
        return StillClusters.create(spark.clusters(), People.ANN, name);
    }

    /** Makes it run, with a driver on this machine whose Spark UI is at {@code port}. */
    public void up(String cluster, int port) {
        StillClusters.up(
                database,
                cluster,
                "i-" + cluster,
                "127.0.0.1",
                "{\"protocol\":2,\"port\":1,\"sparkUiPort\":" + port + "}");
    }

    /** The next start of a cluster. */
    public void launchedAgain(String cluster) {
        database.change(tx -> tx.sql().execute("update cluster set launch = launch + 1 where id = ?", cluster));
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.activeLocalPort() + path);
    }

    public int port() {
        return server.activeLocalPort();
    }

    public HttpResponse<String> send(String who, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!who.isEmpty()) {
            request.header("Authorization", who);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String who, String path) throws IOException, InterruptedException {
        return send(who, "GET", path, "");
    }

    @Override
    public void close() {
        server.stop().join();
        timer.close();
        database.close();
    }
}
