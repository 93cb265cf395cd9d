package io.slipway.content.dbfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.protocol.driver.MountTable;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DBFS with its files anywhere and its handles in any database. */
@NullUnmarked
abstract class DbfsContract {
    static final Caller ANN = People.ANN;
    static final Caller BOB = People.BOB;

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    private Database database;
    Path root;
    Dbfs dbfs;

    abstract Database open(Path folder);

    /** @param folders where the files of workspaces are, if they are on this machine */
    abstract Dbfs made(Base base, Function<WorkspaceId, Path> folders);

    @BeforeEach
    void start() {
        database = open(folder);
        root = folder.resolve("dbfs");
        dbfs = restarted();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** A new server on the same database and files. */
    Dbfs restarted() {
        Clock clock = now::get;
        Dbfs made = made(
                TestBase.of(database, clock), id -> id.equals(WorkspaceId.FIRST) ? root : folder.resolve("dbfs-" + id));
        made.open(WorkspaceId.FIRST);
        return made;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    String content(String path) {
        return new String(dbfs.read(ANN, path, 0, Dbfs.USUAL_READ), StandardCharsets.UTF_8);
    }

    static void refused(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private MountTable mounts() throws IOException {
        return MountTable.of(folder.toRealPath().resolve("dbfs"));
    }

    long parts() throws IOException {
        try (Stream<Path> files = Files.list(root.resolveSibling("dbfs-uploads"))) {
            return files.count();
        }
    }

    @Test
    void a_file_put_is_seen_by_all_and_its_folders_with_it() throws IOException {
        dbfs.put(ANN, "dbfs:/a/b/c.txt", bytes("hello"), false);
        assertThat(content("/dbfs/a/b/c.txt")).isEqualTo("hello");
        assertThat(dbfs.status(BOB, "/a/b/c.txt")).satisfies(file -> {
            assertThat(file.path()).isEqualTo("/a/b/c.txt");
            assertThat(file.folder()).isFalse();
            assertThat(file.size()).isEqualTo(5);
            assertThat(file.modifiedAt()).isPositive();
        });
        assertThat(dbfs.status(BOB, "/a/b")).satisfies(folder -> {
            assertThat(folder.path()).isEqualTo("/a/b");
            assertThat(folder.folder()).isTrue();
            assertThat(folder.size()).isZero();
        });
        assertThat(dbfs.status(BOB, "/").folder()).isTrue();
        assertThat(parts()).isZero();
    }

    @Test
    void a_folder_stays_when_what_was_in_it_has_gone() {
        dbfs.put(ANN, "/d/f", bytes("1"), false);
        dbfs.put(ANN, "/d/e/g", bytes("1"), false);
        dbfs.mkdirs(ANN, "/d/empty/deep");
        dbfs.delete(ANN, "/d/empty/deep", false);
        assertThat(dbfs.status(ANN, "/d/empty").folder()).isTrue();
        dbfs.move(ANN, "/d/f", "/moved");
        dbfs.move(ANN, "/d/e", "/moved-folder");
        dbfs.delete(ANN, "/d/empty", true);
        assertThat(dbfs.list(ANN, "/d")).isEmpty();
        dbfs.delete(ANN, "/no/such", true);
        assertThat(dbfs.list(ANN, "/"))
                .extracting(DbfsFile::path, DbfsFile::folder)
                .containsExactly(tuple("/d", true), tuple("/moved", false), tuple("/moved-folder", true));
        dbfs.delete(ANN, "/d", false);
        refused(() -> dbfs.status(ANN, "/d"), ErrorCode.NOT_FOUND, "/d");
    }

    @Test
    void names_are_any_text_and_one_that_begins_like_another_is_another() {
        for (String name : List.of("a b", "ä", "a+b%20c", "x#y?z", "q'\"q", "trailing.")) {
            dbfs.put(ANN, "/n/" + name, bytes(name), false);
            assertThat(content("/n/" + name)).isEqualTo(name);
        }
        assertThat(dbfs.list(ANN, "/n")).hasSize(6);
        dbfs.mkdirs(ANN, "/n1");
        dbfs.delete(ANN, "/n", true);
        assertThat(dbfs.list(ANN, "/")).extracting(DbfsFile::path).containsExactly("/n1");
    }

    @Test
    void a_handle_that_overwrites_replaces_and_one_that_does_not_is_refused_at_its_end() {
        long careful = dbfs.create(ANN, "/f", false);
        long careless = dbfs.create(ANN, "/f", true);
        dbfs.addBlock(ANN, careful, bytes("late"));
        dbfs.addBlock(ANN, careless, bytes("new"));
        dbfs.put(ANN, "/f", bytes("old"), false);
        refused(() -> dbfs.close(ANN, careful), ErrorCode.ALREADY_EXISTS, "/f");
        assertThat(content("/f")).isEqualTo("old");
        dbfs.close(ANN, careless);
        assertThat(content("/f")).isEqualTo("new");
    }

    @Test
    void listing_shows_one_level_and_nothing_of_our_own() {
        dbfs.put(ANN, "/b/x", bytes("1"), false);
        dbfs.put(ANN, "/a", bytes("1"), false);
        assertThat(dbfs.list(ANN, "dbfs:/")).extracting(DbfsFile::path).containsExactly("/a", "/b");
        assertThat(dbfs.list(ANN, "/a")).extracting(DbfsFile::path).containsExactly("/a");
        refused(() -> dbfs.list(ANN, "/no"), ErrorCode.NOT_FOUND, "No file or directory exists on path /no.");
        dbfs.create(ANN, "/growing", false);
        assertThat(dbfs.list(ANN, "/")).extracting(DbfsFile::path).containsExactly("/a", "/b");
    }

    @Test
    void only_overwrite_replaces_a_file() {
        dbfs.put(ANN, "/f", bytes("one"), false);
        refused(() -> dbfs.put(ANN, "/f", bytes("two"), false), ErrorCode.ALREADY_EXISTS, "/f");
        refused(() -> dbfs.create(ANN, "/f", false), ErrorCode.ALREADY_EXISTS, "/f");
        dbfs.put(ANN, "/f", bytes("two"), true);
        assertThat(content("/f")).isEqualTo("two");
        dbfs.mkdirs(ANN, "/d");
        refused(() -> dbfs.put(ANN, "/d", bytes("x"), true), ErrorCode.ALREADY_EXISTS, "/d");
        refused(() -> dbfs.put(ANN, "/f/g", bytes("x"), true), ErrorCode.ALREADY_EXISTS, "/f");
        refused(() -> dbfs.mkdirs(ANN, "/f"), ErrorCode.ALREADY_EXISTS, "/f");
        refused(() -> dbfs.mkdirs(ANN, "/f/g"), ErrorCode.ALREADY_EXISTS, "/f");
    }

    @Test
    void an_upload_in_pieces_outlives_a_restart_and_appears_at_once_when_closed() throws IOException {
        long handle = dbfs.create(ANN, "dbfs:/dbfs/big", false);
        dbfs.addBlock(ANN, handle, bytes("one,"));
        // What a crash after the write and before the commit leaves behind.
        Files.writeString(root.resolveSibling("dbfs-uploads/handle-" + handle), "one,half a bl");
        dbfs = restarted();
        dbfs.addBlock(ANN, handle, bytes("two"));
        assertThat(dbfs.list(ANN, "/")).isEmpty();
        dbfs.close(ANN, handle);
        assertThat(content("dbfs:/dbfs/big")).isEqualTo("one,two");
        assertThat(parts()).isZero();
        refused(() -> dbfs.close(ANN, handle), ErrorCode.NOT_FOUND, "handle " + handle);
    }

    @Test
    void an_upload_without_blocks_is_an_empty_file() {
        dbfs.close(ANN, dbfs.create(ANN, "/empty", false));
        assertThat(dbfs.status(ANN, "/empty").size()).isZero();
    }

    @Test
    void a_handle_expires_after_ten_idle_minutes_and_leaves_nothing() throws IOException {
        long handle = dbfs.create(ANN, "/f", false);
        dbfs.addBlock(ANN, handle, bytes("one"));
        now.addAndGet(Dbfs.IDLE.toMillis());
        dbfs.addBlock(ANN, handle, bytes("two"));
        now.addAndGet(Dbfs.IDLE.toMillis() + 1);
        refused(() -> dbfs.addBlock(ANN, handle, bytes("three")), ErrorCode.NOT_FOUND, "idle");
        refused(() -> dbfs.close(ANN, handle), ErrorCode.NOT_FOUND, "idle");
        dbfs.create(ANN, "/g", false);
        assertThat(parts()).isZero();
    }

    @Test
    void a_handle_serves_only_the_one_who_opened_it() {
        long handle = dbfs.create(ANN, "/f", false);
        refused(() -> dbfs.addBlock(BOB, handle, bytes("x")), ErrorCode.PERMISSION_DENIED, "handle");
    }

    @Test
    void each_workspace_has_files_of_its_own() {
        dbfs.put(ANN, "/f", bytes("here"), false);
        Caller there = People.elsewhere(ANN);
        assertThat(dbfs.list(there, "/")).isEmpty();
        refused(() -> dbfs.read(there, "/f", 0, 4), ErrorCode.NOT_FOUND, "/f");
        long handle = dbfs.create(there, "/f", false);
        dbfs.addBlock(there, handle, bytes("there"));
        refused(() -> dbfs.addBlock(ANN, handle, bytes("x")), ErrorCode.NOT_FOUND, "handle");
        dbfs.close(there, handle);
        assertThat(dbfs.read(there, "/f", 0, 5)).isEqualTo(bytes("there"));
        assertThat(dbfs.read(ANN, "/f", 0, 5)).isEqualTo(bytes("here"));
    }

    @Test
    void a_stream_that_is_given_up_leaves_nothing() throws IOException {
        try (Incoming incoming = dbfs.receive(ANN)) {
            incoming.write(bytes("part"));
        }
        assertThat(parts()).isZero();
        Files.writeString(root.resolveSibling("dbfs-uploads/stream-x"), "of a server that died");
        dbfs = restarted();
        assertThat(parts()).isZero();
    }

    @Test
    void reading_takes_a_range_and_ends_with_the_file() {
        dbfs.put(ANN, "/f", bytes("0123456789"), false);
        assertThat(dbfs.read(ANN, "/f", 3, 4)).isEqualTo(bytes("3456"));
        assertThat(dbfs.read(ANN, "/f", 8, Dbfs.LARGEST_BLOCK)).isEqualTo(bytes("89"));
        assertThat(dbfs.read(ANN, "/f", 10, 5)).isEmpty();
        assertThat(dbfs.read(ANN, "/f", 99, 5)).isEmpty();
        refused(() -> dbfs.read(ANN, "/f", -1, 5), ErrorCode.INVALID_PARAMETER_VALUE, "negative");
        refused(() -> dbfs.read(ANN, "/f", 0, Dbfs.LARGEST_BLOCK + 1), ErrorCode.TOO_LARGE, "1048576");
        refused(() -> dbfs.read(ANN, "/", 0, 1), ErrorCode.INVALID_PARAMETER_VALUE, "directory");
    }

    @Test
    void a_block_above_one_mebibyte_is_too_large() {
        byte[] large = new byte[Dbfs.LARGEST_BLOCK + 1];
        refused(() -> dbfs.put(ANN, "/f", large, false), ErrorCode.TOO_LARGE, "1048576");
        long handle = dbfs.create(ANN, "/f", false);
        refused(() -> dbfs.addBlock(ANN, handle, large), ErrorCode.TOO_LARGE, "1048576");
    }

    @Test
    void moving_takes_a_tree_to_a_free_place() {
        dbfs.put(ANN, "/a/b/f", bytes("1"), false);
        dbfs.mkdirs(ANN, "/t");
        dbfs.move(ANN, "/a/b", "/t/moved");
        assertThat(content("/t/moved/f")).isEqualTo("1");
        refused(() -> dbfs.move(ANN, "/a/b", "/x"), ErrorCode.NOT_FOUND, "/a/b");
        refused(() -> dbfs.move(ANN, "/t", "/t/moved/t"), ErrorCode.INVALID_PARAMETER_VALUE, "into itself");
        refused(() -> dbfs.move(ANN, "/a", "/t"), ErrorCode.ALREADY_EXISTS, "/t");
        refused(() -> dbfs.move(ANN, "/a", "/no/a"), ErrorCode.NOT_FOUND, "/no");
    }

    @Test
    void deleting_a_full_folder_needs_recursive_and_what_is_gone_is_fine() {
        dbfs.put(ANN, "/d/e/f", bytes("1"), false);
        refused(() -> dbfs.delete(ANN, "/d", false), ErrorCode.NOT_EMPTY, "not empty");
        dbfs.delete(ANN, "/d", true);
        dbfs.delete(ANN, "/d", true);
        dbfs.delete(ANN, "/d", false);
        assertThat(dbfs.list(ANN, "/")).isEmpty();
        refused(() -> dbfs.delete(ANN, "/", true), ErrorCode.INVALID_PARAMETER_VALUE, "root");
    }

    @Test
    void no_path_climbs_out_of_the_root() {
        for (String path : List.of("/../x", "dbfs:/a/../../x", "/./x", "/a\u0000", "x", "dbfs:x", "/dbfs/../x")) {
            refused(() -> dbfs.put(ANN, path, bytes("1"), true), ErrorCode.INVALID_PARAMETER_VALUE, "Path must");
        }
    }

    @Test
    void a_mount_is_a_folder_in_lists_that_this_door_does_not_reach_into() throws IOException {
        dbfs.mkdirs(ANN, "/mnt/z");
        mounts().add(new MountTable.Mount("/mnt/photos", "s3a://photos"));
        assertThat(dbfs.list(ANN, "/mnt")).extracting(DbfsFile::path).containsExactly("/mnt/photos", "/mnt/z");
        assertThat(dbfs.status(ANN, "/mnt/photos").folder()).isTrue();
        List<ThrowingCallable> calls = List.of(
                () -> dbfs.list(ANN, "/mnt/photos"),
                () -> dbfs.status(ANN, "/mnt/photos/a"),
                () -> dbfs.put(ANN, "/mnt/photos/a", bytes("x"), true),
                () -> dbfs.mkdirs(ANN, "/mnt/photos/deeper"),
                () -> dbfs.move(ANN, "/mnt", "/elsewhere"),
                () -> dbfs.move(ANN, "/mnt/z", "/mnt/photos/z"),
                () -> dbfs.delete(ANN, "/mnt/photos", true),
                () -> dbfs.delete(ANN, "/mnt", true));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).hasMessageContaining("s3a://photos is mounted at /mnt/photos");
        }
        mounts().remove("/mnt/photos");
        assertThat(dbfs.list(ANN, "/mnt")).extracting(DbfsFile::path).containsExactly("/mnt/z");
    }
}
