package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.kit.WorkspaceId;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Described;
import io.slipway.store.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs of an open notebook under cancels, restarts of the kernel, lost drivers and a dying server. */
class NotebookLifeTest extends Simulation {
    private static final Duration ENDLESS = Duration.ofDays(1);
    private static final String SOURCE = String.join(
            "\n\n# COMMAND ----------\n\n",
            "# Databricks notebook source\na",
            "b",
            "# MAGIC %sql\n# MAGIC select 1",
            "d");

    private int moved;

    @Test
    void cells_run_once_and_their_output_is_whole_whatever_happens_to_the_server() {
        play(40, seed -> history(seed, World.Mood.ROUGH));
        assertThat(moved).as("cells that ran in all histories").isPositive();
    }

    @Test
    void runs_of_cells_end_whatever_happens_to_their_driver() {
        play(25, seed -> history(seed, World.Mood.HARSH));
        assertThat(moved).as("cells that ran in all histories").isPositive();
    }

    private void history(long seed, World.Mood mood) {
        Map<String, FakeDrivers.Ending> endings = new HashMap<>();
        List<World> self = new ArrayList<>();
        World world = new World(outside(), seed, (context, command, spec) -> {
            FakeDrivers.Ending ending = ending(self.get(0));
            endings.put(command, ending);
            return ending;
        });
        self.add(world);
        String cluster = world.up()
                .clusters
                .create(
                        World.ANN,
                        Described.plainly(World.cluster("notebooks", 0)),
                        "API",
                        Optional.empty(),
                        Optional.empty())
                .id();
        assertThat(world.liveUntil(() -> up(world, cluster), Duration.ofMinutes(5)))
                .isTrue();
        world.up().tree.bootstrap(WorkspaceId.FIRST);
        world.up()
                .tree
                .importContent(
                        World.ANN,
                        "/Shared/1",
                        Format.SOURCE,
                        Optional.of(Language.PYTHON),
                        SOURCE.getBytes(StandardCharsets.UTF_8),
                        false);
        long notebook = world.up().notebooks.open(World.ANN, "/Shared/1").id();
        world.up().notebookRuns.attach(World.ANN, notebook, cluster);
        world.chaos(mood, () -> user(world, cluster, notebook));
        world.often(3, () -> user(world, cluster, notebook));
        if (mood == World.Mood.HARSH) {
            world.often(60, () -> {
                world.tell("the driver dies");
                world.nodes.list().forEach(node -> world.nodes.kill(node, 137));
            });
            world.often(30, () -> world.ask("start", () -> world.up().clusters.start(World.ANN, cluster)));
            world.often(90, () -> world.ask("restart", () -> world.up().clusters.restart(World.ANN, cluster)));
        }
        world.live(Duration.ofMinutes(1));
        world.calm();
        boolean rested = world.liveUntil(() -> rested(world, notebook), Duration.ofMinutes(20));
        assertThat(world.defects()).as(named(seed, world)).isEmpty();
        assertThat(rested)
                .as(
                        "every run ends: %s %s",
                        world.texts("select cell_id || state from document_run"), named(seed, world))
                .isTrue();
        world.live(Duration.ofMinutes(2));
        moved += world.moves("document_run").size();
        obeyed(world, seed);
        judge(world, mood, notebook, endings, named(seed, world));
    }

