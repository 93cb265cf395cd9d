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

/** Files of managed tables on this machine. Only what lies below the managed root is ever deleted; links are not followed. */
final class ManagedFiles {
    private static final Logger log = LoggerFactory.getLogger(ManagedFiles.class);

    private ManagedFiles() {}

    /** False: not ours to delete, or not now; the place stays on the list. */
    static boolean delete(String location, String managedRoot) {
        if (!location.startsWith("file:") || !Location.within(location, managedRoot) || location.equals(managedRoot)) {
            return false;
        }
        try {
            Files.walkFileTree(Path.of(URI.create(location)), new Deleting());
            return true;
        } catch (NoSuchFileException alreadyGone) {
            return true;
        } catch (IOException e) {
            log.warn("files of a dropped table at {} cannot be deleted now", location, e);
            return false;
        }
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
