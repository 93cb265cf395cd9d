package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.catalog.CatalogArea;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.ObjectType;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeRoom;
import io.slipway.identity.Caller;
import io.slipway.identity.Grant;
import io.slipway.identity.Grants;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Level;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.Ids;
import io.slipway.kit.Outcome;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.FakeTimer;
import io.slipway.kit.testing.Seam;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.StillClusters;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.KernelSteps;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Json;
import io.slipway.store.TestBase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The rooms around notebooks over one database, with a made-up driver, and the steps of their loops taken by hand. */
final class Desk {
    static final Caller ANN = People.ANN;
    static final Caller BOB = People.BOB;
    static final String PATH = "/Shared/notebook";
    private static final int PORT = 4711;

    final FakeClock clock = new FakeClock(1_700_000_000_000L);
    final Database database;
    final Map<String, FakeDrivers.Ending> endings = new HashMap<>();
    final List<CommandSpec> ran = new ArrayList<>();
    Seam seam = Seam.QUIET;
    final FakeDrivers driver = new FakeDrivers(clock, where -> seam.at(where), (context, command, spec) -> {
        ran.add(spec);
        String code = spec instanceof CommandSpec.Code cell ? cell.code() : "";
        return endings.getOrDefault(code, FakeDrivers.Ending.ok(Duration.ofMillis(100)));
    });
    final String cluster;
    private final Ids ids = new Ids(clock, new Random(1));
    Tree tree;
    Clusters clusters;
    Contexts contexts;
    Notebooks notebooks;
    NotebookRuns runs;
    FullResults results;
    Answers answers;
    CatalogArea catalog;
    Suggestions suggestions;
    NotebookReconciler steps;
    DocumentReader reader;
    NotebookFeed feed;
    private final Path files;
    private KernelSteps kernel;
    private Grants grants;

    Desk(Database database, Path files) {
        this.database = database;
        this.files = files;
        start();
        tree.bootstrap(WorkspaceId.FIRST);
        cluster = StillClusters.create(clusters, ANN, "c");
    }

    /** A server on this database; a second call is the next one, after the first was killed. */
    void start() {
        Base base = TestBase.of(database, clock, ids);
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        grants = identity.grants();
        SessionTokens tokens = identity.tokens();
        OpenDocuments open = new OpenDocuments(base);
        tree = new TreeRoom(base, identity.permissions(), open, files, false).tree();
        clusters = StillClusters.of(base);
        Drivers drivers = new Drivers(base, tokens);
        kernel = new KernelSteps(base, tokens, clusters, drivers, driver);
        contexts = kernel.contexts;
        NotebookRoom room = new NotebookRoom(
                base, identity, tree, clusters, contexts, tree::notebook, open, new Turns(drivers, driver));
        notebooks = room.notebooks();
        runs = room.runs();
        steps = room.reconciler();
        results = new FullResults(runs, drivers, driver, tokens);
        answers = new Answers(runs, drivers, driver);
        catalog = new CatalogArea(base, identity, URI.create("file:///srv/managed"), Path.of("/srv/dbfs"));
        suggestions = new Suggestions(runs, drivers, driver, catalog.catalogs(), catalog.schemas(), catalog.tables());
        reader = new DocumentReader(database);
        feed = new NotebookFeed(base, new FakeTimer(clock), Runnable::run);
    }

    /** The admin gives the user this level on the notebook. */
    void give(Caller user, long notebook, Level level) {
        grants.add(
                People.ADMIN,
                tree.guarded(People.ADMIN, notebook, ObjectType.NOTEBOOK),
                List.of(new Grant(PrincipalKind.USER, user.name(), level)));
    }

    void clusterUp() {
        StillClusters.up(database, cluster, PORT);
        driver.open(PORT);
    }

    void clusterDown() {
        database.change(tx -> tx.sql().execute("update cluster set state = 'TERMINATED' where id = ?", cluster));
        driver.close(PORT);
        kernel.clusterEnded(cluster);
    }

