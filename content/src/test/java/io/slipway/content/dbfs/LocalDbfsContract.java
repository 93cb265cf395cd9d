package io.slipway.content.dbfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.Permissions;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** DBFS in a folder of this machine. */
@NullUnmarked
abstract class LocalDbfsContract extends DbfsContract {
    @Override
    Dbfs made(Base base, Function<WorkspaceId, Path> folders) {
        return new Dbfs(base, new Permissions(), folders);
    }

    @Test
    void a_file_put_is_a_plain_file_for_spark() {
        dbfs.put(ANN, "dbfs:/a/b/c.txt", bytes("hello"), false);
        assertThat(root.resolve("a/b/c.txt")).hasContent("hello");
    }

    @Test
    void a_close_that_was_cut_off_after_the_move_can_be_repeated() throws IOException {
        long handle = dbfs.create(ANN, "/f", true);
        dbfs.addBlock(ANN, handle, bytes("one"));
        Files.move(root.resolveSibling("dbfs-uploads/handle-" + handle), root.resolve("f"));
        dbfs.close(ANN, handle);
        assertThat(content("/f")).isEqualTo("one");
    }

    @Test
    void no_link_leads_out_of_the_root() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "s");
        Files.createSymbolicLink(root.resolve("door"), outside);
        Files.createSymbolicLink(root.resolve("window"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("hole"), outside.resolve("not-yet"));
        for (String path : List.of("/door/secret", "/door/new/x", "/window", "/hole")) {
            refused(() -> dbfs.read(ANN, path, 0, 1), ErrorCode.PERMISSION_DENIED, "outside");
            refused(() -> dbfs.put(ANN, path, bytes("1"), true), ErrorCode.PERMISSION_DENIED, "outside");
            refused(() -> dbfs.delete(ANN, path, true), ErrorCode.PERMISSION_DENIED, "outside");
        }
        refused(() -> dbfs.list(ANN, "/door"), ErrorCode.PERMISSION_DENIED, "outside");
        assertThat(dbfs.list(ANN, "/")).isEmpty();
        dbfs.mkdirs(ANN, "/d");
        Files.createSymbolicLink(root.resolve("d/door"), outside);
        dbfs.delete(ANN, "/d", true);
        assertThat(outside.resolve("secret")).exists();
    }

    @Test
    void a_link_within_the_root_is_followed() throws IOException {
        dbfs.put(ANN, "/real/f", bytes("1"), false);
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("real"));
        assertThat(content("/alias/f")).isEqualTo("1");
    }
}
