package io.slipway.driver.dbutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.slipway.driver.files.DbfsFileSystem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mounts of folders that stand for buckets; a real cluster mounts a real bucket in the conformance tests. */
class MountsTest {
    @TempDir
    Path folder;

    private Path dbfs;
    private Path buckets;
    private FileTools fs;

    /** Buckets are folders here. */
    public static final class Folders extends RawLocalFileSystem {
        @Override
        public void initialize(URI name, Configuration conf) throws IOException {
            super.initialize(URI.create("file:///"), conf);
            setConf(conf);
        }

        @Override
        public URI getUri() {
            return URI.create("s3a://photos");
        }

        @Override
        public java.io.File pathToFile(org.apache.hadoop.fs.Path path) {
            return new java.io.File(
                    getConf().get("test.buckets") + "/photos" + path.toUri().getPath());
        }

        /** The paths that a bucket tells begin at the bucket. */
        private FileStatus named(FileStatus status) {
            String file = status.getPath().toUri().getPath();
            int bucket = (getConf().get("test.buckets") + "/photos").length();
            String key = file.startsWith(getConf().get("test.buckets")) ? file.substring(bucket) : file;
            var path = new org.apache.hadoop.fs.Path("s3a", "photos", key.isEmpty() ? "/" : key);
            return new FileStatus(status.getLen(), status.isDirectory(), 1, 0, status.getModificationTime(), path);
        }

