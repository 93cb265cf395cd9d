package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
    @TempDir
    Path folder;

    @Test
    void only_the_owner_reads_the_file_whatever_was_there_before() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "old, and open to all");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFile.write(file, "new");

        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void a_folder_and_a_file_that_were_open_to_all_are_taken_back() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(inner.resolve("log"), "kept");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFile.folder(inner);
        PrivateFile.touch(file);
        PrivateFile.touch(inner.resolve("new"));
        PrivateFile.close(inner.resolve("missing"));

        assertThat(permissions(inner)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(inner.resolve("new"))).isEqualTo("rw-------");
        assertThat(file).hasContent("kept");
        assertThat(inner.resolve("missing")).doesNotExist();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
