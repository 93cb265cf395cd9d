package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.catalog.Catalog;
import io.slipway.catalog.CatalogArea;
import io.slipway.catalog.Catalogs;
import io.slipway.catalog.Metastore;
import io.slipway.catalog.PageRequest;
import io.slipway.catalog.Schemas;
import io.slipway.catalog.Tables;
import io.slipway.content.notebook.NotebookRoom;
import io.slipway.content.notebook.Notebooks;
import io.slipway.content.notebook.OpenDocuments;
import io.slipway.content.notebook.Turns;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.Notebook;
import io.slipway.content.tree.OpenNotebooks;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeRoom;
import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Permissions;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.Ids;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterFilter;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.StillClusters;
import io.slipway.spark.driver.HttpDriverClient;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.KernelSteps;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Described;
import io.slipway.store.FactFilter;
import io.slipway.store.Plans;
import io.slipway.store.TestBase;
import io.slipway.work.job.JobSettings;
import io.slipway.work.job.JobWanted;
import io.slipway.work.job.Jobs;
import io.slipway.work.job.RunFilter;
import io.slipway.work.job.Runs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a database finds what lists and searches show: by its indexes, whatever is asked for. */
@NullUnmarked
abstract class ListPlansContract {
    private static final Caller ANN = People.ANN;

    private static final ClusterSpec SPEC = new ClusterSpec(
            "mine",
            "18.0.x-scala2.13",
            "m5.large",
            "m5.large",
            Optional.of(0),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Map.of(),
            0);

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private Base base;
    private Database database;
    private Plans plans;
    private Clusters clusters;
    private Jobs jobs;
    private Runs runs;
    private Contexts contexts;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        plans = new Plans(database);
        SessionTokens tokens = new SessionTokens(new byte[32], clock);
        FakeDrivers drivers = new FakeDrivers(
                clock, Seam.QUIET, (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofSeconds(1)));
        clusters = StillClusters.of(base);
        jobs = new Jobs(base, new IdentityArea(base, new byte[32]), TestBase.deaf(base));
        contexts = new KernelSteps(base, tokens, clusters, new Drivers(base, tokens), drivers).contexts;
        runs = new Runs(base, new IdentityArea(base, new byte[32]), contexts, TestBase.deaf(base));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void quick(Runnable work) {
        assertThat(plans.faults(work, false)).isEmpty();
    }

    /** A few rows, however found, may be sorted afterwards. */
    private void bounded(Runnable work) {
        assertThat(plans.faults(work, true)).isEmpty();
    }

    /** The first page, the next, the one before it, and one at an offset. */
    private static void pages(Function<PageWanted, Page<?>> list) {
        Page<?> first = list.apply(PageWanted.first(1));
        assertThat(first.next()).as("there are several pages").isNotEmpty();
        Page<?> second = list.apply(PageWanted.at(first.next(), 1));
        assertThat(list.apply(PageWanted.at(second.previous(), 1)).items()).isEqualTo(first.items());
        assertThat(list.apply(new PageWanted(1, "", 1)).items()).isEqualTo(second.items());
    }

    private static JobSettings settings(String name) {
        return new JobSettings(name, List.of(), Map.of(), Map.of(), 0, 1, false, Optional.empty());
    }

    @Test
    void a_fault_is_seen() {
        assertThat(plans.faults(
                        () -> database.read(handle -> handle.createQuery("select * from event where body = :body")
                                .bind("body", "")
                                .mapToMap()
                                .list()),
                        true))
                .hasSize(1);
        assertThat(plans.faults(
                        () -> database.read(
                                handle -> handle.createQuery("select * from run order by message, id limit 1")
                                        .mapToMap()
                                        .list()),
                        false))
                .isNotEmpty();
    }

    @Test
    void runs_are_found_by_indexes_whatever_is_asked_for() {
        quick(() -> {
            for (Optional<Long> job : List.of(Optional.<Long>empty(), Optional.of(7L))) {
                for (Optional<Boolean> ended : either()) {
                    for (Optional<Boolean> ofJob : either()) {
                        for (Optional<Long> time : List.of(Optional.<Long>empty(), Optional.of(7L))) {
                            RunFilter filter = new RunFilter(job, ended, ofJob, time, time);
                            runs.list(ANN, filter, PageWanted.first(20));
                            runs.list(ANN, filter, new PageWanted(20, "", 5));
                        }
                    }
                }
            }
            runs.failed(ANN, 5);
            runs.cancelAll(ANN, 7);
        });
    }

