package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.content.dbfs.Dbfs;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeRoom;
import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class SourcesTest {
    private static final Caller ANN = People.ANN;

    @TempDir
    private Path folder;

    private Database database;
    private Path root;
    private Tree tree;
    private Sources sources;

    @BeforeEach
    void make() {
        database = TestDatabases.sqlite(folder.resolve("data"));
        People.known(database);
        Base base = TestBase.of(database, new FakeClock(1_700_000_000_000L));
        root = folder.resolve("dbfs");
        tree = new TreeRoom(base, new Permissions(), new OpenDocuments(base), folder.resolve("tree"), false).tree();
        tree.bootstrap(WorkspaceId.FIRST);
        Dbfs dbfs = new Dbfs(base, new Permissions(), id -> root);
        dbfs.open(WorkspaceId.FIRST);
        sources = Sources.of(tree, dbfs);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void imported(String path, Format format, String text) {
        tree.importContent(
                ANN, path, format, Optional.of(Language.PYTHON), text.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void code_is_in_the_tree_or_in_dbfs_by_its_scheme() throws IOException {
        imported("/Shared/a.py", Format.RAW, "tree");
        imported("/Shared/n", Format.SOURCE, "x = 1");
        Files.createDirectories(root.resolve("Shared"));
        Files.writeString(root.resolve("Shared/a.py"), "dbfs");
        assertThat(sources.file(ANN, "/Shared/a.py")).asString().isEqualTo("tree");
        assertThat(sources.file(ANN, "dbfs:/Shared/a.py")).asString().isEqualTo("dbfs");
        assertThat(sources.notebook(ANN, "/Shared/n").cells()).hasSize(1);
        assertThatThrownBy(() -> sources.file(ANN, "dbfs:/Shared/b.py"))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void a_file_of_several_blocks_is_read_as_a_whole() throws IOException {
        byte[] long3 = new byte[3 * Dbfs.LARGEST_BLOCK + 17];
        new Random(1).nextBytes(long3);
        Files.write(root.resolve("long.py"), long3);
        assertThat(sources.file(ANN, "dbfs:/long.py")).isEqualTo(long3);
    }

    /** Data that is named where code should be must not fill the server's memory. */
    @Test
    void what_is_too_large_for_code_is_refused_before_it_is_read() throws IOException {
        try (RandomAccessFile data =
                new RandomAccessFile(root.resolve("data.csv").toFile(), "rw")) {
            data.setLength(Sources.LARGEST + 1L);
        }
        assertThatThrownBy(() -> sources.file(ANN, "dbfs:/data.csv"))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE))
                .hasMessage("File dbfs:/data.csv has 10485761 bytes; code that is run has at most 10485760.");
        try (RandomAccessFile data =
                new RandomAccessFile(root.resolve("data.csv").toFile(), "rw")) {
            data.setLength(Sources.LARGEST);
        }
        assertThat(sources.file(ANN, "dbfs:/data.csv")).hasSize(Sources.LARGEST);
    }
}