        @Override
        public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
            return named(super.getFileStatus(path));
        }
    }

    @BeforeEach
    void open() throws IOException {
        dbfs = Files.createDirectories(folder.resolve("dbfs"));
        buckets = folder.resolve("buckets");
        Files.createDirectories(buckets.resolve("photos/2024"));
        Files.writeString(buckets.resolve("photos/2024/a.txt"), "boat");
        var conf = new Configuration(false);
        conf.set(DbfsFileSystem.ROOT, dbfs.toString());
        conf.set("test.buckets", buckets.toString());
        conf.setClass("fs.dbfs.impl", DbfsFileSystem.class, FileSystem.class);
        conf.setClass("fs.s3a.impl", Folders.class, FileSystem.class);
        conf.setBoolean("fs.dbfs.impl.disable.cache", true);
        conf.setBoolean("fs.s3a.impl.disable.cache", true);
        fs = new FileTools(conf);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static List<String> paths(List<FileInfo> files) {
        return files.stream().map(FileInfo::path).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "s3a://photos, /mnt/photos, /2024/a.txt",
        "s3a://photos/2024, /mnt/deep/er, /a.txt",
        "s3a://photos/, /p, /2024/a.txt"
    })
    void what_is_mounted_is_read_and_written_under_its_names_in_dbfs(String source, String point, String file)
            throws IOException {
        assertThat(fs.mount(source, point)).isTrue();
        assertThat(fs.head(point + file)).isEqualTo("boat");
        fs.put(point + "/new.txt", "wind", false);
        assertThat(files(buckets)).contains("new.txt");
        assertThat(files(dbfs)).doesNotContain("new.txt");
        assertThat(paths(fs.list(point))).contains("dbfs:" + point + "/new.txt");
        assertThat(fs.rm(point + "/new.txt")).isTrue();
        assertThatThrownBy(() -> fs.head(point + "/new.txt"))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("dbfs:" + point + "/new.txt");
    }

    @Test
    void a_mount_is_seen_in_its_folder_and_by_everybody_at_once() throws IOException {
        var other = new Configuration(false);
        fs.mount("s3a://photos", "/mnt/photos");
        fs.mount("s3a://photos/2024", "dbfs:/mnt/year/");
        other.set(DbfsFileSystem.ROOT, dbfs.toString());
        assertThat(new FileTools(other).mountList())
                .extracting(MountInfo::mountPoint, MountInfo::source)
                .containsExactly(
                        tuple("/", "DatabricksRoot"),
                        tuple("/mnt/photos", "s3a://photos"),
                        tuple("/mnt/year", "s3a://photos/2024"));
        assertThat(paths(fs.list("/mnt"))).containsExactly("dbfs:/mnt/photos/", "dbfs:/mnt/year/");
        assertThat(fs.refreshMounts()).isTrue();
    }

    @Test
    void a_mount_goes_and_what_is_in_the_bucket_stays() throws IOException {
        fs.mount("s3a://photos", "/mnt/photos");
        assertThat(fs.updateMount("s3a://photos/2024", "/mnt/photos")).isTrue();
        assertThat(paths(fs.list("/mnt/photos"))).containsExactly("dbfs:/mnt/photos/a.txt");
        assertThat(fs.unmount("/mnt/photos")).isTrue();
        assertThat(buckets.resolve("photos/2024/a.txt")).hasContent("boat");
        assertThatThrownBy(() -> fs.list("/mnt/photos")).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> fs.unmount("/mnt/photos")).hasMessage("Directory not mounted: /mnt/photos");
        assertThatThrownBy(() -> fs.updateMount("s3a://photos", "/mnt/photos"))
                .hasMessage("Directory not mounted: /mnt/photos");
    }

    @Test
    void neither_a_mount_nor_a_folder_with_mounts_is_deleted_or_moved() throws IOException {
        fs.mount("s3a://photos", "/mnt/photos");
        for (String path : List.of("/mnt/photos", "/mnt", "/")) {
            assertThatThrownBy(() -> fs.rm(path, true)).as(path).hasMessageContaining("s3a://photos is mounted at");
        }
        assertThat(buckets.resolve("photos/2024/a.txt")).exists();
        assertThat(fs.rm("/mnt/photos/2024", true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mnt/photos", "/mnt/photos/2024", "/mnt"})
    void no_mount_is_within_another_one(String point) throws IOException {
        fs.mount("s3a://photos", "/mnt/photos");
        assertThatThrownBy(() -> fs.mount("s3a://photos", point)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void files_that_are_there_are_not_hidden() throws IOException {
        fs.put("/mnt/photos/own.txt", "mine", false);
        assertThatThrownBy(() -> fs.mount("s3a://photos", "/mnt/photos"))
                .hasMessageContaining("there are files already");
        fs.rm("/mnt/photos/own.txt");
        assertThat(fs.mount("s3a://photos", "/mnt/photos")).isTrue();
    }

    @Test
    void a_prefix_that_holds_nothing_yet_can_be_mounted() throws IOException {
        assertThat(fs.mount("s3a://photos/later", "/mnt/later")).isTrue();
        fs.put("/mnt/later/x", "1", false);
        assertThat(buckets.resolve("photos/later/x")).hasContent("1");
    }

    @ParameterizedTest
    @CsvSource({
        "wasbs://c@a.blob.core.windows.net/x, only buckets of S3",
        "/mnt/x, only buckets of S3",
        "gs://KEY:SECRET@photos, only buckets of S3",
        "s3a://KEY:SECRET@photos, with the rights of the cluster",
        "s3a://KEY:SEC/RET+SECRET@photos, with the rights of the cluster",
    })
    void what_cannot_be_mounted_is_refused_and_no_key_is_shown(String source, String why) {
        assertThatThrownBy(() -> fs.mount(source, "/mnt/x"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void settings_and_encryption_of_a_mount_are_refused_by_name() {
        assertThatThrownBy(() -> fs.mount("s3a://photos", "/mnt/x", "", List.of("fs.s3a.secret.key")))
                .hasMessageContaining("mount without fs.s3a.secret.key");
        scala.collection.Map<String, String> none = scala.jdk.javaapi.CollectionConverters.asScala(Map.of());
        assertThatThrownBy(() -> fs.mount("s3a://photos", "/mnt/x", "", "ann", none))
                .hasMessageContaining("mount without owner");
        assertThatThrownBy(() -> fs.mount("s3a://photos", "/mnt/x", "sse-kms")).hasMessageContaining("sse-kms");
    }

    @Test
    void a_source_names_a_bucket() {
        assertThatThrownBy(() -> fs.mount("s3a:///prefix", "/mnt/x")).hasMessageContaining("it names no bucket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "mnt", "/..", "/mnt/a\nb"})
    void a_mount_point_is_a_path_below_the_root(String point) {
        assertThatThrownBy(() -> fs.mount("s3a://photos", point)).hasMessageContaining("Not a mount point");
    }
}
