package io.slipway.content.dbfs;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The directory behind DBFS. Turns paths into local files that are surely inside: a symbolic link is followed only to a place
 * within the root. Spark's processes write here too, so a link may appear between this check and the use; such a process can read
 * the target by itself anyway.
 */
final class Root {
    private final Path directory;
    private final Path uploads;

    Root(Path directory) {
        try {
            Files.createDirectories(directory);
            this.directory = directory.toRealPath();
            // On the same file system as every target, so that a finished upload moves in one step.
            this.uploads = Files.createDirectories(
                    this.directory.resolve(DbfsPath.RESERVED).resolve("uploads"));
            forgetStreams();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + directory + " as the root of DBFS", e);
        }
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
        try {
            Path target = directory;
            Path existing = directory;
            for (String step : path.steps()) {
                target = target.resolve(step);
                existing = Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? target : existing;
            }
            if (!existing.toRealPath().startsWith(directory)) {
                throw outside(path);
            }
            return target;
        } catch (InvalidPathException e) {
            throw new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, "Not a path on this system: " + path, e);
        } catch (IOException e) {
            // A link that leads nowhere: what it would create lies where the link says.
            throw outside(path);
        }
    }

    private static PlatformException outside(DbfsPath path) {
        return new PlatformException(
                ErrorCode.PERMISSION_DENIED, "Path leads outside of the file system's root: " + path);
    }
}
