package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Loops;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Timer;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.TestBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree and its folder on the disk, which clusters see as /Workspace. */
@NullUnmarked
abstract class TreeFilesContract {
    private static final Caller ANN = People.ANN;
    private static final String HOME = "/Users/ann@example.com";
    private static final WorkspaceId WORKSPACE = WorkspaceId.FIRST;

    @TempDir
    private Path folder;

    private Database database;
    private TreeRoom room;
    private Tree tree;
    private Path disk;

    abstract Database open(Path folder);

    @BeforeEach
    void start() {
        database = open(folder);
        People.known(database);
        restart();
        tree.bootstrap(WORKSPACE);
        tree.mkdirs(ANN, HOME);
    }

    /** A server that begins now. */
    private void restart() {
        room = room(TestBase.of(database, Clock.system()), false);
        tree = room.tree();
        disk = room.folder(WORKSPACE);
    }

    private TreeRoom room(Base base, boolean watched) {
        return new TreeRoom(base, new Permissions(), OpenNotebooks.NONE, folder.resolve("tree"), watched);
    }

    @AfterEach
    void close() {
        room.close();
        database.close();
    }

    private TreeObject put(String path, Format format, String content) {
        return tree.importContent(
                ANN, path, format, Optional.of(Language.PYTHON), content.getBytes(StandardCharsets.UTF_8), true);
    }

    private Path local(String path) {
        return disk.resolve(path.substring(1));
    }

    private Path write(String path, String content) throws IOException {
        Files.createDirectories(local(path).getParent());
        return Files.writeString(local(path), content);
    }

    private String read(String path) {
        return new String(tree.file(ANN, path), StandardCharsets.UTF_8);
    }

    private List<String> paths(String below) {
        return tree.list(ANN, below).stream().map(TreeObject::path).toList();
    }

