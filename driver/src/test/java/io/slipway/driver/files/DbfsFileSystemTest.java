package io.slipway.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.protocol.driver.MountTable;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void files_are_seen_under_dbfs_names() throws IOException {
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
    void no_path_leads_out() {
        for (String path : List.of("dbfs:/../x", "/../../etc/passwd", "/a/../../x")) {
            assertThatThrownBy(() -> dbfs.getFileStatus(new Path(path))).isInstanceOf(FileNotFoundException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b.txt", "größe 🚀.txt", "100%25.txt", "part=x%2Fy", "q?.txt", "#1", "it's", "a+b", "a&b"})
    void names_of_any_kind_come_back_as_they_were(String name) throws IOException {
        var path = new Path(new Path("dbfs:/d"), new Path(null, null, name));
        try (var out = dbfs.create(path)) {
            out.write(7);
        }
        assertThat(root.resolve("d").resolve(name)).hasSize(1);
        Path listed = dbfs.listStatus(new Path("/d"))[0].getPath();
        assertThat(listed.getName()).isEqualTo(name);
        assertThat(dbfs.getFileStatus(listed).getLen()).isEqualTo(1);
        try (var in = dbfs.open(listed)) {
            assertThat(in.read()).isEqualTo(7);
        }
        assertThat(dbfs.delete(listed, false)).isTrue();
    }

    @Test
    void a_path_of_another_scheme_is_not_on_dbfs() {
        for (String path : List.of("file:/tmp/x", "s3://bucket/x", "hdfs://host/x")) {
            assertThatThrownBy(() -> dbfs.getFileStatus(new Path(path))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void relative_paths_begin_at_the_working_directory() throws IOException {
        assertThat(dbfs.getWorkingDirectory()).isEqualTo(new Path("dbfs:///"));
        dbfs.setWorkingDirectory(new Path("/somewhere"));
        dbfs.create(new Path("f")).close();
        assertThat(root.resolve("somewhere/f")).exists();
        dbfs.setWorkingDirectory(new Path("deeper"));
        assertThat(dbfs.getWorkingDirectory().toUri().getPath()).isEqualTo("/somewhere/deeper");
        assertThatThrownBy(() -> dbfs.getFileStatus(new Path("../../../etc")))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void a_file_is_appended_to_and_keeps_the_time_that_it_is_given() throws IOException {
        var path = new Path("/log");
        dbfs.create(path).close();
        try (var out = dbfs.append(path)) {
            out.write(1);
        }
        dbfs.setTimes(path, 1_000_000_000_000L, -1);
        assertThat(dbfs.getFileStatus(path).getLen()).isEqualTo(1);
        assertThat(dbfs.getFileStatus(path).getModificationTime()).isEqualTo(1_000_000_000_000L);
    }

    @Test
    void a_folder_with_files_is_deleted_only_as_a_whole() throws IOException {
        dbfs.create(new Path("/d/f")).close();
        assertThatThrownBy(() -> dbfs.delete(new Path("/d"), false)).isInstanceOf(IOException.class);
        assertThat(root.resolve("d/f")).exists();
        assertThat(dbfs.delete(new Path("/d"), true)).isTrue();
        assertThat(dbfs.delete(new Path("/d"), true)).isFalse();
    }

    @Test
    void nothing_is_moved_out() throws IOException {
        dbfs.create(new Path("/f")).close();
        assertThatThrownBy(() -> dbfs.rename(new Path("/f"), new Path("/../f")))
                .isInstanceOf(FileNotFoundException.class);
        assertThat(root.resolve("f")).exists();
    }

    @Test
    void without_a_root_there_is_no_file_system() {
        assertThatThrownBy(() -> new DbfsFileSystem().initialize(URI.create("dbfs:/"), new Configuration(false)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(DbfsFileSystem.ROOT);
    }

    @Test
    void a_delta_commit_is_made_once() throws IOException {
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

    @Test
    void whoever_asks_for_the_rights_of_a_file_gets_an_answer() throws IOException {
        dbfs.create(new Path("/f")).close();
        assertThat(dbfs.getFileStatus(new Path("/f")).getPermission()).isNotNull();
        assertThat(dbfs.listLocatedStatus(new Path("/")).next().getPermission()).isNotNull();
    }

    /** Any file system of Hadoop stands for the bucket: what is asked here is what of it is seen where. */
    @Test
    void the_root_may_be_mounted_from_elsewhere_and_the_folder_of_this_machine_is_not_seen_then() throws IOException {
        java.nio.file.Path bucket = Files.createDirectories(root.resolve("bucket/files"));
        conf.set(DbfsFileSystem.ROOT, root.resolve("local").toString());
        conf.set(DbfsFileSystem.STORAGE, bucket.toUri().toString().replaceFirst("/$", ""));
        Files.createDirectories(root.resolve("local/hidden"));
        dbfs.initialize(URI.create("dbfs:/"), conf);
        try (var out = dbfs.create(new Path("dbfs:/a/größe 1%25.txt"))) {
            out.write(7);
        }
        assertThat(bucket.resolve("a/größe 1%25.txt")).hasSize(1);
        assertThat(dbfs.getFileStatus(new Path("/")).getPath()).hasToString("dbfs:/");
        assertThat(dbfs.listStatus(new Path("/")))
                .extracting(status -> status.getPath().toString())
                .containsExactly("dbfs:/a");
        Path listed = dbfs.listStatus(new Path("/a"))[0].getPath();
        assertThat(dbfs.getFileStatus(listed).getLen()).isEqualTo(1);
        assertThat(dbfs.mkdirs(new Path("/b"))).isTrue();
        assertThat(dbfs.rename(listed, new Path("/b/c"))).isTrue();
        assertThat(bucket.resolve("b/c")).exists();
        for (String path : List.of("/hidden", "/../files/b", "/no")) {
            assertThatThrownBy(() -> dbfs.getFileStatus(new Path(path))).isInstanceOf(FileNotFoundException.class);
        }
        Files.createDirectories(root.resolve("photos/x"));
        MountTable.of(root.resolve("local"))
                .add(new MountTable.Mount(
                        "/b/photos", root.resolve("photos").toUri().toString()));
        assertThat(dbfs.listStatus(new Path("/b")))
                .extracting(status -> status.getPath().toString())
                .containsExactlyInAnyOrder("dbfs:/b/c", "dbfs:/b/photos");
        assertThat(dbfs.getFileStatus(new Path("/b/photos/x")).isDirectory()).isTrue();
        assertThatThrownBy(() -> dbfs.rename(new Path("/b/c"), new Path("/b/photos/c")))
                .hasMessageContaining("different mounts");
        assertThat(dbfs.delete(new Path("/a"), true)).isTrue();
    }
}