    private static FakeDrivers.Ending ending(World world) {
        List<ObjectNode> frames = new ArrayList<>();
        for (int i = 0; i < world.random.nextInt(4); i++) {
            frames.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "stream")
                    .put("name", "stdout")
                    .put("text", "part " + i + "\n"));
        }
        CommandStatus.Outcome outcome = world.any(List.of(CommandStatus.Outcome.values()));
        Duration after = world.chance(0.15) ? ENDLESS : world.seconds(5);
        boolean stays = outcome == CommandStatus.Outcome.OK && world.chance(0.4);
        return new FakeDrivers.Ending(outcome, after, frames, stays);
    }

    private static boolean up(World world, String cluster) {
        return world.find(cluster)
                .filter(found -> found.state() == ClusterState.RUNNING)
                .isPresent();
    }

    private static List<String> cells(World world) {
        return world.texts("select id from document_cell order by position");
    }

    private static void user(World world, String cluster, long notebook) {
        if (world.platform().isEmpty()) {
            return;
        }
        ServerLife platform = world.up();
        List<String> cells = cells(world);
        if (cells.isEmpty() || world.chance(0.05)) {
            String id = "cell-" + world.random.nextInt(1_000_000);
            world.ask("insert " + id, () -> platform.notebooks.insert(World.ANN, notebook, "tab", id, "", "code"));
            return;
        }
        String cell = world.any(cells);
        if (world.chance(0.4)) {
            world.ask("run " + cell, () -> platform.notebookRuns.run(World.ANN, notebook, List.of(cell)));
        } else if (world.chance(0.2)) {
            world.ask("run all", () -> platform.notebookRuns.runAll(World.ANN, notebook));
        } else if (world.chance(0.3)) {
            world.ask("cancel " + cell, () -> platform.notebookRuns.cancel(World.ANN, notebook, List.of(cell)));
        } else if (world.chance(0.2)) {
            world.ask("cancel all", () -> platform.notebookRuns.cancel(World.ANN, notebook, List.of()));
        } else if (world.chance(0.2)) {
            world.ask("restart", () -> platform.notebookRuns.restart(World.ANN, notebook));
        } else if (world.chance(0.1)) {
            world.ask("detach", () -> platform.notebookRuns.detach(World.ANN, notebook));
        } else if (world.chance(0.3)) {
            world.ask("attach", () -> platform.notebookRuns.attach(World.ANN, notebook, cluster));
        } else if (world.chance(0.2)) {
            world.ask("delete " + cell, () -> platform.notebooks.delete(World.ANN, notebook, "tab", cell));
        }
    }

    /** Everything has ended; what would go on for ever is cancelled. */
    private static boolean rested(World world, long notebook) {
        boolean busy = world.count("select count(*) from document_run where state in ('QUEUED', 'RUNNING')") > 0;
        if (busy) {
            world.up().notebookRuns.cancel(World.ANN, notebook, List.of());
        }
        return !busy && world.count("select count(*) from command where state in ('QUEUED', 'RUNNING')") == 0;
    }

    private static void judge(
            World world, World.Mood mood, long notebook, Map<String, FakeDrivers.Ending> endings, String name) {
        List<String> begun =
                world.drivers.begun().stream().map(FakeDrivers.Begun::commandId).toList();
        assertThat(begun).as("cells run once; " + name).doesNotHaveDuplicates();
        assertThat(world.drivers.running()).as("nothing runs on; " + name).isEmpty();
        assertThat(world.drivers.contexts().size())
                .as("contexts that nobody reaches; " + name)
                .isLessThanOrEqualTo(1);
        List<String> cells = cells(world);
        Map<String, List<String>> told = new HashMap<>();
        Map<String, StringBuilder> heard = new HashMap<>();
        long number = 0;
        while (true) {
            var news = world.up().reader.after(notebook, number).orElseThrow();
            if (news.isEmpty()) {
                break;
            }
            for (var each : news) {
                JsonNode frame = Json.read(each.frame(), JsonNode.class);
                number = each.number();
                String cell = frame.path("cell").asText();
                // A cell that was deleted while it waited has no end to tell.
                if (frame.path("type").asText().equals("state") && cells.contains(cell)) {
                    String state = frame.path("state").asText();
                    List<String> states = told.computeIfAbsent(frame.path("run").asText(), run -> new ArrayList<>());
                    if (!states.contains(state)) {
                        states.add(state);
                    }
                    if (state.equals("queued")) {
                        heard.put(cell, new StringBuilder());
                    }
                } else if (frame.path("type").asText().equals("stream")) {
                    heard.computeIfAbsent(cell, id -> new StringBuilder())
                            .append(frame.path("text").asText());
                }
            }
        }
        told.forEach((run, states) -> {
            assertThat(states.get(0)).as(name).isEqualTo("queued");
            assertThat(states.get(states.size() - 1)).as(name).isIn("done", "error", "cancelled");
            assertThat(states.size()).as("%s of run %s; %s", states, run, name).isLessThanOrEqualTo(3);
        });
        outputs(world, mood, notebook, endings, heard, name);
    }

    private static void outputs(
            World world,
            World.Mood mood,
            long notebook,
            Map<String, FakeDrivers.Ending> endings,
            Map<String, StringBuilder> heard,
            String name) {
        var snapshot = world.up().reader.snapshot(notebook).orElseThrow();
        Json.read(snapshot.frame(), JsonNode.class).path("cells").forEach(cell -> {
            JsonNode run = cell.path("run");
            String id = cell.path("id").asText();
            FakeDrivers.Ending ending =
                    endings.get("notebook-" + notebook + "-" + run.path("run").asLong() + "-0");
            if (run.path("state").asText().equals("done")) {
                assertThat(ending).as(name).isNotNull();
                String expected = ending.frames().stream()
                        .map(frame -> frame.path("text").asText())
                        .reduce("", String::concat);
                assertThat(String.valueOf(heard.get(id)))
                        .as("output of %s; %s", id, name)
                        .isEqualTo(expected);
            }
            if (run.path("state").asText().equals("error")
                    && mood == World.Mood.ROUGH
                    && run.path("problem").asText().isEmpty()) {
                assertThat(ending).as(name).isNotNull();
                assertThat(ending.outcome()).as(name).isEqualTo(CommandStatus.Outcome.ERROR);
            }
        });
    }
}
