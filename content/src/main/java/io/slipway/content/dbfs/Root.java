package io.slipway.content.dbfs;

import io.slipway.content.disk.Enclosure;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.MountTable;
import io.slipway.protocol.driver.MountTable.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The directory behind DBFS, and the one beside it where uploads grow: nobody who reads DBFS sees them before they are whole. */
final class Root {
    /** Where uploads grew before: within what DBFS showed, if one knew the name. */
    private static final String FORMER = ".slipway";

    private final Enclosure files;
    private final Path uploads;
    private final MountTable mounts;

    Root(Path directory) {
        try {
            this.files = new Enclosure(directory);
            // On the same file system as every target, so that a finished upload moves in one step.
            Path real = files.directory();
            this.uploads = Files.createDirectories(real.resolveSibling(real.getFileName() + "-uploads"));
            this.mounts = MountTable.of(real);
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

    /** Mount points in a folder; in a mount are none. */
    List<String> mountsIn(DbfsPath folder) {
        String above = folder.root() ? "/" : folder + "/";
        return mounts.list().stream()
                .map(Mount::point)
                .filter(point -> point.lastIndexOf('/') == above.length() - 1 && point.startsWith(above))
                .toList();
    }

    boolean mounted(DbfsPath path) {
        return mounts.over(path.toString())
                .filter(mount -> mount.point().equals(path.toString()))
                .isPresent();
    }

    /** Refuses to change a folder with all that is in it, if something is mounted there. */
    void requireNoMounts(DbfsPath path) {
        for (Mount mount : mounts.list()) {
            if (mount.point().equals(path.toString()) || mount.point().startsWith(path + "/")) {
                throw inMount(path, mount);
            }
        }
    }

    /** Where a path is in this folder. What is mounted is not in it, and read with the rights of clusters only. */
    Path resolve(DbfsPath path) {
        mounts.over(path.toString()).ifPresent(mount -> {
            throw inMount(path, mount);
        });
        return files.resolve(path.steps(), path);
    }

    private static PlatformException inMount(DbfsPath path, Mount mount) {
        return PlatformException.invalid(
                mount.source() + " is mounted at " + mount.point() + ": the DBFS API does not reach " + path
                        + ". Use dbutils.fs or Spark on a cluster, or the API of S3.");
    }
}
