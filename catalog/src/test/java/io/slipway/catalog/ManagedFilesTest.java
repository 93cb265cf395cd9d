package io.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class ManagedFilesTest {
    @TempDir
    private Path folder;

    private Path root;
    private String managed;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(folder.resolve("managed"));
        managed = Location.of(root.toUri().toString());
    }

    private Path dbfs() {
        return folder.resolve("dbfs");
    }

    private boolean delete(String location) {
        return new ManagedFiles(TableStorage.onDisk(root.toUri(), dbfs())).delete(location, managed);
    }

    private Path table(String name) throws IOException {
        Path table = Files.createDirectories(root.resolve(name).resolve("_delta_log"));
        Files.writeString(table.resolve("0.json"), "{}");
        return root.resolve(name);
    }

    @Test
    void a_table_goes_with_all_its_files_and_may_be_gone_already() throws IOException {
        Path table = table("t");
        Path other = table("t2");
        assertThat(delete(managed + "/t")).isTrue();
        assertThat(table).doesNotExist();
        assertThat(other.resolve("_delta_log/0.json")).exists();
        assertThat(delete(managed + "/t")).isTrue();
    }

    @Test
    void nothing_outside_of_the_root_and_not_the_root_itself_is_deleted() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("managed-not"));
        assertThat(delete(Location.of(outside.toUri().toString()))).isFalse();
        assertThat(delete(managed)).isFalse();
        assertThat(delete("s3://bucket/t")).isFalse();
        assertThat(outside).exists();
        assertThat(root).exists();
    }

    @Test
    void what_a_link_leads_to_stays() throws IOException {
        Path theirs = Files.writeString(folder.resolve("theirs"), "data");
        Path theirFolder = Files.createDirectories(folder.resolve("their-folder"));
        Files.writeString(theirFolder.resolve("x"), "data");
        Path table = table("t");
        Files.createSymbolicLink(table.resolve("file"), theirs);
        Files.createSymbolicLink(table.resolve("folder"), theirFolder);
        assertThat(delete(managed + "/t")).isTrue();
        assertThat(table).doesNotExist();
        assertThat(theirs).exists();
        assertThat(theirFolder.resolve("x")).exists();
    }

    @Test
    void a_folder_on_dbfs_goes_unless_a_link_leads_out_of_it() throws IOException {
        Path table = Files.createDirectories(dbfs().resolve("user/hive/warehouse/t"));
        Files.writeString(table.resolve("0.parquet"), "x");
        assertThat(delete("dbfs:/user/hive/warehouse/t")).isTrue();
        assertThat(table).doesNotExist();
        assertThat(delete("dbfs:/user/hive/warehouse/t")).isTrue();
        Path outside = Files.createDirectories(folder.resolve("outside/t"));
        Files.createSymbolicLink(dbfs().resolve("user/hive/warehouse/s.db"), outside.getParent());
        assertThat(delete("dbfs:/user/hive/warehouse/s.db/t")).isFalse();
        assertThat(outside).exists();
        assertThat(delete("dbfs:/")).isFalse();
        assertThat(delete("dbfs:/.slipway/t")).isFalse();
        assertThat(dbfs()).exists();
    }
}