    private void delete(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void what_is_imported_lies_on_the_disk_and_notebooks_do_not() throws IOException {
        put(HOME + "/b", Format.RAW, "data");
        tree.mkdirs(ANN, HOME + "/folder");
        put(HOME + "/nb", Format.SOURCE, "1 + 1");
        assertThat(local(HOME + "/b")).content().isEqualTo("data");
        assertThat(local(HOME + "/folder")).isDirectory();
        assertThat(local(HOME + "/nb")).doesNotExist();
        put(HOME + "/b", Format.RAW, "other");
        assertThat(local(HOME + "/b")).content().isEqualTo("other");
        tree.move(ANN, tree.status(ANN, HOME + "/b").id(), HOME + "/folder/c");
        assertThat(local(HOME + "/folder/c")).content().isEqualTo("other");
        tree.delete(ANN, HOME + "/folder", true);
        assertThat(local(HOME + "/folder")).doesNotExist();
        put(HOME + "/x", Format.RAW, "file");
        put(HOME + "/x", Format.SOURCE, "2");
        assertThat(local(HOME + "/x")).as("a notebook now").doesNotExist();
        put(HOME + "/x", Format.RAW, "file again");
        assertThat(read(HOME + "/x")).isEqualTo("file again");
    }

    @Test
    void what_code_writes_becomes_part_of_the_tree() throws IOException {
        write(HOME + "/made/deep/f.csv", "a,b");
        write(HOME + "/g \u00e4\u20ac\ud83d\ude00", "x");
        room.lookAtAll(WORKSPACE);
        TreeObject file = tree.status(ANN, HOME + "/made/deep/f.csv");
        assertThat(file.type()).isEqualTo(ObjectType.FILE);
        assertThat(file.size()).isEqualTo(3);
        assertThat(file.owner()).as("the folder's").isEqualTo(ANN.principal());
        assertThat(paths(HOME)).containsExactly(HOME + "/g \u00e4\u20ac\ud83d\ude00", HOME + "/made");
        Files.writeString(local(HOME + "/made/deep/f.csv"), "a,b,c", StandardOpenOption.TRUNCATE_EXISTING);
        room.lookAtAll(WORKSPACE);
        assertThat(tree.status(ANN, HOME + "/made/deep/f.csv").size()).isEqualTo(5);
        assertThat(tree.status(ANN, HOME + "/made/deep/f.csv").id()).isEqualTo(file.id());
        delete(local(HOME + "/made"));
        room.lookAtAll(WORKSPACE);
        assertThat(paths(HOME)).containsExactly(HOME + "/g \u00e4\u20ac\ud83d\ude00");
    }

    @Test
    void a_file_or_folder_that_code_moves_stays_the_same_object() throws IOException {
        TreeObject file = put(HOME + "/f", Format.RAW, "1");
        tree.mkdirs(ANN, HOME + "/folder");
        TreeObject notebook = put(HOME + "/folder/nb", Format.SOURCE, "1");
        TreeObject inner = put(HOME + "/folder/inner", Format.RAW, "2");
        Files.move(local(HOME + "/f"), local(HOME + "/folder/g"));
        Files.move(local(HOME + "/folder"), local("/Shared/elsewhere"));
        room.lookAtAll(WORKSPACE);
        assertThat(tree.byId(ANN, file.id()).path()).isEqualTo("/Shared/elsewhere/g");
        assertThat(tree.byId(ANN, notebook.id()).path()).isEqualTo("/Shared/elsewhere/nb");
        assertThat(tree.byId(ANN, inner.id()).path()).isEqualTo("/Shared/elsewhere/inner");
        assertThat(paths(HOME)).isEmpty();
    }

    @Test
    void notebooks_are_not_lost_when_code_removes_their_folder_or_writes_over_them() throws IOException {
        tree.mkdirs(ANN, HOME + "/folder");
        put(HOME + "/folder/nb", Format.SOURCE, "1");
        put(HOME + "/folder/f", Format.RAW, "1");
        delete(local(HOME + "/folder"));
        room.lookAtAll(WORKSPACE);
        assertThat(paths(HOME + "/folder")).containsExactly(HOME + "/folder/nb");
        assertThat(local(HOME + "/folder")).isDirectory();
        write(HOME + "/folder/nb", "a file");
        room.lookAtAll(WORKSPACE);
        assertThat(paths(HOME + "/folder")).containsExactly(HOME + "/folder/nb", HOME + "/folder/nb (1)");
        assertThat(read(HOME + "/folder/nb (1)")).isEqualTo("a file");
        delete(local(HOME + "/folder"));
        write(HOME + "/folder", "a file instead of the folder");
        room.lookAtAll(WORKSPACE);
        assertThat(paths(HOME)).containsExactly(HOME + "/folder", HOME + "/folder (1)");
        assertThat(tree.notebook(ANN, HOME + "/folder/nb").cells()).hasSize(1);
    }

    @Test
    void folders_that_are_always_there_come_back() throws IOException {
        delete(disk.resolve("Users"));
        delete(disk.resolve("Shared"));
        room.lookAtAll(WORKSPACE);
        assertThat(paths("/")).containsExactly("/Repos", "/Shared", "/Users");
        assertThat(local(HOME)).isDirectory();
    }

    @Test
    void links_lead_nobody_out() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(local(HOME + "/link"), secret);
        Files.createSymbolicLink(local(HOME + "/out"), folder);
        room.lookAtAll(WORKSPACE);
        assertThat(paths(HOME)).isEmpty();
        assertThatThrownBy(() -> tree.file(ANN, HOME + "/link")).isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> put(HOME + "/out/f", Format.RAW, "x")).isInstanceOf(PlatformException.class);
        put(HOME + "/file", Format.RAW, "mine");
        Files.delete(local(HOME + "/file"));
        Files.createSymbolicLink(local(HOME + "/file"), secret);
        assertThatThrownBy(() -> tree.file(ANN, HOME + "/file")).isInstanceOf(PlatformException.class);
    }

    @Test
    void an_import_does_not_write_over_what_code_wrote_a_moment_ago() throws IOException {
        write(HOME + "/f", "of code");
        assertThatThrownBy(
                        () -> tree.importContent(ANN, HOME + "/f", Format.RAW, Optional.empty(), new byte[] {1}, false))
                .hasMessageContaining("already exists");
        TreeObject other = put(HOME + "/g", Format.RAW, "1");
        assertThatThrownBy(() -> tree.move(ANN, other.id(), HOME + "/f")).hasMessageContaining("already exists");
        assertThat(local(HOME + "/f")).content().isEqualTo("of code");
    }

    @Test
    void a_deletion_that_a_crash_cut_off_is_decided_by_its_row() throws IOException {
        TreeObject stays = put(HOME + "/stays", Format.RAW, "1");
        TreeObject gone = put(HOME + "/gone", Format.RAW, "1");
        TreeFiles files = new TreeFiles(folder.resolve("tree"), Ids.system(Clock.system()));
        files.takeAway(stays);
        files.takeAway(gone);
        database.change(tx -> new TreeStore().deleteTree(tx.sql(), gone));
        restart();
        room.lookAtAll(WORKSPACE);
        assertThat(read(HOME + "/stays")).isEqualTo("1");
        assertThat(tree.status(ANN, HOME + "/stays").id()).isEqualTo(stays.id());
        assertThat(paths(HOME)).containsExactly(HOME + "/stays");
        assertThat(files.takenAway()).isEmpty();
    }

    @Test
    void a_deletion_that_failed_has_taken_nothing() throws IOException {
        tree.mkdirs(ANN, HOME + "/folder");
        TreeObject file = put(HOME + "/folder/f", Format.RAW, "1");
        TreeObject top = tree.status(ANN, HOME + "/folder");
        new TreeFiles(folder.resolve("tree"), Ids.system(Clock.system())).takeAway(top);
        room.lookAtAll(WORKSPACE);
        assertThat(read(HOME + "/folder/f")).isEqualTo("1");
        assertThat(tree.status(ANN, HOME + "/folder/f").id()).isEqualTo(file.id());
    }

    @Test
    void a_file_whose_place_a_notebook_has_taken_does_not_come_back() {
        TreeObject file = put(HOME + "/x", Format.RAW, "file");
        TreeFiles files = new TreeFiles(folder.resolve("tree"), Ids.system(Clock.system()));
        files.takeAway(file);
        put(HOME + "/x", Format.SOURCE, "1");
        restart();
        room.lookAtAll(WORKSPACE);
        assertThat(paths(HOME)).containsExactly(HOME + "/x");
        assertThat(files.takenAway()).isEmpty();
    }

    @Test
    void a_folder_that_is_new_is_not_taken_for_one_that_is_gone() throws IOException {
        for (int i = 0; i < 20; i++) {
            tree.mkdirs(ANN, HOME + "/old" + i);
            put(HOME + "/old" + i + "/nb", Format.SOURCE, "1");
            // File systems like to give the number of what is gone to what comes next.
            Files.delete(local(HOME + "/old" + i));
            Files.createDirectory(local(HOME + "/new" + i));
            room.lookAtAll(WORKSPACE);
            assertThat(paths(HOME + "/old" + i)).containsExactly(HOME + "/old" + i + "/nb");
            assertThat(paths(HOME + "/new" + i)).isEmpty();
        }
    }

    @Test
    void a_folder_is_not_made_where_code_has_written_a_file() throws IOException {
        write(HOME + "/taken", "x");
        assertThatThrownBy(() -> tree.mkdirs(ANN, HOME + "/taken")).hasMessageContaining("already exists");
    }

    @Test
    void files_of_an_earlier_version_come_to_the_disk() throws IOException {
        TreeObject file = put(HOME + "/old", Format.RAW, "x");
        TreeStore store = new TreeStore();
        database.change(tx -> {
            store.mark(tx.sql(), file.id(), FileMark.NONE);
            tx.sql()
                    .createUpdate("insert into tree_content (object_id, content) values (:id, :content)")
                    .bind("id", file.id())
                    .bind("content", "of the database".getBytes(StandardCharsets.UTF_8))
                    .execute();
        });
        delete(disk);
        restart();
        assertThat(read(HOME + "/old")).as("before the first look").isEqualTo("of the database");
        room.lookAtAll(WORKSPACE);
        assertThat(local(HOME + "/old")).content().isEqualTo("of the database");
        assertThat(tree.status(ANN, HOME + "/old").id()).isEqualTo(file.id());
        assertThat(database.<Boolean>read(handle -> store.hasContent(handle, file)))
                .isFalse();
    }

    @Test
    void what_code_does_is_heard() throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(2);
        Clock clock = Clock.system();
        try (Timer timer = Timer.system("test");
                Loops loops = new Loops(clock, timer, Ids.system(clock), workers);
                TreeRoom heard = room(new Base(database, new Facts(clock), clock, Ids.system(clock), loops), true)) {
            loops.start();
            write("/Shared/first", "seen when all folders have been looked at");
            seen("/Shared/first", 41);
            heard.tree().mkdirs(ANN, "/Shared/of the API/deep");
            write("/Shared/of the API/deep/f", "1");
            seen("/Shared/of the API/deep/f", 1);
            write(HOME + "/a/b/f", "1");
            seen(HOME + "/a/b/f", 1);
            write(HOME + "/a/b/f", "123");
            seen(HOME + "/a/b/f", 3);
            Files.move(local(HOME + "/a"), local("/Shared/z"));
            seen("/Shared/z/b/f", 3);
            write("/Shared/z/b/g", "in a folder that was moved");
            seen("/Shared/z/b/g", 26);
            heard.tree().move(ANN, tree.status(ANN, "/Shared/z").id(), HOME + "/y");
            write(HOME + "/y/b/h", "in a folder that the API moved");
            seen(HOME + "/y/b/h", 30);
            delete(local(HOME + "/y"));
            await().atMost(Duration.ofSeconds(60)).until(() -> paths(HOME).isEmpty());
        } finally {
            workers.shutdownNow();
        }
    }

    private void seen(String path, long size) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> tree.status(ANN, path).size() == size);
    }
}
