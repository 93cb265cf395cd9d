package io.slipway.content.dbfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The folder of this machine where uploads grow: nobody who reads DBFS sees them before they are whole. */
final class Uploads {
    private final Path folder;

    Uploads(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        forgetStreams();
    }

    /** A stream that the last server was reading when it died is of no use; uploads in pieces go on. */
    private void forgetStreams() throws IOException {
        try (Stream<Path> parts = Files.list(folder)) {
            for (Path part : parts.toList()) {
                if (part.getFileName().toString().startsWith("stream-")) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    /** Takes over what grew elsewhere. */
    void take(Path former) throws IOException {
        try (Stream<Path> parts = Files.list(former)) {
            for (Path part : parts.toList()) {
                Files.move(part, folder.resolve(part.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.delete(former);
    }

    Path stream(String id) {
        return folder.resolve("stream-" + id);
    }

    Path pieces(long handle) {
        return folder.resolve("handle-" + handle);
    }
}
