package io.slipway.driver.dbutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.driver.files.DbfsFileSystem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileToolsTest {
    @TempDir
    Path root;

    private FileTools fs;

    @BeforeEach
    void open() {
        var conf = new Configuration(false);
        conf.set(DbfsFileSystem.ROOT, root.toString());
        conf.setClass("fs.dbfs.impl", DbfsFileSystem.class, FileSystem.class);
        conf.setBoolean("fs.dbfs.impl.disable.cache", true);
        conf.setClass("fs.file.impl", org.apache.hadoop.fs.LocalFileSystem.class, FileSystem.class);
        fs = new FileTools(conf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b.txt", "dbfs:/a/b.txt", "/dbfs/a/b.txt", "dbfs:///a/b.txt"})
    void a_file_has_many_spellings(String path) throws IOException {
        assertThat(fs.put(path, "grüße ☃")).isTrue();
        assertThat(root.resolve("a/b.txt")).hasContent("grüße ☃");
        assertThat(fs.head(path)).isEqualTo("grüße ☃");
    }

    @Test
    void a_file_is_written_over_only_if_one_says_so() throws IOException {
        fs.put("/f", "old and long");
        assertThatThrownBy(() -> fs.put("/f", "new"))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage("/f exists");
        assertThat(fs.head("/f")).isEqualTo("old and long");
        fs.put("/f", "new", true);
        assertThat(fs.head("/f")).isEqualTo("new");
    }

    @Test
    void the_head_is_cut_at_bytes() throws IOException {
        fs.put("/long", "x".repeat(100_000));
        assertThat(fs.head("/long")).hasSize(65_536);
        assertThat(fs.head("/long", 10)).hasSize(10);
        assertThat(fs.head("/long", 1_000_000)).hasSize(100_000);
        fs.put("/empty", "");
        assertThat(fs.head("/empty")).isEmpty();
        assertThatThrownBy(() -> fs.head("/none")).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void a_list_is_in_the_order_of_names_and_tells_folders_from_files() throws IOException {
        fs.put("/d/b.txt", "12345");
        fs.put("/d/A b.txt", "1");
        fs.mkdirs("/d/c/deep");
        assertThat(fs.list("/d")).extracting(FileInfo::name).containsExactly("A b.txt", "b.txt", "c/");
        FileInfo file = fs.list("dbfs:/d").get(1);
        assertThat(file.path()).isEqualTo("dbfs:/d/b.txt");
        assertThat(file.size()).isEqualTo(5);
        assertThat(file.isDir()).isFalse();
        assertThat(file.modificationTime()).isPositive();
        FileInfo folder = fs.list("/d").get(2);
        assertThat(folder.path()).isEqualTo("dbfs:/d/c/");
        assertThat(folder.isDir()).isTrue();
        assertThat(folder.size()).isZero();
        assertThat(fs.list("/d/b.txt")).as("a file lists itself").hasSize(1);
        assertThatThrownBy(() -> fs.ls("/none")).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void a_folder_is_copied_moved_and_removed_only_with_all_that_is_in_it() throws IOException {
        fs.put("/d/deep/f", "1");
        for (String[] refused : new String[][] {{"cp"}, {"mv"}}) {
            assertThatThrownBy(() -> {
                        boolean unused = refused[0].equals("cp") ? fs.cp("/d", "/e") : fs.mv("/d", "/e");
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("recurse=True");
        }
        assertThatThrownBy(() -> fs.rm("/d")).isInstanceOf(IOException.class).hasMessageContaining("not empty");
        assertThat(root.resolve("d/deep/f")).exists();
        assertThat(fs.cp("/d", "/e", true)).isTrue();
        assertThat(root.resolve("e/deep/f")).hasContent("1");
        assertThat(root.resolve("d/deep/f")).exists();
        assertThat(fs.mv("/e", "/moved", true)).isTrue();
        assertThat(root.resolve("e")).doesNotExist();
        assertThat(root.resolve("moved/deep/f")).hasContent("1");
        assertThat(fs.rm("/d", true)).isTrue();
        assertThat(root.resolve("d")).doesNotExist();
    }

    @Test
    void a_single_file_is_copied_over_another_and_into_a_folder() throws IOException {
        fs.put("/a", "new");
        fs.put("/b", "old");
        fs.mkdirs("/folder");
        assertThat(fs.cp("/a", "/b")).isTrue();
        assertThat(fs.head("/b")).isEqualTo("new");
        assertThat(fs.cp("/a", "/folder")).isTrue();
        assertThat(fs.head("/folder/a")).isEqualTo("new");
        assertThat(fs.mv("/a", "/c")).isTrue();
        assertThat(root.resolve("a")).doesNotExist();
        assertThatThrownBy(() -> fs.cp("/none", "/x")).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void files_of_this_machine_are_reached_by_their_scheme() throws IOException {
        Path outside = Files.createDirectories(root.resolve("outside"));
        Files.writeString(outside.resolve("f"), "local");
        fs.cp(outside.resolve("f").toUri().toString(), "/inside");
        assertThat(fs.head("/inside")).isEqualTo("local");
    }

    @Test
    void what_is_not_there_is_not_removed_and_an_empty_folder_is() throws IOException {
        assertThat(fs.rm("/none")).isFalse();
        assertThat(fs.rm("/none", true)).isFalse();
        fs.mkdirs("/empty");
        assertThat(fs.mkdirs("/empty")).as("again").isTrue();
        assertThat(fs.rm("/empty")).isTrue();
    }

    @Test
    void no_path_leads_out() {
        assertThatThrownBy(() -> fs.put("/../evil", "x")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fs.cp("/dbfs/../evil", "/x")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fs.ls("/.slipway")).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void a_head_that_ends_inside_a_character_shows_no_broken_one() throws IOException {
        byte[] text = "ab€".getBytes(StandardCharsets.UTF_8);
        Files.write(root.resolve("cut"), text);
        assertThat(fs.head("/cut", text.length - 1)).isEqualTo("ab");
    }

    @Test
    void the_help_names_every_command() {
        assertThat(Help.of("fs"))
                .contains("cp(", "head(", "ls(", "mkdirs(", "mount(", "mv(", "put(", "rm(", "unmount(");
    }

    @Test
    void scala_has_the_files_and_mounts_as_sequences() throws IOException {
        fs.put("/seq/a", "1", false);
        assertThat(fs.ls("/seq").apply(0).name()).isEqualTo("a");
        assertThat(fs.mounts().apply(0).mountPoint()).isEqualTo("/");
    }
}
