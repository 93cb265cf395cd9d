package io.slipway.content.notebook;

import static io.slipway.content.notebook.Desk.ANN;
import static io.slipway.content.notebook.Desk.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.tree.Format;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.Mime;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs in open notebooks, on any database, with the steps of the loops taken by hand. */
@NullUnmarked
abstract class NotebookRunsContract {
    @TempDir
    private Path folder;

    private Database database;
    private Desk desk;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        People.known(database);
        desk = new Desk(database, folder.resolve("tree"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long attached(String... cells) {
        long id = desk.notebook(cells);
        desk.clusterUp();
        desk.runs.attach(ANN, id, desk.cluster);
        return id;
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private List<String> told(long id, String cell) {
        return desk.log(id, 0).stream()
                .filter(frame -> frame.path("type").asText().equals("state")
                        && frame.path("cell").asText().equals(cell))
                .map(frame -> frame.path("state").asText())
                .toList();
    }

    private List<String> code() {
        return desk.ran.stream().map(spec -> ((CommandSpec.Code) spec).code()).toList();
    }

    @Test
    void cells_run_one_after_the_other_in_the_order_of_the_asking() {
        long id =
                attached("a", "# MAGIC %sql\n# MAGIC select 1", "# MAGIC %md\n# MAGIC text", "# MAGIC %sh\n# MAGIC ls");
        List<String> ids = desk.cellIds(id);
        desk.runs.run(ANN, id, List.of(ids.get(3), ids.get(0)));
        desk.runs.run(ANN, id, List.of(ids.get(0), ids.get(1), ids.get(2)));
        desk.settle(id);
        assertThat(desk.ran)
                .containsExactly(
                        new CommandSpec.Code("sh", "ls"),
                        new CommandSpec.Code("python", "a"),
                        new CommandSpec.Code("sql", "select 1"));
        assertThat(told(id, ids.get(0))).containsExactly("queued", "running", "done");
        JsonNode run = desk.snapshot(id).path("cells").get(0).path("run");
        assertThat(run.path("by").asText()).isEqualTo("ann@example.com");
        assertThat(run.path("start").asLong()).isPositive();
        assertThat(run.path("end").asLong()).isGreaterThan(run.path("start").asLong());
        assertThat(desk.driver.contexts()).hasSize(1);
    }

    @Test
    void an_exported_notebook_shows_what_its_cells_put_out() {
        long id = attached("a", "# MAGIC %md\n# MAGIC | x |\n# MAGIC |---|\n# MAGIC | **1** |");
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.put("type", "stream").put("name", "stdout").put("text", "<b>hello</b>\n");
        desk.endings.put("a", new FakeDrivers.Ending(CommandStatus.Outcome.OK, Duration.ZERO, List.of(said)));
        desk.runs.runAll(ANN, id);
        desk.settle(id);
        assertThat(desk.exported(Format.JUPYTER)).contains("\"output_type\": \"stream\"", "<b>hello</b>");
        assertThat(desk.exported(Format.HTML))
                .contains("&lt;b&gt;hello&lt;/b&gt;", "<td><strong>1</strong></td>")
                .doesNotContain("<b>hello");
        assertThat(desk.exported(Format.SOURCE)).doesNotContain("hello");
    }

    @Test
    void a_notebook_without_a_cluster_or_on_one_that_is_down_says_what_to_do() {
        long id = desk.notebook("a", "b");
        List<String> ids = desk.cellIds(id);
        refused(ErrorCode.INVALID_STATE, "not attached", () -> desk.runs.runAll(ANN, id));
        desk.runs.attach(ANN, id, desk.cluster);
        desk.database.change(tx -> tx.sql().execute("update cluster set state = 'TERMINATED'"));
        desk.runs.runAll(ANN, id);
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.ERROR, CellRunState.CANCELLED);
        assertThat(desk.outputs(id, ids.get(0))).contains("is not running. Start it, then run again.");
    }

    @Test
    void cells_wait_for_a_cluster_that_is_on_its_way() {
        long id = desk.notebook("a");
        desk.runs.attach(ANN, id, desk.cluster);
        desk.runs.runAll(ANN, id);
        desk.step(id);
        desk.step(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.QUEUED);
        desk.clusterUp();
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.DONE);
    }

    @Test
    void after_an_error_the_rest_of_the_request_is_not_run() {
        desk.fails("bad", Desk.error("ValueError"));
        long id = attached("a", "bad", "c", "d");
        List<String> ids = desk.cellIds(id);
        desk.runs.run(ANN, id, ids.subList(0, 3));
        desk.runs.run(ANN, id, List.of(ids.get(3)));
        desk.settle(id);
        assertThat(desk.states(id))
                .containsExactly(CellRunState.DONE, CellRunState.ERROR, CellRunState.CANCELLED, CellRunState.DONE);
        assertThat(desk.outputs(id, ids.get(1))).contains("ValueError");
    }

    @Test
    void an_exit_ends_the_request_well() {
        desk.endings.put(
                "exit",
                new FakeDrivers.Ending(
                        CommandStatus.Outcome.EXIT,
                        Duration.ofMillis(100),
                        List.of(Desk.display(
                                Mime.EXIT, JsonNodeFactory.instance.objectNode().put("value", "bye")))));
        long id = attached("exit", "b");
        desk.runs.runAll(ANN, id);
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.DONE, CellRunState.CANCELLED);
        assertThat(desk.outputs(id, desk.cellIds(id).get(0))).contains("bye");
    }

