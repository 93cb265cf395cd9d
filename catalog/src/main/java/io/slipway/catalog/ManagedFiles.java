package io.slipway.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of managed tables on this machine. Only what lies below the managed root or on DBFS is ever deleted; links are not followed. */
final class ManagedFiles {
    private static final Logger log = LoggerFactory.getLogger(ManagedFiles.class);

    private ManagedFiles() {}

    /** False: not ours to delete, or not now; the place stays on the list. */
    static boolean delete(String location, String managedRoot, Path dbfs) {
        if (location.startsWith("dbfs:/") && !Location.ofTheServer(location)) {
            return delete(onDbfs(location, dbfs), dbfs);
        }
        return location.startsWith("file:")
                && Location.within(location, managedRoot)
                && delete(Path.of(URI.create(location)), Path.of(URI.create(managedRoot)));
    }

    private static boolean delete(Path folder, Path root) {
        Path above = folder.getParent();
        if (folder.equals(root) || above == null) {
            return false;
        }
        try {
            if (!above.toRealPath().startsWith(root.toRealPath())) {
                log.warn("files of a dropped table at {} are left: a link leads there", folder);
                return false;
            }
            Files.walkFileTree(folder, new Deleting());
            return true;
        } catch (NoSuchFileException alreadyGone) {
            return true;
        } catch (IOException e) {
            log.warn("files of a dropped table at {} cannot be deleted now", folder, e);
            return false;
        }
    }

    static void deleteEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException others) {
            log.debug("{} has files and stays", folder, others);
        }
    }

    static Path onDbfs(String location, Path dbfs) {
        return dbfs.resolve(URI.create(location).getPath().replaceFirst("^/+", ""));
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
