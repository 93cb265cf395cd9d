package io.slipway.content.notebook;

import static io.slipway.content.notebook.Desk.ANN;
import static io.slipway.content.notebook.Desk.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.content.notebook.Notebooks.Pushed;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.identity.Level;
import io.slipway.identity.Right;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.store.Database;
import io.slipway.store.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text of open notebooks on any database. */
@NullUnmarked
abstract class NotebooksContract {
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

    static ChangeSet change(String json) {
        return ChangeSet.of(Json.read(json, JsonNode.class));
    }

    private Pushed push(long notebook, String cell, long version, String... changes) {
        return desk.notebooks.push(
                ANN,
                notebook,
                "tab-a",
                cell,
                version,
                List.of(changes).stream().map(NotebooksContract::change).toList());
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void a_notebook_opens_with_the_cells_of_its_file() {
        long id = desk.notebook(
                "print(1)", "# MAGIC %md\n# MAGIC # Title", "# DBTITLE 1,Rows\n# MAGIC %sql\n# MAGIC select 1");
        JsonNode cells = desk.snapshot(id).path("cells");
        assertThat(desk.texts(id)).containsExactly("print(1)", "%md\n# Title", "%sql\nselect 1");
        assertThat(cells.findValuesAsText("language")).containsExactly("python", "md", "sql");
        assertThat(cells.findValuesAsText("kind")).containsExactly("code", "markdown", "code");
        assertThat(cells.get(2).path("title").asText()).isEqualTo("Rows");
        assertThat(desk.notebooks.open(BOB, String.valueOf(id)).path()).isEqualTo(Desk.PATH);
        assertThat(desk.cellIds(id)).as("the same ids for all").isEqualTo(desk.cellIds(id));
    }

    @Test
    void pictures_that_were_attached_in_jupyter_come_with_their_cell_and_stay_with_it() throws Exception {
        String attachments = "{\"a b.png\": {\"image/png\": \"iVBORw0=\"}}";
        desk.tree.importContent(
                ANN,
                Desk.PATH,
                Format.JUPYTER,
                Optional.empty(),
                ("{\"cells\": [{\"cell_type\": \"markdown\", \"metadata\": {}, \"source\": \"![x](attachment:a%20b.png)\","
                                + " \"attachments\": " + attachments
                                + "}, {\"cell_type\": \"code\", \"metadata\": {}, \"outputs\": [], \"source\": \"1\"}],"
                                + " \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}")
                        .getBytes(StandardCharsets.UTF_8),
                true);
        long id = desk.notebooks.open(ANN, Desk.PATH).id();
        JsonNode cells = desk.snapshot(id).path("cells");
        assertThat(cells.get(0).path("attachments")).isEqualTo(Json.read(attachments, JsonNode.class));
        assertThat(cells.get(1).has("attachments")).isFalse();
        push(id, desk.cellIds(id).get(0), 0, "[[0,\"# \"],30]");
        JsonNode exported = Json.read(desk.exported(Format.JUPYTER), JsonNode.class);
        assertThat(exported.path("cells").get(0).path("attachments")).isEqualTo(Json.read(attachments, JsonNode.class));
    }

    @Test
    void only_notebooks_open() {
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "is not a notebook", () -> desk.notebooks.open(ANN, "/Shared"));
        refused(ErrorCode.NOT_FOUND, "doesn't exist", () -> desk.notebooks.open(ANN, "/Shared/none"));
        refused(ErrorCode.NOT_FOUND, "doesn't exist", () -> desk.notebooks.open(ANN, "17"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "path or object id", () -> desk.notebooks.open(ANN, "x"));
    }

    @Test
    void a_change_is_in_the_workspace_when_it_is_accepted() {
        long id = desk.notebook("print(1)", "b = 2");
        String cell = desk.cellIds(id).get(0);
        long before = desk.tree.status(ANN, Desk.PATH).modifiedAt();
        desk.clock.advance(Duration.ofSeconds(3));
        assertThat(push(id, cell, 0, "[6,[1,\"17\"],1]", "[9,[0,\"\",\"x = '\uD83D\uDE00'\"]]"))
                .isEqualTo(new Pushed.Accepted(2));
        assertThat(desk.source())
                .isEqualTo("# Databricks notebook source\nprint(17)\nx = '\uD83D\uDE00'"
                        + "\n\n# COMMAND ----------\n\nb = 2");
        assertThat(desk.tree.notebook(ANN, Desk.PATH).cells().get(0).text()).isEqualTo("print(17)\nx = '\uD83D\uDE00'");
        assertThat(desk.tree.status(ANN, Desk.PATH).modifiedAt()).isEqualTo(before + 3_000);
        JsonNode told = desk.log(id, 0).get(0);
        assertThat(told.path("type").asText()).isEqualTo("changes");
        assertThat(told.path("client").asText()).isEqualTo("tab-a");
        assertThat(told.path("version").asLong()).isZero();
        assertThat(told.path("changes").size()).isEqualTo(2);
    }

    @Test
    void a_change_of_an_older_text_is_answered_with_what_was_missed() {
        long id = desk.notebook("abc");
        String cell = desk.cellIds(id).get(0);
        push(id, cell, 0, "[3,[0,\"d\"]]");
        push(id, cell, 1, "[4,[0,\"e\"]]");
        Pushed behind = push(id, cell, 0, "[[0,\"x\"],3]");
        assertThat(behind).isInstanceOfSatisfying(Pushed.Behind.class, rejected -> {
            assertThat(rejected.version()).isEqualTo(2);
            assertThat(rejected.changes().orElseThrow())
                    .extracting(Notebooks.Missed::version)
                    .containsExactly(0L, 1L);
        });
        assertThat(desk.texts(id)).containsExactly("abcde");
    }

    @Test
    void one_who_is_too_far_behind_gets_the_text() {
        long id = desk.notebook("abc");
        String cell = desk.cellIds(id).get(0);
        push(id, cell, 0, "[3,[0,\"d\"]]");
        database.change(tx -> tx.sql().execute("delete from document_log"));
        assertThat(push(id, cell, 0, "[[0,\"x\"],3]")).isEqualTo(new Pushed.Behind(1, Optional.empty(), "abcd"));
        assertThat(desk.reader.after(id, 0)).as("who hears the log starts anew").isEmpty();
    }

    @Test
    void what_is_no_change_of_this_text_is_refused_and_changes_nothing() {
        long id = desk.notebook("a\uD83D\uDE00c");
        String cell = desk.cellIds(id).get(0);
        for (String wrong : List.of("[3]", "[5]", "[-1,5]", "{}", "[\"a\"]", "[[4,\"a\\nb\"]]", "[[4,7]]", "[1.5,3]")) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, "not a change", () -> push(id, cell, 0, wrong));
        }
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "surrogate", () -> push(id, cell, 0, "[2,[1],1]"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "NUL", () -> push(id, cell, 0, "[4,[0,\"\\u0000\"]]"));
        refused(ErrorCode.NOT_FOUND, "has been deleted", () -> push(id, "nothing", 0, "[4]"));
        assertThat(desk.texts(id)).containsExactly("a\uD83D\uDE00c");
        assertThat(desk.log(id, 0)).isEmpty();
    }

    @Test
    void cells_are_made_moved_named_folded_arranged_and_deleted() {
        long id = desk.notebook("a", "b");
        List<String> ids = desk.cellIds(id);
        desk.notebooks.insert(ANN, id, "tab-a", "new-1", ids.get(0), "%sql\nselect 1");
        desk.notebooks.insert(ANN, id, "tab-a", "new-1", ids.get(1), "again");
        desk.notebooks.insert(ANN, id, "tab-a", "new-2", "", "top");
        assertThat(desk.texts(id)).containsExactly("top", "a", "%sql\nselect 1", "b");
        desk.notebooks.move(ANN, id, "tab-a", "new-2", ids.get(1));
        desk.notebooks.title(ANN, id, "tab-a", "new-1", "Rows", true);
        desk.notebooks.collapse(ANN, id, "tab-a", "new-1", true, false);
        JsonNode views = Json.tree(Map.of("0", Map.of("chart", "bar")));
        desk.notebooks.views(ANN, id, "tab-a", "new-1", views);
        desk.notebooks.delete(ANN, id, "tab-a", ids.get(0));
        assertThat(desk.texts(id)).containsExactly("%sql\nselect 1", "b", "top");
        JsonNode first = desk.snapshot(id).path("cells").get(0);
        assertThat(first.path("title").asText()).isEqualTo("Rows");
        assertThat(first.path("codeHidden").asBoolean()).isTrue();
        assertThat(first.path("views")).isEqualTo(views);
        assertThat(desk.source())
                .isEqualTo("# Databricks notebook source\n# DBTITLE 1,Rows\n# MAGIC %sql\n# MAGIC select 1"
                        + "\n\n# COMMAND ----------\n\nb\n\n# COMMAND ----------\n\ntop");
        assertThat(desk.log(id, 0).stream().map(frame -> frame.path("op").asText()))
                .containsExactly("insert", "insert", "move", "title", "collapse", "view", "delete");
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "A cell's id",
                () -> desk.notebooks.insert(ANN, id, "tab-a", "a b", "", ""));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "one JSON object",
                () -> desk.notebooks.views(ANN, id, "tab-a", "new-1", Json.tree(List.of())));
    }

    @Test
    void a_cell_that_was_cut_comes_back_with_what_stood_below_it() {
        long id = desk.notebook("a");
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
        outputs.addObject().put("type", "stream").put("name", "stdout").put("text", "seen before\n");
        outputs.addObject()
                .put("type", "display_data")
                .putObject("data")
                .putObject("application/vnd.slipway.table+json")
                .putArray("data");
        desk.notebooks.insert(ANN, id, "tab-a", "back", "", "%sql\nselect 1", outputs);
        assertThat(desk.texts(id)).containsExactly("%sql\nselect 1", "a");
        assertThat(desk.outputs(id, "back")).contains("seen before").contains("vnd.slipway.table");
        assertThat(desk.source()).doesNotContain("seen before");
    }

    @Test
    void a_cell_below_one_that_somebody_deleted_goes_to_the_end() {
        long id = desk.notebook("a", "b");
        String gone = desk.cellIds(id).get(0);
        desk.notebooks.delete(ANN, id, "tab-a", gone);
        desk.notebooks.insert(ANN, id, "tab-b", "mine", gone, "typed");
        assertThat(desk.texts(id)).containsExactly("b", "typed");
    }

    @Test
    void another_language_exchanges_the_magic() {
        long id = desk.notebook("select 1", "# MAGIC %md\n# MAGIC hello", "# MAGIC %sql\n# MAGIC select 2");
        List<String> ids = desk.cellIds(id);
        desk.notebooks.language(ANN, id, "tab-a", ids.get(0), "sql");
        desk.notebooks.language(ANN, id, "tab-a", ids.get(1), "python");
        assertThat(desk.texts(id)).containsExactly("%sql\nselect 1", "hello", "%sql\nselect 2");
        desk.notebooks.notebookLanguage(ANN, id, "tab-a", "scala");
        assertThat(desk.texts(id)).containsExactly("%sql\nselect 1", "%python\nhello", "%sql\nselect 2");
        assertThat(desk.tree.status(ANN, Desk.PATH).language().orElseThrow().word())
                .isEqualTo("scala");
        assertThat(desk.source()).startsWith("// Databricks notebook source\n");
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "no cells of language cobol",
                () -> desk.notebooks.language(ANN, id, "tab-a", ids.get(0), "cobol"));
    }

    @Test
    void an_import_changes_the_text_under_the_hands_of_those_who_have_it_open() {
        long id = desk.notebook("a = 1", "b = 2", "c = 3");
        List<String> ids = desk.cellIds(id);
        push(id, ids.get(1), 0, "[5,[0,\"0\"]]");
        desk.write("# Databricks notebook source\na = 1\n\n# COMMAND ----------\n\nb = 7\n\n# COMMAND ----------\n\nnew"
                + "\n\n# COMMAND ----------\n\nc = 3");
        assertThat(desk.texts(id)).containsExactly("a = 1", "b = 7", "new", "c = 3");
        List<String> now = desk.cellIds(id);
        assertThat(List.of(now.get(0), now.get(1), now.get(3))).isEqualTo(ids);
        assertThat(desk.notebooks.revisions(ANN, id)).hasSize(1);
        assertThat(desk.notebooks.revision(ANN, id, 1).cells())
                .extracting(Revision.Part::text)
                .containsExactly("a = 1", "b = 20", "c = 3");
        Pushed late = push(id, ids.get(1), 1, "[6,[0,\"x\"]]");
        assertThat(late)
                .isInstanceOfSatisfying(
                        Pushed.Behind.class,
                        behind -> assertThat(behind.changes().orElseThrow())
                                .hasSize(1)
                                .allSatisfy(missed -> assertThat(
                                                missed.body().path("client").asText())
                                        .isEqualTo("server")));
        assertThat(desk.source()).contains("b = 7").contains("new");
    }

    @Test
    void a_file_written_over_the_notebook_ends_it() {
        long id = desk.notebook("a = 1");
        desk.tree.importContent(
                ANN, Desk.PATH, Format.RAW, Optional.empty(), "text".getBytes(StandardCharsets.UTF_8), true);
        assertThat(desk.reader.snapshot(id)).isEmpty();
        assertThat(desk.tree.file(ANN, Desk.PATH))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("text");
    }

    @Test
    void a_deleted_notebook_is_gone_with_all_that_was_open() {
        long id = desk.notebook("a = 1");
        push(id, desk.cellIds(id).get(0), 0, "[5,[0,\"0\"]]");
        desk.notebooks.save(ANN, id, "");
        desk.tree.delete(ANN, Desk.PATH, false);
        assertThat(desk.reader.snapshot(id)).isEmpty();
        refused(ErrorCode.NOT_FOUND, "doesn't exist", () -> desk.notebooks.save(ANN, id, ""));
    }

    @Test
    void who_may_not_change_the_notebook_may_watch_it() {
        desk.tree.mkdirs(ANN, "/Users/ann@example.com");
        desk.tree.importContent(
                ANN,
                "/Users/ann@example.com/mine",
                Format.SOURCE,
                Optional.of(io.slipway.content.tree.Language.PYTHON),
                "1".getBytes(StandardCharsets.UTF_8),
                false);
        long id = desk.notebooks.open(ANN, "/Users/ann@example.com/mine").id();
        refused(ErrorCode.PERMISSION_DENIED, "CAN_READ", () -> desk.notebooks.open(BOB, String.valueOf(id)));
        refused(ErrorCode.PERMISSION_DENIED, "CAN_READ", () -> desk.notebooks.revisions(BOB, id));
        desk.give(BOB, id, Level.CAN_READ);
        desk.notebooks.open(BOB, String.valueOf(id));
        String cell = desk.cellIds(id).get(0);
        assertThat(desk.notebooks.rights(BOB, id)).containsExactly(Right.VIEW);
        assertThat(desk.notebooks.rights(ANN, id)).containsExactlyInAnyOrder(Right.values());
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> desk.notebooks.push(BOB, id, "tab", cell, 0, List.of(change("[1,[0,\"2\"]]"))),
                () -> desk.notebooks.insert(BOB, id, "tab", "new", "", ""),
                () -> desk.notebooks.save(BOB, id, ""),
                () -> desk.runs.run(BOB, id, List.of(cell)),
                () -> desk.runs.cancel(BOB, id, List.of()),
                () -> desk.runs.attach(People.user(9, "eve@example.com"), id, desk.cluster),
                () -> desk.runs.clear(BOB, id, List.of()))) {
            refused(ErrorCode.PERMISSION_DENIED, "does not have", call);
        }
        desk.give(BOB, id, Level.CAN_RUN);
        desk.runs.cancel(BOB, id, List.of());
        refused(ErrorCode.PERMISSION_DENIED, "CAN_EDIT", () -> desk.runs.clear(BOB, id, List.of()));
        refused(ErrorCode.PERMISSION_DENIED, "CAN_EDIT", () -> desk.notebooks.save(BOB, id, ""));
    }

    @Test
    void revisions_are_kept_on_request_after_five_minutes_of_edits_and_brought_back_as_new_ones() {
        long id = desk.notebook("a = 1");
        String cell = desk.cellIds(id).get(0);
        assertThat(desk.notebooks.save(ANN, id, "first")).isEqualTo(1);
        assertThat(desk.notebooks.save(ANN, id, "")).as("nothing new").isZero();
        push(id, cell, 0, "[4,[1,\"2\"]]");
        desk.clock.advance(Duration.ofMinutes(4));
        desk.step(id);
        assertThat(desk.notebooks.revisions(ANN, id)).hasSize(1);
        desk.clock.advance(Duration.ofMinutes(1));
        assertThat(desk.steps.unfinished()).contains(id);
        desk.step(id);
        assertThat(desk.notebooks.revisions(ANN, id))
                .extracting(Revision::reason)
                .containsExactly("edits", "save");
        assertThat(desk.steps.unfinished()).isEmpty();
        push(id, cell, 1, "[4,[1,\"3\"]]");
        desk.notebooks.insert(ANN, id, "tab-a", "extra", cell, "x");
        desk.notebooks.restore(ANN, id, 1);
        assertThat(desk.texts(id)).containsExactly("a = 1");
        assertThat(desk.cellIds(id)).containsExactly(cell);
        assertThat(desk.notebooks.revisions(ANN, id))
                .extracting(Revision::reason)
                .containsExactly("restore", "edits", "edits", "save");
        assertThat(desk.notebooks.revision(ANN, id, 3).cells())
                .extracting(Revision.Part::text)
                .containsExactly("a = 3", "x");
        desk.notebooks.restore(ANN, id, 3);
        assertThat(desk.texts(id)).containsExactly("a = 3", "x");
        assertThat(desk.cellIds(id)).containsExactly(cell, "extra");
        refused(ErrorCode.NOT_FOUND, "no revision 99", () -> desk.notebooks.restore(ANN, id, 99));
    }

    private List<Long> revisions(long notebook) {
        return desk.notebooks.revisions(ANN, notebook).stream()
                .map(Revision::number)
                .toList();
    }

    @Test
    void the_newest_revisions_of_a_notebook_are_kept_and_those_that_have_a_comment() {
        long id = desk.notebook("a = 1");
        String cell = desk.cellIds(id).get(0);
        assertThat(desk.notebooks.save(ANN, id, "before the demo")).isEqualTo(1);
        for (int version = 0; version < 5; version++) {
            push(id, cell, version, "[" + (5 + version) + ",[0,\"0\"]]");
            assertThat(desk.notebooks.save(ANN, id, "")).isEqualTo(2 + version);
        }
        desk.notebooks.restore(ANN, id, 2);
        assertThat(revisions(id)).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(desk.notebooks.forgetRevisions(2, 3)).as("there may be more").isTrue();
        assertThat(desk.notebooks.forgetRevisions(2, 3)).as("nothing more").isFalse();
        assertThat(revisions(id)).containsExactly(7L, 6L, 1L);
        assertThat(desk.notebooks.forgetRevisions(1, 100)).isFalse();
        assertThat(revisions(id)).containsExactly(7L, 1L);
        assertThat(desk.notebooks.save(ANN, id, ""))
                .as("the text is kept already")
                .isZero();
        refused(ErrorCode.NOT_FOUND, "no revision 6", () -> desk.notebooks.revision(ANN, id, 6));
        assertThat(desk.notebooks.save(ANN, id, "again")).isEqualTo(8);
        desk.notebooks.restore(ANN, id, 1);
        assertThat(desk.texts(id)).containsExactly("a = 1");
    }

    @Test
    void a_notebook_with_few_revisions_keeps_them_however_many_another_has() {
        long id = desk.notebook("a = 1");
        assertThat(desk.notebooks.save(ANN, id, "")).isEqualTo(1);
        desk.tree.importContent(
                ANN,
                "/Shared/other",
                Format.SOURCE,
                Optional.of(Language.PYTHON),
                "b = 1".getBytes(StandardCharsets.UTF_8),
                false);
        long other = desk.notebooks.open(ANN, "/Shared/other").id();
        String cell = desk.cellIds(other).get(0);
        for (int version = 0; version < 3; version++) {
            push(other, cell, version, "[" + (5 + version) + ",[0,\"0\"]]");
            assertThat(desk.notebooks.save(ANN, other, "")).isEqualTo(1 + version);
        }
        assertThat(desk.notebooks.forgetRevisions(2, 100)).isFalse();
        assertThat(revisions(id)).containsExactly(1L);
        assertThat(revisions(other)).containsExactly(3L, 2L);
    }
}
