package io.slipway.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbfsFileSystemTest {
    @TempDir
    java.nio.file.Path root;

    private final Configuration conf = new Configuration(false);
    private final DbfsFileSystem dbfs = new DbfsFileSystem();

    @BeforeEach
    void open() throws IOException {
        conf.set(DbfsFileSystem.ROOT, root.toString());
        conf.setClass("fs.dbfs.impl", DbfsFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
        conf.setBoolean("fs.dbfs.impl.disable.cache", true);
        dbfs.initialize(URI.create("dbfs:/"), conf);
    }

    @Test
    void filesAreSeenUnderDbfsNames() throws IOException {
        try (var out = dbfs.create(new Path("dbfs:/a/b.txt"))) {
            out.write("x".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(root.resolve("a/b.txt")).hasContent("x");
        assertThat(dbfs.listStatus(new Path("/a"))[0].getPath()).hasToString("dbfs:/a/b.txt");
        assertThat(dbfs.rename(new Path("/a/b.txt"), new Path("/c.txt"))).isTrue();
        assertThat(dbfs.exists(new Path("dbfs:/c.txt"))).isTrue();
        assertThat(dbfs.delete(new Path("/c.txt"), false)).isTrue();
    }

    @Test
    void noPathLeadsOut() {
        for (String path : List.of("dbfs:/../x", "/../../etc/passwd", "/a/../../x")) {
            assertThatThrownBy(() -> dbfs.getFileStatus(new Path(path))).isInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    void thePlatformsOwnCornerIsNotThere() throws IOException {
        Files.createDirectories(root.resolve(".slipway/uploads"));
        dbfs.mkdirs(new Path("/seen/.slipway"));
        assertThat(dbfs.listStatus(new Path("dbfs:/"))).hasSize(1);
        assertThat(dbfs.listStatus(new Path("dbfs:/seen"))).hasSize(1);
        assertThat(dbfs.exists(new Path("dbfs:/.slipway/uploads"))).isFalse();
        assertThatThrownBy(() -> dbfs.delete(new Path("/.slipway"), true)).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void aDeltaCommitIsMadeOnce() throws IOException {
        dbfs.mkdirs(new Path("/t/_delta_log"));
        var store = new LinkLogStore(conf);
        var commit = new Path("dbfs:/t/_delta_log/00000000000000000000.json");
        store.write(commit, List.of("{}").iterator(), false, conf);
        assertThatThrownBy(() -> store.write(commit, List.of("{}").iterator(), false, conf))
                .isInstanceOf(FileAlreadyExistsException.class);
        store.write(commit, List.of("{\"a\":1}").iterator(), true, conf);
        assertThat(root.resolve("t/_delta_log/00000000000000000000.json")).hasContent("{\"a\":1}");
        assertThat(root.resolve("t/_delta_log")).isDirectoryNotContaining("glob:**.tmp");
    }
}