    private static List<Optional<Boolean>> either() {
        return List.of(Optional.empty(), Optional.of(true), Optional.of(false));
    }

    @Test
    void jobs_are_found_by_indexes() {
        for (String name : List.of("a", "b", "c")) {
            jobs.create(ANN, JobWanted.of(Described.plainly(settings(name))));
        }
        quick(() -> {
            pages(wanted -> jobs.list(ANN, Optional.empty(), wanted));
            jobs.list(ANN, Optional.of("A"), PageWanted.first(20));
            jobs.search(ANN, "a", 8);
            jobs.search(ANN, "12", 8);
        });
    }

    @Test
    void clusters_their_nodes_and_their_events_are_found_by_indexes() {
        List<Cluster> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(clusters.create(ANN, Described.plainly(SPEC), "API", Optional.empty(), Optional.empty()));
        }
        String id = made.get(0).id();
        clusters.terminate(ANN, id);
        quick(() -> {
            for (ClusterFilter.Sort sort : ClusterFilter.Sort.values()) {
                pages(wanted -> clusters.list(ANN, ClusterFilter.ALL, sort, wanted));
            }
            ClusterFilter narrow = new ClusterFilter(
                    Set.of(ClusterState.RUNNING, ClusterState.PENDING), Set.of("API"), Optional.of(true));
            clusters.list(ANN, narrow, ClusterFilter.Sort.NEWEST, PageWanted.first(20));
            clusters.search(ANN, "a", 8);
            for (boolean oldestFirst : List.of(true, false)) {
                pages(wanted -> clusters.events(ANN, id, FactFilter.ALL, oldestFirst, wanted)
                        .page());
            }
            FactFilter some = new FactFilter(Set.of("CREATING"), Optional.of(1L), Optional.of(2L));
            clusters.events(ANN, id, some, false, PageWanted.first(20));
        });
        bounded(() -> {
            clusters.nodes(ANN, id);
            clusters.ownedBy(ANN, 7);
        });
    }

    @Test
    void what_is_old_enough_to_be_forgotten_is_found_by_indexes() {
        Notebooks notebooks = new NotebookRoom(
                        base,
                        new IdentityArea(base, new byte[32]),
                        tree(),
                        clusters,
                        contexts,
                        (caller, path) -> new Notebook(Language.PYTHON, List.of()),
                        new OpenDocuments(base),
                        new Turns(
                                new Drivers(base, new SessionTokens(new byte[32], base.clock())),
                                new HttpDriverClient()))
                .notebooks();
        quick(() -> {
            runs.forget(1, 10);
            clusters.forget(1, 10);
            contexts.forget(1, 10);
            notebooks.forgetRevisions(10, 10);
        });
    }

    private Tree tree() {
        return new TreeRoom(base, new Permissions(), OpenNotebooks.NONE, folder.resolve("tree"), false).tree();
    }

    @Test
    void objects_of_the_workspace_are_found_by_indexes() {
        Tree tree = tree();
        tree.bootstrap(WorkspaceId.FIRST);
        quick(() -> {
            tree.list(ANN, "/");
            tree.recent(ANN, 12);
            tree.search(ANN, "a", 8);
        });
    }

    @Test
    void what_the_catalog_has_is_found_by_indexes() {
        URI root = folder.toUri();
        CatalogArea area = new CatalogArea(base, new IdentityArea(base, new byte[32]), root, folder.resolve("dbfs"));
        Catalogs catalogs = area.catalogs();
        Schemas schemas = area.schemas();
        Tables tables = area.tables();
        Metastore unused = catalogs.bootstrap();
        Catalog first = catalogs.list(ANN, PageRequest.ALL).items().get(0);
        PageRequest page = new PageRequest(Optional.of(5), Optional.empty());
        quick(() -> {
            schemas.list(ANN, first.name(), page);
            tables.list(ANN, first.name(), "default", page);
        });
        bounded(() -> {
            tables.summaries(ANN, first.name(), "%", "%a%", page);
            tables.search(ANN, "a", 8);
        });
    }
}
