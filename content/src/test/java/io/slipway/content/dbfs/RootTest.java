package io.slipway.content.dbfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    private Root root;

    @BeforeEach
    void make() throws IOException {
        directory = folder.toRealPath().resolve("dbfs");
        root = new Root(directory);
    }

    private void outside(String path) {
        assertThatThrownBy(() -> root.resolve(DbfsPath.of(path)))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED))
                .hasMessage("Path leads outside of the file system's root: " + path);
    }

    @Test
    void a_path_is_a_place_below_the_root_whether_there_is_something_or_not() {
        assertThat(root.resolve(DbfsPath.of("/a/b"))).isEqualTo(directory.resolve("a/b"));
        assertThat(root.resolve(DbfsPath.of("/"))).isEqualTo(directory);
    }

    @Test
    void links_are_followed_within_the_root_only() throws IOException {
        Files.createDirectories(directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("inside"), directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("out"), Files.createDirectories(folder.resolve("theirs")));
        Files.createSymbolicLink(directory.resolve("nowhere"), folder.resolve("not-there"));
        assertThat(root.resolve(DbfsPath.of("/inside/x"))).isEqualTo(directory.resolve("inside/x"));
        outside("/out");
        outside("/out/x");
        outside("/nowhere");
        outside("/nowhere/x");
    }

    @Test
    void a_root_that_is_a_link_itself_is_fine() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
        assertThat(new Root(link).resolve(DbfsPath.of("/a"))).isEqualTo(directory.resolve("a"));
    }

    @Test
    void what_streams_of_the_last_server_left_goes_and_uploads_in_pieces_stay() throws IOException {
        Path stream = Files.writeString(root.stream("s"), "half");
        Path pieces = Files.writeString(root.pieces(7), "half");
        Root next = new Root(directory);
        assertThat(stream).doesNotExist();
        assertThat(pieces).isEqualTo(next.pieces(7)).exists();
    }
}
