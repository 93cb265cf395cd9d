package io.slipway.content.dbfs;

import io.slipway.content.disk.Enclosure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The directory behind DBFS, and the one beside it where uploads grow: nobody who reads DBFS sees them before they are whole. */
final class Root {
    /** Where uploads grew before: within what DBFS showed, if one knew the name. */
    private static final String FORMER = ".slipway";

    private final Enclosure files;
    private final Path uploads;

    Root(Path directory) {
        try {
            this.files = new Enclosure(directory);
            // On the same file system as every target, so that a finished upload moves in one step.
            Path real = files.directory();
            this.uploads = Files.createDirectories(real.resolveSibling(real.getFileName() + "-uploads"));
            takeOver(real.resolve(FORMER));
            forgetStreams();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + directory + " as the root of DBFS", e);
        }
    }

    private void takeOver(Path former) throws IOException {
        if (!Files.isDirectory(former.resolve("uploads"))) {
            return;
        }
        try (Stream<Path> parts = Files.list(former.resolve("uploads"))) {
            for (Path part : parts.toList()) {
                Files.move(part, uploads.resolve(part.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.delete(former.resolve("uploads"));
        Files.delete(former);
    }

    /** A stream that the last server was reading when it died is of no use; uploads in pieces go on. */
    private void forgetStreams() throws IOException {
        try (Stream<Path> parts = Files.list(uploads)) {
            for (Path part : parts.toList()) {
                if (part.getFileName().toString().startsWith("stream-")) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    Path stream(String id) {
        return uploads.resolve("stream-" + id);
    }

    Path pieces(long handle) {
        return uploads.resolve("handle-" + handle);
    }

    Path resolve(DbfsPath path) {
        return files.resolve(path.steps(), path);
    }
}
