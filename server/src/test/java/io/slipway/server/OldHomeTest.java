package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.catalog.CatalogArea;
import io.slipway.catalog.PageRequest;
import io.slipway.catalog.Table;
import io.slipway.content.notebook.DocumentReader;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.TreeObject;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.workspace.Workspace;
import io.slipway.identity.workspace.WorkspaceRoom;
import io.slipway.identity.workspace.Workspaces;
import io.slipway.kit.PageWanted;
import io.slipway.kit.WorkspaceId;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterFilter;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.NodeTypes;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.DatabaseConfig;
import io.slipway.store.Described;
import io.slipway.store.FactFilter;
import io.slipway.store.Json;
import io.slipway.store.Manifest;
import io.slipway.work.job.Job;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunFilter;
import io.slipway.work.job.RunParameters;
import io.slipway.work.job.RunState;
import io.slipway.work.job.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the database of an installation that was made when there were fifteen migrations: one cluster, the example's job and tables, a
 * scheduled job with a run, a notebook that was attached and run, a file of DBFS.
 */
@NullUnmarked
class OldHomeTest {
    @TempDir
    private Path home;

    private Path file;
    private Database database;
    private World world;

    @BeforeEach
    void open() throws IOException {
        file = Files.createDirectories(home.resolve("data")).resolve("slipway.db");
        try (InputStream saved = OldHomeTest.class.getResourceAsStream("/old-home.db.gz")) {
            Files.copy(new GZIPInputStream(saved), file);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        database = Database.open(new DatabaseConfig.Sqlite(file));
        RuntimeLines runtimes = RuntimeLines.bundled();
        world = new World(
                new World.Outside(
                        database,
                        NodeTypes.bundled(),
                        runtimes,
                        InstalledRuntimes.in(home, runtimes, Runnable::run),
                        home.resolve("dbfs"),
                        home.resolve("tree")),
                1,
                (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofSeconds(1)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Caller admin() {
        return new Identities(world.up().base)
                .bootstrapAdmin("admin@slipway.local")
                .orElseThrow();
    }

    @Test
    void nobody_else_reads_the_database_any_more() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void its_cluster_is_there_with_its_history_and_starts() {
        Clusters clusters = world.up().clusters;
        List<Cluster> all = clusters.list(admin(), ClusterFilter.ALL, ClusterFilter.Sort.NEWEST, PageWanted.ALL)
                .map(Clusters.Details::cluster)
                .items();
        assertThat(all).extracting(cluster -> cluster.spec().name()).containsExactly("flights");
        assertThat(all).extracting(Cluster::creator).containsExactly(admin().principal());
        String id = all.get(0).id();
        assertThat(clusters.details(admin(), id).manifest().text()).contains("\"cluster_name\":\"flights\"");
        assertThat(clusters.events(admin(), id, FactFilter.ALL, false, PageWanted.ALL)
                        .page()
                        .items())
                .extracting(happened -> happened.event().type())
                .contains("CREATING", "STARTING", "RUNNING", "DRIVER_HEALTHY", "TERMINATING");
        clusters.start(admin(), id);
        assertThat(world.liveUntil(
                        () -> clusters.get(admin(), id).state() == ClusterState.RUNNING, Duration.ofMinutes(5)))
                .isTrue();
        assertThat(world.defects()).isEmpty();
    }

    @Test
    void its_jobs_and_runs_are_there_and_a_job_runs_again() {
        ServerLife server = world.up();
        List<Job> jobs = server.jobs
                .list(admin(), Optional.empty(), PageWanted.ALL)
                .map(Described::thing)
                .items();
        assertThat(jobs).extracting(job -> job.settings().name()).contains("nightly");
        Runs.Details earlier = server.runs.list(admin(), RunFilter.ALL, PageWanted.ALL).items().stream()
                .filter(details -> details.run().name().equals("nightly"))
                .findFirst()
                .orElseThrow();
        assertThat(earlier.run().state()).isEqualTo(RunState.TERMINATED);
        assertThat(earlier.run().owner()).isEqualTo(admin().principal());
        assertThat(jobs).extracting(Job::creator).containsOnly(admin().principal());
        assertThat(server.runs
                        .output(admin(), earlier.tasks().get(0).id())
                        .frames()
                        .toString())
                .contains("from the old home");
        for (Manifest sent : List.of(
                earlier.manifest(),
                server.jobs
                        .described(admin(), earlier.run().jobId().orElseThrow())
                        .manifest())) {
            assertThat(sent.text()).contains("\"name\":\"nightly\"", "\"schedule\"", "\"existing_cluster_id\"");
        }
        Run again =
                server.runs.start(admin(), earlier.run().jobId().orElseThrow(), RunParameters.NONE, Optional.empty());
        assertThat(world.liveUntil(
                        () -> server.runs.get(admin(), again.id()).run().state() == RunState.TERMINATED,
                        Duration.ofMinutes(10)))
                .isTrue();
    }

    @Test
    void its_notebook_is_there_with_what_its_cells_put_out() {
        ServerLife server = world.up();
        TreeObject notebook = server.tree.status(admin(), "/Shared/old/notes");
        assertThat(notebook.owner()).isEqualTo(admin().principal());
        assertThat(new String(
                        server.tree
                                .export(admin(), notebook.path(), Format.SOURCE)
                                .content(),
                        StandardCharsets.UTF_8))
                .contains("print('from the old home')");
        DocumentReader reader = server.reader;
        DocumentReader.Snapshot snapshot = reader.snapshot(notebook.id()).orElseThrow();
        JsonNode cells = Json.read(snapshot.frame(), JsonNode.class).path("cells");
        assertThat(cells).hasSize(2);
        assertThat(cells.get(0).path("run").path("state").asText()).isEqualTo("done");
        assertThat(snapshot.outputs().stream()
                        .map(output -> reader.outputs(output).orElse(""))
                        .toList()
                        .toString())
                .contains("from the old home");
    }

    @Test
    void its_tables_are_there() {
        URI root = home.resolve("data").resolve("managed").toUri();
        Base base = world.up().base;
        CatalogArea catalog = new CatalogArea(
                base,
                new IdentityArea(base, new byte[32]),
                root,
                home.resolve("data").resolve("dbfs"));
        assertThat(catalog.catalogs().catalogNames(WorkspaceId.FIRST)).containsExactly("hive_metastore", "main");
        List<Table> flights = catalog.tables()
                .list(admin(), "main", "flights", PageRequest.ALL)
                .items();
        assertThat(flights).isNotEmpty().allSatisfy(table -> {
            assertThat(table.owner()).isEqualTo(admin().principal());
            assertThat(table.audit().createdBy()).isEqualTo(admin().principal());
        });
        assertThat(flights.get(0).columns()).isNotEmpty();
    }

    @Test
    void what_there_was_is_the_first_workspace_and_its_admin_administers_the_account() {
        Base base = world.up().base;
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        Caller account =
                identity.identities().caller(WorkspaceId.ACCOUNT, admin().id()).orElseThrow();
        assertThat(identity.permissions().admin(account)).isTrue();
        assertThat(identity.directory()
                        .get(account, PrincipalKind.USER, admin().id())
                        .content()
                        .roles())
                .containsExactly("account_admin");
        Workspaces workspaces = new WorkspaceRoom(base, identity).workspaces();
        assertThat(workspaces.list(account))
                .extracting(each -> each.thing().id(), each -> each.thing().name())
                .containsExactly(tuple(WorkspaceId.FIRST, "slipway"));
        assertThat(workspaces.at("slipway")).contains(WorkspaceId.FIRST);
        WorkspaceId team = workspaces
                .create(account, Workspace.Wanted.named("team"), Manifest.NONE)
                .thing()
                .id();
        Caller there = identity.identities().caller(team, admin().id()).orElseThrow();
        assertThat(world.up()
                        .clusters
                        .list(there, ClusterFilter.ALL, ClusterFilter.Sort.NEWEST, PageWanted.ALL)
                        .items())
                .isEmpty();
    }
}
