package io.slipway.content.dbfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.content.disk.Enclosure;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class RootTest {
    @TempDir
    private Path folder;

    private Path directory;
    private Enclosure root;

    @BeforeEach
    void make() throws IOException {
        directory = folder.toRealPath().resolve("dbfs");
        root = new Enclosure(directory);
    }

    private static Path resolve(Enclosure root, String path) {
        return root.resolve(DbfsPath.of(path).steps(), path);
    }

    private void outside(String path) {
        assertThatThrownBy(() -> resolve(root, path))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED))
                .hasMessage("Path leads outside of the file system's root: " + path);
    }

    @Test
    void a_path_is_a_place_below_the_root_whether_there_is_something_or_not() {
        assertThat(resolve(root, "/a/b")).isEqualTo(directory.resolve("a/b"));
        assertThat(resolve(root, "/")).isEqualTo(directory);
    }

    @Test
    void links_are_followed_within_the_root_only() throws IOException {
        Files.createDirectories(directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("inside"), directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("out"), Files.createDirectories(folder.resolve("theirs")));
        Files.createSymbolicLink(directory.resolve("nowhere"), folder.resolve("not-there"));
        assertThat(resolve(root, "/inside/x")).isEqualTo(directory.resolve("inside/x"));
        outside("/out");
        outside("/out/x");
        outside("/nowhere");
        outside("/nowhere/x");
    }

    @Test
    void a_root_that_is_a_link_itself_is_fine() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
        assertThat(resolve(new Enclosure(link), "/a")).isEqualTo(directory.resolve("a"));
    }

    @Test
    void what_streams_of_the_last_server_left_goes_and_uploads_in_pieces_stay() throws IOException {
        Uploads uploads = Root.local(directory).uploads();
        Path stream = Files.writeString(uploads.stream("s"), "half");
        Path pieces = Files.writeString(uploads.pieces(7), "half");
        Uploads next = Root.local(directory).uploads();
        assertThat(stream).doesNotExist();
        assertThat(pieces).isEqualTo(next.pieces(7)).exists();
    }
}
