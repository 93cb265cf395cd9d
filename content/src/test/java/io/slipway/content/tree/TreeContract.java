package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.Grant;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Level;
import io.slipway.identity.Permissions;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Event;
import io.slipway.store.FactFilter;
import io.slipway.store.TestBase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workspace on any database. */
@NullUnmarked
abstract class TreeContract {
    private static final Caller ADMIN = People.ADMIN;
    private static final Caller ANN = People.ANN;
    private static final Caller BOB = People.BOB;
    private static final String HOME = "/Users/ann@example.com";

    @TempDir
    private Path folder;

    private Database database;
    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    private final Clock clock = now::get;
    private Base base;
    private TreeRoom room;
    private Tree tree;

    abstract Database open(Path folder);

    @BeforeEach
    void bootstrap() {
        database = open(folder);
        base = TestBase.of(database, clock);
        room = room();
        tree = room.tree();
        People.known(database);
        tree.bootstrap(WorkspaceId.FIRST);
    }

    /** The tree of a server that begins now. */
    private TreeRoom room() {
        return new TreeRoom(base, new Permissions(), OpenNotebooks.NONE, folder.resolve("tree"), false);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private TreeObject put(Caller caller, String path, Format format, String content) {
        return tree.importContent(caller, path, format, Optional.empty(), bytes(content), false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String exported(String path, Format format) {
        return new String(tree.export(ANN, path, format).content(), StandardCharsets.UTF_8);
    }

    private static void refused(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void the_root_folders_and_the_callers_home_are_there_from_the_start() {
        tree.bootstrap(WorkspaceId.FIRST);
        assertThat(tree.list(ANN, "/")).extracting(TreeObject::path).containsExactly("/Repos", "/Shared", "/Users");
        assertThat(tree.status(ANN, HOME).owner()).isEqualTo(ANN.principal());
        assertThat(tree.list(BOB, "/Users")).extracting(TreeObject::path).containsExactly("/Users/bob@example.com");
        assertThat(tree.list(ADMIN, "/Users")).hasSize(3);
    }

    @Test
    void folders_are_made_with_their_parents_and_again_without_complaint() {
        long id = tree.mkdirs(ANN, HOME + "/a//b/c/").id();
        assertThat(tree.mkdirs(ANN, "/Workspace" + HOME + "/a/b/c").id()).isEqualTo(id);
        assertThat(tree.list(ANN, HOME + "/a"))
                .singleElement()
                .satisfies(folder -> assertThat(folder.path()).isEqualTo(HOME + "/a/b"));
        assertThat(tree.status(ANN, "/Workspace").path()).isEqualTo("/");
    }

    @Test
    void a_file_in_the_way_of_a_folder_is_a_clash() {
        put(ANN, HOME + "/x", Format.RAW, "1");
        refused(() -> tree.mkdirs(ANN, HOME + "/x/y"), ErrorCode.ALREADY_EXISTS, HOME + "/x");
        refused(() -> tree.mkdirs(ANN, HOME + "/x"), ErrorCode.ALREADY_EXISTS, HOME + "/x");
    }

    @Test
    void a_notebook_comes_out_as_it_went_in() {
        String source = "-- Databricks notebook source\nselect 1\n\n-- COMMAND ----------\n\n-- MAGIC %md hi";
        TreeObject object = put(ANN, HOME + "/q.sql", Format.AUTO, source);
        assertThat(object.path()).isEqualTo(HOME + "/q");
        assertThat(object.type()).isEqualTo(ObjectType.NOTEBOOK);
        assertThat(object.language()).contains(Language.SQL);
        assertThat(object.createdAt()).isEqualTo(now.get());
        assertThat(exported(HOME + "/q", Format.SOURCE)).isEqualTo(source);
        assertThat(exported(HOME + "/q", Format.HTML)).contains("select 1");
        assertThat(tree.export(ANN, HOME + "/q", Format.SOURCE).fileType()).isEqualTo("sql");
        assertThat(tree.notebook(ANN, HOME + "/q").cells()).hasSize(2);
        assertThat(new String(tree.file(ANN, HOME + "/q"), StandardCharsets.UTF_8))
                .isEqualTo(source);

        String jupyter = exported(HOME + "/q", Format.JUPYTER);
        put(ANN, HOME + "/copy.ipynb", Format.AUTO, jupyter);
        assertThat(exported(HOME + "/copy", Format.SOURCE)).isEqualTo(source);
    }

    @Test
    void auto_makes_a_notebook_only_of_what_says_so() {
        assertThat(put(ANN, HOME + "/m.py", Format.AUTO, "print(1)").type()).isEqualTo(ObjectType.FILE);
        assertThat(put(ANN, HOME + "/n.txt", Format.AUTO, "# Databricks notebook source\n")
                        .type())
                .isEqualTo(ObjectType.FILE);
        assertThat(exported(HOME + "/m.py", Format.SOURCE)).isEqualTo("print(1)");
        assertThat(new String(tree.file(ANN, HOME + "/m.py"), StandardCharsets.UTF_8))
                .isEqualTo("print(1)");
        refused(() -> tree.notebook(ANN, HOME + "/m.py"), ErrorCode.INVALID_PARAMETER_VALUE, "not a notebook");
    }

    @Test
    void source_needs_a_language_that_is_named_or_can_be_told() {
        refused(() -> put(ANN, HOME + "/x", Format.SOURCE, "1"), ErrorCode.INVALID_PARAMETER_VALUE, "language");
        assertThat(put(ANN, HOME + "/x.r", Format.SOURCE, "1").language()).contains(Language.R);
        assertThat(put(ANN, HOME + "/y", Format.SOURCE, "// Databricks notebook source\n1")
                        .language())
                .contains(Language.SCALA);
    }

    @Test
    void only_overwrite_replaces_and_it_keeps_the_id() {
        TreeObject first = put(ANN, HOME + "/f", Format.RAW, "one");
        refused(() -> put(ANN, HOME + "/f", Format.RAW, "two"), ErrorCode.ALREADY_EXISTS, "already exists");
        now.addAndGet(5);
        TreeObject second = tree.importContent(ANN, HOME + "/f", Format.RAW, Optional.empty(), bytes("three"), true);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.size()).isEqualTo(5);
        assertThat(second.modifiedAt()).isEqualTo(first.createdAt() + 5);
        assertThat(exported(HOME + "/f", Format.AUTO)).isEqualTo("three");
        tree.mkdirs(ANN, HOME + "/d");
        refused(
                () -> tree.importContent(ANN, HOME + "/d", Format.RAW, Optional.empty(), bytes("x"), true),
                ErrorCode.ALREADY_EXISTS,
                HOME + "/d");
    }

    @Test
    void a_folder_moves_with_all_that_is_in_it_and_things_stay_the_same_things() {
        TreeObject folder = tree.mkdirs(ANN, HOME + "/a_b/in");
        TreeObject file = put(ANN, HOME + "/a_b/in/f", Format.RAW, "one");
        put(ANN, HOME + "/a_bc", Format.RAW, "beside it");
        TreeObject above = tree.status(ANN, HOME + "/a_b");
        tree.mkdirs(ANN, HOME + "/to");
        assertThat(tree.move(ANN, above.id(), HOME + "/to/new name").path()).isEqualTo(HOME + "/to/new name");
        assertThat(tree.status(ANN, HOME + "/to/new name/in").id()).isEqualTo(folder.id());
        assertThat(tree.list(ANN, HOME + "/to/new name/in"))
                .extracting(TreeObject::id)
                .containsExactly(file.id());
        assertThat(exported(HOME + "/to/new name/in/f", Format.AUTO)).isEqualTo("one");
        assertThat(tree.list(ANN, HOME)).extracting(TreeObject::path).containsExactly(HOME + "/a_bc", HOME + "/to");
        assertThat(tree.move(ANN, file.id(), HOME + "/f").path()).isEqualTo(HOME + "/f");
        refused(() -> tree.move(ANN, file.id(), HOME + "/a_bc"), ErrorCode.ALREADY_EXISTS, "already exists");
        refused(
                () -> tree.move(ANN, above.id(), HOME + "/to/new name/in/x"),
                ErrorCode.INVALID_PARAMETER_VALUE,
                "within it");
        refused(() -> tree.move(ANN, file.id(), HOME + "/no/f"), ErrorCode.NOT_FOUND, "parent folder");
        refused(() -> tree.move(BOB, file.id(), "/Shared/f"), ErrorCode.PERMISSION_DENIED, HOME);
        long shared = tree.status(ANN, "/Shared").id();
        refused(() -> tree.move(ANN, shared, HOME + "/x"), ErrorCode.INVALID_STATE, "protected");
    }

    @Test
    void missing_paths_and_parents_are_told_apart() {
        refused(() -> tree.status(ANN, "/no"), ErrorCode.NOT_FOUND, "Path (/no) doesn't exist.");
        refused(() -> tree.delete(ANN, "/no", true), ErrorCode.NOT_FOUND, "Path (/no) doesn't exist.");
        refused(
                () -> put(ANN, HOME + "/no/x", Format.RAW, ""),
                ErrorCode.NOT_FOUND,
                "The parent folder (" + HOME + "/no) does not exist.");
    }

    @Test
    void a_full_folder_is_deleted_only_with_all_below_it() {
        tree.mkdirs(ANN, HOME + "/d_1/e");
        tree.mkdirs(ANN, HOME + "/dx1");
        put(ANN, HOME + "/d_1/e/f", Format.RAW, "1");
        refused(() -> tree.delete(ANN, HOME + "/d_1", false), ErrorCode.NOT_EMPTY, "not empty");
        tree.delete(ANN, HOME + "/d_1", true);
        refused(() -> tree.status(ANN, HOME + "/d_1/e/f"), ErrorCode.NOT_FOUND, "doesn't exist");
        assertThat(tree.list(ANN, HOME)).extracting(TreeObject::path).containsExactly(HOME + "/dx1");
    }

    @Test
    void the_folders_that_are_always_there_cannot_be_deleted() {
        for (String path : List.of("/", "/Users", "/Shared", "/Repos", "/Workspace/Shared")) {
            refused(() -> tree.delete(ADMIN, path, true), ErrorCode.INVALID_STATE, "protected");
        }
        refused(() -> tree.delete(ANN, HOME, true), ErrorCode.INVALID_STATE, "protected");
    }

    private void give(Caller user, String path, Level level) {
        TreeObject object = tree.status(ADMIN, path);
        new IdentityArea(base, new byte[32])
                .grants()
                .add(
                        ADMIN,
                        tree.guarded(ADMIN, object.id(), object.type()),
                        List.of(new Grant(PrincipalKind.USER, user.name(), level)));
    }

    @Test
    void a_home_is_its_owners_and_what_is_shared_is_everybodys() {
        put(ANN, HOME + "/f", Format.RAW, "1");
        long id = tree.status(ANN, HOME + "/f").id();
        refused(() -> tree.file(BOB, HOME + "/f"), ErrorCode.PERMISSION_DENIED, "CAN_READ");
        refused(() -> tree.status(BOB, HOME), ErrorCode.PERMISSION_DENIED, "CAN_READ");
        refused(() -> tree.byId(BOB, id), ErrorCode.PERMISSION_DENIED, "CAN_READ");
        refused(() -> put(BOB, HOME + "/g", Format.RAW, "1"), ErrorCode.PERMISSION_DENIED, HOME);
        refused(() -> tree.mkdirs(BOB, HOME + "/g"), ErrorCode.PERMISSION_DENIED, HOME);
        refused(() -> tree.delete(BOB, HOME + "/f", false), ErrorCode.PERMISSION_DENIED, HOME);
        refused(() -> tree.move(BOB, id, "/Shared/f"), ErrorCode.PERMISSION_DENIED, HOME);
        refused(() -> tree.mkdirs(BOB, "/top"), ErrorCode.PERMISSION_DENIED, "/");
        assertThat(tree.search(BOB, "/f", 10)).isEmpty();
        assertThat(tree.recent(BOB, 10)).isEmpty();
        put(ANN, "/Shared/f", Format.RAW, "1");
        assertThat(tree.recent(BOB, 10)).extracting(TreeObject::path).containsExactly("/Shared/f");
        tree.delete(BOB, "/Shared/f", false);
        tree.delete(ADMIN, HOME + "/f", false);
    }

    @Test
    void what_is_given_on_a_folder_counts_for_all_that_is_in_it_now_and_later() {
        tree.mkdirs(ANN, HOME + "/team/deep");
        put(ANN, HOME + "/team/deep/f", Format.RAW, "1");
        give(BOB, HOME + "/team", Level.CAN_READ);
        put(ANN, HOME + "/team/g", Format.RAW, "2");
        assertThat(tree.file(BOB, HOME + "/team/deep/f")).isNotEmpty();
        assertThat(tree.file(BOB, HOME + "/team/g")).isNotEmpty();
        refused(() -> write(BOB, HOME + "/team/g"), ErrorCode.PERMISSION_DENIED, "CAN_EDIT");
        give(BOB, HOME + "/team", Level.CAN_EDIT);
        write(BOB, HOME + "/team/g");
        refused(() -> put(BOB, HOME + "/team/h", Format.RAW, "1"), ErrorCode.PERMISSION_DENIED, "CAN_MANAGE");
        give(BOB, HOME + "/team", Level.CAN_MANAGE);
        put(BOB, HOME + "/team/h", Format.RAW, "1");
        assertThat(tree.search(BOB, "team", 10)).hasSize(5);
        tree.move(ANN, tree.status(ANN, HOME + "/team/g").id(), HOME + "/g");
        refused(() -> tree.file(BOB, HOME + "/g"), ErrorCode.PERMISSION_DENIED, "CAN_READ");
    }

    private void write(Caller caller, String path) {
        tree.importContent(caller, path, Format.RAW, Optional.empty(), bytes("new"), true);
    }

    @Test
    void folders_on_the_way_to_what_was_given_are_found_and_nothing_else_in_them() {
        tree.mkdirs(ANN, HOME + "/a/b");
        put(ANN, HOME + "/a/b/f", Format.RAW, "1");
        put(ANN, HOME + "/a/secret", Format.RAW, "1");
        give(BOB, HOME + "/a/b/f", Level.CAN_READ);
        assertThat(tree.list(BOB, "/Users"))
                .extracting(TreeObject::path)
                .containsExactly(HOME, "/Users/bob@example.com");
        assertThat(tree.list(BOB, HOME + "/a")).extracting(TreeObject::path).containsExactly(HOME + "/a/b");
        assertThat(tree.search(BOB, HOME, 10)).extracting(TreeObject::path).containsExactly(HOME + "/a/b/f");
        refused(() -> tree.export(BOB, HOME + "/a", Format.SOURCE), ErrorCode.PERMISSION_DENIED, "CAN_READ");
    }

    @Test
    void what_is_deleted_takes_what_was_given_on_it_with_it() {
        tree.mkdirs(ANN, HOME + "/a/b");
        give(BOB, HOME + "/a/b", Level.CAN_READ);
        tree.delete(ANN, HOME + "/a", true);
        tree.mkdirs(ANN, HOME + "/a/b");
        refused(() -> tree.status(BOB, HOME + "/a/b"), ErrorCode.PERMISSION_DENIED, "CAN_READ");
        assertThat(database.<Integer>read(handle -> handle.createQuery(
                                "select count(*) from granted where principal_id = 103 and object_id not in"
                                        + " (select cast(id as text) from tree_object)")
                        .mapTo(Integer.class)
                        .one()))
                .isZero();
    }

    @Test
    void paths_that_climb_or_hide_are_refused() {
        for (String path : List.of("", "relative", "/a/../b", "/./a", "/a\u0000b", "/a\nb", "/" + "x".repeat(300))) {
            refused(() -> tree.status(ANN, path), ErrorCode.INVALID_PARAMETER_VALUE, "ath");
        }
    }

    @Test
    void content_above_ten_megabytes_is_too_large() {
        byte[] large = new byte[(10 << 20) + 1];
        refused(
                () -> tree.importContent(ANN, HOME + "/l", Format.RAW, Optional.empty(), large, false),
                ErrorCode.TOO_LARGE,
                "10485760");
    }

    @Test
    void archives_and_pages_are_not_imported() {
        for (Format format : List.of(Format.DBC, Format.HTML, Format.R_MARKDOWN)) {
            refused(
                    () -> put(ANN, HOME + "/x", format, ""),
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Import of format " + format);
        }
        refused(() -> tree.export(ANN, HOME, Format.DBC), ErrorCode.INVALID_PARAMETER_VALUE, "DBC");
    }

    @Test
    void a_folder_is_exported_as_a_zip_of_sources() throws IOException {
        tree.mkdirs(ANN, HOME + "/p/q");
        put(ANN, HOME + "/p/nb.py", Format.AUTO, "# Databricks notebook source\n1");
        put(ANN, HOME + "/p/q/data.csv", Format.AUTO, "a,b");
        Exported exported = tree.export(ANN, HOME + "/p", Format.SOURCE);
        assertThat(exported.fileName()).isEqualTo("p.zip");
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(exported.content()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names).containsExactly("nb.py", "q/", "q/data.csv");
    }

    @Test
    void every_change_is_an_event_of_the_object() {
        TreeObject object = put(ANN, HOME + "/f", Format.RAW, "1");
        tree.delete(ANN, HOME + "/f", false);
        List<Event> told = database.read(handle -> base.facts()
                .of(handle, Ref.of(Kind.TREE, WorkspaceId.FIRST, object.id()), FactFilter.ALL, false, PageWanted.ALL)
                .items());
        assertThat(told)
                .extracting(event -> event.kind() + " by " + event.actor())
                .containsExactly("tree.deleted by " + ANN.id(), "tree.imported by " + ANN.id());
    }

    @Test
    void a_notebook_with_outputs_is_saved_and_read_back() {
        Notebook notebook = new Notebook(Language.PYTHON, List.of(new Cell("1 + 1")));
        tree.saveNotebook(ANN, HOME + "/nb", notebook, true);
        assertThat(tree.notebook(ANN, HOME + "/nb").cells())
                .extracting(Cell::text)
                .containsExactly("1 + 1");
    }

    @Test
    void each_workspace_has_a_tree_of_its_own() {
        Caller elsewhere = People.elsewhere(ANN);
        tree.bootstrap(elsewhere.workspace());
        TreeObject here = put(ANN, "/Shared/f", Format.RAW, "here");
        TreeObject there = put(elsewhere, "/Shared/f", Format.RAW, "there");
        assertThat(new String(tree.file(ANN, "/Shared/f"), StandardCharsets.UTF_8))
                .isEqualTo("here");
        assertThat(tree.byId(elsewhere, there.id()).path()).isEqualTo("/Shared/f");
        refused(() -> tree.byId(elsewhere, here.id()), ErrorCode.NOT_FOUND, "Object " + here.id() + " doesn't exist.");
        refused(() -> tree.move(elsewhere, here.id(), "/Shared/g"), ErrorCode.NOT_FOUND, String.valueOf(here.id()));
        assertThat(tree.recent(elsewhere, 10)).extracting(TreeObject::id).containsExactly(there.id());
        assertThat(tree.search(elsewhere, "/f", 10)).extracting(TreeObject::id).containsExactly(there.id());
        tree.delete(elsewhere, "/Shared/f", false);
        assertThat(tree.status(ANN, "/Shared/f").id()).isEqualTo(here.id());
    }
}