    @Test
    void output_is_told_as_it_comes_and_is_there_for_those_who_come_later() {
        desk.puts(
                "a",
                Desk.stream("one\n"),
                Desk.stream("two\n"),
                Desk.display("text/html", JsonNodeFactory.instance.textNode("<b>"))
                        .put("displayId", "d-1"),
                Desk.display("text/html", JsonNodeFactory.instance.textNode("<i>"))
                        .put("type", "update_display_data")
                        .put("displayId", "d-1"),
                Desk.stream("three\n"));
        long id = attached("a");
        String cell = desk.cellIds(id).get(0);
        desk.runs.run(ANN, id, List.of(cell));
        desk.settle(id);
        assertThat(streamed(id)).isEqualTo("one\ntwo\nthree\n");
        assertThat(desk.log(id, 0).stream().map(frame -> frame.path("type").asText()))
                .contains("output", "updateOutput");
        assertThat(desk.outputs(id, cell))
                .contains("\"text\":\"one\\ntwo\\n\"", "<i>", "three")
                .doesNotContain("<b>");
        desk.runs.run(ANN, id, List.of(cell));
        assertThat(desk.outputs(id, cell)).as("a new run begins with nothing").isEmpty();
        desk.settle(id);
        assertThat(desk.outputs(id, cell)).contains("three");
        desk.runs.clear(ANN, id, List.of());
        assertThat(desk.outputs(id, cell)).isEmpty();
    }

    @Test
    void output_is_told_without_the_loop_unless_it_comes_faster_than_people_read() {
        desk.endings.put(
                "a",
                new FakeDrivers.Ending(
                        CommandStatus.Outcome.OK,
                        Duration.ofSeconds(4),
                        List.of(Desk.stream("one\n"), Desk.stream("two\n"), Desk.stream("three\n"))));
        long id = attached("a");
        desk.runs.runAll(ANN, id);
        while (desk.driver.running().isEmpty()) {
            desk.step(id);
        }
        desk.stepOfKernels(Duration.ofMillis(1_010));
        desk.stepOfKernels(Duration.ofMillis(1_010));
        assertThat(streamed(id)).isEqualTo("one\n");
        desk.database.change(tx -> tx.sql()
                .execute("update document_run set published_at = ? where object_id = ?", desk.clock.millis(), id));
        desk.stepOfKernels(Duration.ZERO);
        assertThat(streamed(id)).as("so soon after the last piece").isEqualTo("one\n");
        desk.settle(id);
        assertThat(streamed(id)).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void a_clock_that_is_set_back_holds_up_no_output() {
        desk.endings.put(
                "a",
                new FakeDrivers.Ending(
                        CommandStatus.Outcome.OK,
                        Duration.ofSeconds(4),
                        List.of(Desk.stream("one\n"), Desk.stream("two\n"), Desk.stream("three\n"))));
        long id = attached("a");
        desk.runs.runAll(ANN, id);
        while (!streamed(id).equals("one\n")) {
            desk.step(id);
        }
        desk.database.change(tx -> tx.sql()
                .execute("update document_run set published_at = published_at + 86400000 where object_id = ?", id));
        for (int i = 0; i < 20; i++) {
            desk.step(id);
        }
        assertThat(streamed(id)).isEqualTo("one\ntwo\n");
    }

    private String streamed(long id) {
        return desk.log(id, 0).stream()
                .filter(frame -> frame.path("type").asText().equals("stream"))
                .map(frame -> frame.path("text").asText())
                .reduce("", String::concat);
    }

    @Test
    void what_waits_is_cancelled_at_once_and_what_runs_when_the_driver_says_so() {
        desk.endings.put("long", FakeDrivers.Ending.ok(Duration.ofHours(1)));
        long id = attached("long", "b");
        List<String> ids = desk.cellIds(id);
        desk.runs.runAll(ANN, id);
        while (desk.driver.running().isEmpty()) {
            desk.step(id);
        }
        desk.runs.cancel(ANN, id, List.of());
        assertThat(desk.states(id)).containsExactly(CellRunState.RUNNING, CellRunState.CANCELLED);
        refused(ErrorCode.INVALID_STATE, "is running", () -> desk.notebooks.delete(ANN, id, "tab", ids.get(0)));
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.CANCELLED, CellRunState.CANCELLED);
        assertThat(desk.driver.running()).isEmpty();
    }