    /** A notebook of these cells, opened. */
    long notebook(String... cells) {
        String source = "# Databricks notebook source\n" + String.join("\n\n# COMMAND ----------\n\n", cells);
        write(source);
        return notebooks.open(ANN, PATH).id();
    }

    void write(String source) {
        tree.importContent(
                ANN, PATH, Format.SOURCE, Optional.of(Language.PYTHON), source.getBytes(StandardCharsets.UTF_8), true);
    }

    String source() {
        return exported(Format.SOURCE);
    }

    String exported(Format format) {
        return new String(tree.export(ANN, PATH, format).content(), StandardCharsets.UTF_8);
    }

    /** One look of every loop at everything. */
    void step(long notebook) {
        Outcome unused = steps.reconcile(notebook);
        stepOfKernels(Duration.ofMillis(60));
    }

    /** As {@link #step}, without the loop of notebooks. */
    void stepOfKernels(Duration passing) {
        kernel.pass();
        clock.advance(passing);
    }

    /** Until nothing runs any more. */
    void settle(long notebook) {
        for (int i = 0; i < 500; i++) {
            step(notebook);
            boolean busy = states(notebook).stream().anyMatch(state -> !state.ended());
            if (!busy) {
                clock.advance(Duration.ofMillis(200));
                return;
            }
        }
        throw new AssertionError("it does not come to rest: " + snapshot(notebook));
    }

    List<CellRunState> states(long notebook) {
        List<CellRunState> states = new ArrayList<>();
        snapshot(notebook).path("cells").forEach(cell -> {
            String state = cell.path("run").path("state").asText("");
            if (!state.isEmpty()) {
                states.add(CellRunState.valueOf(state.toUpperCase(java.util.Locale.ROOT)));
            }
        });
        return states;
    }

    JsonNode snapshot(long notebook) {
        return Json.read(reader.snapshot(notebook).orElseThrow().frame(), JsonNode.class);
    }

    List<String> cellIds(long notebook) {
        List<String> found = new ArrayList<>();
        snapshot(notebook)
                .path("cells")
                .forEach(cell -> found.add(cell.path("id").asText()));
        return found;
    }

    List<String> texts(long notebook) {
        List<String> found = new ArrayList<>();
        snapshot(notebook)
                .path("cells")
                .forEach(cell -> found.add(cell.path("text").asText()));
        return found;
    }

    /** All frames of the log after {@code number}. */
    List<JsonNode> log(long notebook, long number) {
        return reader.after(notebook, number).orElseThrow().stream()
                .map(told -> Json.read(told.frame(), JsonNode.class))
                .toList();
    }

    String outputs(long notebook, String cell) {
        return reader.snapshot(notebook).orElseThrow().outputs().stream()
                .filter(named -> named.cellId().equals(cell))
                .findFirst()
                .flatMap(reader::outputs)
                .orElse("");
    }

    static ObjectNode stream(String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "stream")
                .put("name", "stdout")
                .put("text", text);
    }

    static ObjectNode display(String mime, JsonNode value) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode().put("type", "display_data");
        frame.putObject("data").set(mime, value);
        frame.putObject("metadata");
        return frame;
    }

    static ObjectNode error(String name) {
        ObjectNode frame = JsonNodeFactory.instance
                .objectNode()
                .put("type", "error")
                .put("ename", name)
                .put("evalue", "it is so");
        frame.putArray("traceback");
        return frame;
    }

    void puts(String code, ObjectNode... frames) {
        endings.put(code, new FakeDrivers.Ending(CommandStatus.Outcome.OK, Duration.ofMillis(400), List.of(frames)));
    }

    void fails(String code, ObjectNode... frames) {
        endings.put(code, new FakeDrivers.Ending(CommandStatus.Outcome.ERROR, Duration.ofMillis(400), List.of(frames)));
    }
}