    @Test
    void a_server_that_comes_back_goes_on_with_the_cell_that_runs() {
        desk.endings.put(
                "long",
                new FakeDrivers.Ending(
                        CommandStatus.Outcome.OK,
                        Duration.ofSeconds(20),
                        List.of(Desk.stream("a\n"), Desk.stream("b\n"))));
        long id = attached("long", "after");
        desk.runs.runAll(ANN, id);
        while (desk.driver.running().isEmpty()) {
            desk.step(id);
        }
        desk.start();
        assertThat(desk.states(id)).containsExactly(CellRunState.RUNNING, CellRunState.QUEUED);
        assertThat(desk.steps.unfinished()).contains(id);
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.DONE, CellRunState.DONE);
        assertThat(desk.outputs(id, desk.cellIds(id).get(0))).contains("a\\nb\\n");
        assertThat(code()).containsExactly("long", "after");
    }

    @Test
    void a_cluster_that_ends_takes_the_context_and_says_what_to_do_next() {
        desk.endings.put("long", FakeDrivers.Ending.ok(Duration.ofHours(1)));
        long id = attached("long", "b");
        desk.runs.runAll(ANN, id);
        while (desk.driver.running().isEmpty()) {
            desk.step(id);
        }
        desk.clusterDown();
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.ERROR, CellRunState.CANCELLED);
        assertThat(desk.outputs(id, desk.cellIds(id).get(0))).contains("DriverLost");
        JsonNode lost = desk.log(id, 0).stream()
                .filter(frame -> frame.path("type").asText().equals("contextLost"))
                .findFirst()
                .orElseThrow();
        assertThat(lost.path("message").asText()).contains("terminated");
        assertThat(lost.path("next").asText()).contains("Start the cluster");
        assertThat(desk.snapshot(id).path("lost").asText()).contains("terminated");
        assertThat(desk.snapshot(id).path("context").asText()).isEmpty();
    }

    @Test
    void a_restart_ends_what_runs_and_the_next_run_has_a_new_context() {
        desk.endings.put("long", FakeDrivers.Ending.ok(Duration.ofHours(1)));
        long id = attached("long", "b");
        List<String> ids = desk.cellIds(id);
        desk.runs.run(ANN, id, List.of(ids.get(0)));
        while (desk.driver.running().isEmpty()) {
            desk.step(id);
        }
        String before = desk.snapshot(id).path("context").asText();
        desk.runs.restart(ANN, id);
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.CANCELLED);
        assertThat(desk.driver.contexts()).isEmpty();
        desk.runs.run(ANN, id, List.of(ids.get(1)));
        desk.settle(id);
        assertThat(desk.driver.contexts()).hasSize(1).doesNotContain(before);
        desk.runs.detach(ANN, id);
        desk.settle(id);
        assertThat(desk.driver.contexts()).isEmpty();
    }

    @Test
    void code_runs_with_the_rights_of_the_one_who_attached_and_nobody_else_runs_it() {
        long id = attached("a");
        refused(
                ErrorCode.PERMISSION_DENIED,
                "attached as ann@example.com",
                () -> desk.runs.run(BOB, id, desk.cellIds(id)));
        refused(ErrorCode.PERMISSION_DENIED, "attached as", () -> desk.runs.restart(BOB, id));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "does not have CAN_ATTACH_TO permission",
                () -> desk.runs.attach(BOB, id, desk.cluster));
        desk.runs.run(People.ADMIN, id, desk.cellIds(id));
        desk.settle(id);
        assertThat(desk.contexts
                        .get(ANN, desk.snapshot(id).path("context").asText())
                        .owner())
                .isEqualTo(ANN.principal());
    }

    @Test
    void all_rows_of_a_result_are_for_the_one_whose_code_it_is() throws IOException {
        long id = attached("a");
        desk.runs.runAll(ANN, id);
        desk.settle(id);
        desk.driver.results().put("r-1", "id\r\n1\r\n");
        desk.results.require(ANN, id, "r-1");
        try (InputStream rows = desk.results.read(ANN, id, "r-1", "csv")) {
            assertThat(rows).hasContent("id\r\n1\r\n");
        }
        refused(ErrorCode.PERMISSION_DENIED, "attached as ann@example.com", () -> desk.results.require(BOB, id, "r-1"));
        try (InputStream rows = desk.results.first(ANN, id, "r-1", List.of(), List.of())) {
            assertThat(rows).hasContent("id\r\n1\r\n");
        }
        refused(ErrorCode.PERMISSION_DENIED, "attached as", () -> desk.results.read(BOB, id, "r-1", "csv"));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "attached as",
                () -> desk.results.first(BOB, id, "r-1", List.of(), List.of()));
        refused(ErrorCode.NOT_FOUND, "Run the cell again", () -> desk.results.require(ANN, id, "r-2"));
        refused(ErrorCode.NOT_FOUND, "Run the cell again", () -> desk.results.read(ANN, id, "r-2", "csv"));
        desk.clusterDown();
        desk.settle(id);
        refused(ErrorCode.NOT_FOUND, "Run the cell again", () -> desk.results.require(ANN, id, "r-1"));
    }

    @Test
    void a_cell_that_asks_is_answered_by_the_one_whose_code_it_is_while_it_waits() {
        desk.endings.put("ask", FakeDrivers.Ending.ok(Duration.ofHours(1)));
        long id = attached("ask");
        desk.runs.runAll(ANN, id);
        while (desk.driver.running().isEmpty()) {
            desk.step(id);
        }
        String command = desk.driver.running().iterator().next();
        refused(ErrorCode.PERMISSION_DENIED, "attached as", () -> desk.answers.give(BOB, id, command, "42"));
        desk.answers.give(ANN, id, command, "42");
        assertThat(desk.driver.answers()).containsExactly(Map.entry(command, "42"));
        refused(ErrorCode.INVALID_STATE, "does not wait", () -> desk.answers.give(ANN, id, command, "43"));
        refused(ErrorCode.INVALID_STATE, "does not wait", () -> desk.answers.give(ANN, id, "none", "43"));
        desk.clusterDown();
        desk.settle(id);
        refused(ErrorCode.INVALID_STATE, "does not wait", () -> desk.answers.give(ANN, id, command, "43"));
    }

    @Test
    void a_run_cell_includes_another_notebook() {
        desk.tree.importContent(
                ANN,
                "/Shared/other",
                io.slipway.content.tree.Format.SOURCE,
                java.util.Optional.of(io.slipway.content.tree.Language.PYTHON),
                "# Databricks notebook source\nx = 1\n\n# COMMAND ----------\n\ny = 2"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                true);
        desk.puts("x = 1", Desk.stream("x"));
        desk.puts("y = 2", Desk.stream("y"));
        long id = attached("# MAGIC %run ./other", "# MAGIC %run ./missing");
        List<String> ids = desk.cellIds(id);
        desk.runs.run(ANN, id, List.of(ids.get(0)));
        desk.runs.run(ANN, id, List.of(ids.get(1)));
        desk.settle(id);
        assertThat(code()).containsExactly("x = 1", "y = 2");
        assertThat(desk.outputs(id, ids.get(0))).contains("\"text\":\"xy\"");
        assertThat(desk.states(id)).containsExactly(CellRunState.DONE, CellRunState.ERROR);
        assertThat(desk.outputs(id, ids.get(1))).contains("/Shared/missing").contains("doesn't exist");
    }

    @Test
    void widgets_that_code_declares_keep_the_value_that_somebody_chose() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        var declared = json.objectNode()
                .put("action", "create")
                .put("type", "dropdown")
                .put("name", "env")
                .put("label", "Environment")
                .put("defaultValue", "dev")
                .put("value", "dev");
        declared.putArray("choices").add("dev").add("prod");
        desk.puts("declare", Desk.display(Mime.WIDGET, declared));
        desk.puts("remove", Desk.display(Mime.WIDGET, json.objectNode().put("action", "removeAll")));
        long id = attached("declare", "use", "remove");
        List<String> ids = desk.cellIds(id);
        desk.runs.run(ANN, id, List.of(ids.get(0)));
        desk.settle(id);
        JsonNode widget = desk.snapshot(id).path("widgets").get(0);
        assertThat(widget.path("name").asText()).isEqualTo("env");
        assertThat(widget.path("choices").size()).isEqualTo(2);
        assertThat(desk.outputs(id, ids.get(0))).as("nothing to look at").isEmpty();
        desk.runs.widget(ANN, id, "env", "prod");
        desk.runs.run(ANN, id, List.of(ids.get(1)));
        desk.settle(id);
        String command = desk.driver.begun().get(1).commandId();
        assertThat(desk.driver.widgets(command)).isEqualTo(Map.of("env", "prod"));
        desk.runs.run(ANN, id, List.of(ids.get(2)));
        desk.settle(id);
        assertThat(desk.snapshot(id).path("widgets")).isEmpty();
        refused(ErrorCode.NOT_FOUND, "no widget env", () -> desk.runs.widget(ANN, id, "env", "x"));
    }

    /** A notebook in which the first cell has declared the widget {@code env}, and these cells follow. */
    private long withWidget(String... cells) {
        ObjectNode declared = JsonNodeFactory.instance
                .objectNode()
                .put("action", "create")
                .put("type", "text")
                .put("name", "env")
                .put("label", "")
                .put("defaultValue", "dev")
                .put("value", "dev");
        declared.putArray("choices");
        String declare = "dbutils.widgets.text(\"env\", \"dev\")";
        desk.puts(declare, Desk.display(Mime.WIDGET, declared));
        List<String> all = new ArrayList<>(List.of(declare));
        all.addAll(List.of(cells));
        long id = attached(all.toArray(String[]::new));
        desk.runs.run(ANN, id, desk.cellIds(id).subList(0, 1));
        desk.settle(id);
        desk.ran.clear();
        return id;
    }

    @Test
    void another_value_of_a_widget_runs_the_cells_that_read_it() {
        String reads = "print(dbutils.widgets.get(\"env\"))";
        long id = withWidget(
                "other()", reads, "# MAGIC %sql\n# MAGIC select :env", "dbutils.widgets.get(\"environment\")");
        assertThat(desk.snapshot(id).path("onWidgetChange").asText()).isEqualTo("cells");
        assertThat(desk.runs.widget(ANN, id, "env", "prod")).isEmpty();
        desk.settle(id);
        assertThat(code()).containsExactly(reads, "select :env");
        assertThat(desk.driver.widgets(desk.driver.begun().get(1).commandId())).isEqualTo(Map.of("env", "prod"));
        desk.runs.widget(ANN, id, "env", "prod");
        desk.settle(id);
        assertThat(code()).as("the same value again is no change").hasSize(2);
    }

    @Test
    void what_another_value_runs_is_set_for_everybody() {
        long id = withWidget("print(dbutils.widgets.get(\"env\"))", "last()");
        desk.runs.onWidgetChange(ANN, id, OnWidgetChange.NOTHING);
        List<JsonNode> log = desk.log(id, 0);
        JsonNode told = log.get(log.size() - 1);
        assertThat(told.path("type").asText()).isEqualTo("widgets");
        assertThat(told.path("onWidgetChange").asText()).isEqualTo("nothing");
        assertThat(desk.runs.widget(ANN, id, "env", "prod")).isEmpty();
        assertThat(desk.steps.unfinished()).isNotEmpty();
        desk.settle(id);
        assertThat(desk.ran).isEmpty();
        desk.runs.onWidgetChange(ANN, id, OnWidgetChange.NOTEBOOK);
        desk.start();
        assertThat(desk.snapshot(id).path("onWidgetChange").asText()).isEqualTo("notebook");
        desk.runs.widget(ANN, id, "env", "test");
        desk.settle(id);
        assertThat(code()).hasSize(3).last().isEqualTo("last()");
        assertThat(desk.notebooks.revisions(ANN, id))
                .extracting(Revision::reason)
                .contains("run");
    }

    @Test
    void where_nothing_can_run_only_the_value_of_a_widget_changes_and_the_answer_says_why() {
        long id = withWidget("print(dbutils.widgets.get(\"env\"))");
        assertThat(desk.runs.widget(BOB, id, "env", "bob's"))
                .hasValueSatisfying(why -> assertThat(why).contains("attached as ann@example.com"));
        desk.runs.restart(ANN, id);
        assertThat(desk.runs.widget(ANN, id, "env", "fresh"))
                .hasValueSatisfying(why -> assertThat(why).contains("no cell has run"));
        desk.runs.detach(ANN, id);
        assertThat(desk.runs.widget(ANN, id, "env", "alone"))
                .hasValueSatisfying(why -> assertThat(why).contains("not attached"));
        desk.settle(id);
        assertThat(desk.ran).isEmpty();
        JsonNode widget = desk.snapshot(id).path("widgets").get(0);
        assertThat(widget.path("value").asText()).isEqualTo("alone");
    }

    @Test
    void a_cell_that_runs_while_a_widget_that_it_reads_changes_is_left_as_it_is_and_the_answer_says_so() {
        String reads = "print(dbutils.widgets.get(\"env\"))";
        long id = withWidget(reads, reads + "  # too");
        desk.endings.put(reads, FakeDrivers.Ending.ok(Duration.ofHours(1)));
        desk.runs.run(ANN, id, desk.cellIds(id).subList(1, 2));
        while (desk.driver.running().isEmpty()) {
            desk.step(id);
        }
        assertThat(desk.runs.widget(ANN, id, "env", "prod"))
                .hasValueSatisfying(why -> assertThat(why).contains("was running"));
        assertThat(desk.states(id)).containsExactly(CellRunState.DONE, CellRunState.RUNNING, CellRunState.QUEUED);
    }

    @Test
    void of_a_deleted_notebook_nothing_stays_on_the_cluster_or_in_the_database() {
        desk.puts("a", Desk.stream("text"));
        long id = attached("a");
        desk.runs.runAll(ANN, id);
        desk.settle(id);
        assertThat(desk.driver.contexts()).hasSize(1);
        desk.tree.delete(ANN, Desk.PATH, false);
        assertThat(desk.steps.unfinished()).contains(id);
        desk.step(id);
        assertThat(desk.driver.contexts()).isEmpty();
        assertThat(desk.steps.unfinished()).isEmpty();
        long left = database.read(handle -> handle.createQuery("select count(*) from command")
                .mapTo(Long.class)
                .one());
        assertThat(left).isZero();
        assertThat(database.stream("frame").sequences("", 10)).isEmpty();
    }

    @Test
    void of_a_notebook_that_is_deleted_while_a_cell_runs_nothing_stays_either() {
        desk.puts("a", Desk.stream("text"));
        long id = attached("a");
        desk.runs.runAll(ANN, id);
        while (!desk.states(id).contains(CellRunState.RUNNING)
                || database.stream("frame").sequences("", 10).isEmpty()) {
            desk.step(id);
        }
        desk.tree.delete(ANN, Desk.PATH, false);
        // The context ends, its command is lost, and whoever hears that looks again.
        for (int i = 0; i < 3; i++) {
            desk.step(id);
        }
        long left = database.read(handle -> handle.createQuery("select count(*) from command")
                .mapTo(Long.class)
                .one());
        assertThat(left).isZero();
        assertThat(database.stream("frame").sequences("", 10)).isEmpty();
    }

    @Test
    void a_run_of_all_keeps_a_revision() {
        long id = attached("a", "b");
        desk.runs.runAll(ANN, id);
        assertThat(desk.notebooks.revisions(ANN, id))
                .extracting(Revision::reason)
                .containsExactly("run");
    }
}
