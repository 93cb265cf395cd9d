package io.slipway.catalog;

import io.slipway.kit.PlatformException;
import io.slipway.object.folder.BucketFolder;
import io.slipway.object.folder.BucketLevel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of managed tables. Only what lies below the managed root, on DBFS or on a bucket of the platform is ever deleted; links are not
 * followed.
 */
final class ManagedFiles {
    private static final Logger log = LoggerFactory.getLogger(ManagedFiles.class);

    private final TableStorage storage;
    /** What others have to delete is said once. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    ManagedFiles(TableStorage storage) {
        this.storage = storage;
    }

    /**
     * False: not ours to delete, or not now; the place stays on the list.
     *
     * @param managedRoot on this machine
     */
    boolean delete(String location, String managedRoot) {
        if (location.startsWith("dbfs:/")) {
            return !Location.ofTheServer(location) && deleteOnDbfs(location);
        }
        if (location.startsWith("file:")) {
            return Location.within(location, managedRoot)
                    && delete(Path.of(URI.create(location)), Path.of(URI.create(managedRoot)));
        }
        return !pathOf(location).isEmpty()
                && storage.buckets()
                        .apply(location)
                        .map(folder -> delete(folder, location))
                        .orElseGet(() -> others(location));
    }

    /**
     * As {@link #delete}, for a folder that the maker of its schema has chosen, and that is called like the table. It goes from DBFS, where
     * everybody may delete, and from nowhere else: the rights of who wants it gone are not known here.
     */
    boolean deleteOfHive(String location) {
        return location.startsWith("dbfs:/")
                ? !Location.ofTheServer(location) && deleteOnDbfs(location)
                : others(location);
    }

    private boolean deleteOnDbfs(String location) {
        return storage.dbfsBucket()
                .filter(bucket -> !pathOf(location).isEmpty())
                .map(bucket -> delete(bucket.below(pathOf(location)), location))
                .orElseGet(() -> delete(onDbfs(location), storage.dbfs()));
    }

    private boolean others(String location) {
        if (told.add(location)) {
            log.warn("files of a dropped table at {} are left: whoever keeps that place has to delete them", location);
        }
        return false;
    }

    private static boolean delete(BucketFolder folder, String location) {
        try {
            folder.deleteAll("");
            return true;
        } catch (PlatformException e) {
            log.warn("files of a dropped table at {} cannot be deleted now", location, e);
            return false;
        }
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

    /** Deletes a folder on DBFS if nothing is in it. */
    void deleteEmpty(String location) {
        try {
            if (storage.dbfsBucket().isPresent()) {
                BucketFolder folder = storage.dbfsBucket().get().below(pathOf(location));
                if (noneIn(folder)) {
                    folder.deleteAll("");
                }
            } else {
                Files.deleteIfExists(onDbfs(location));
            }
        } catch (IOException | PlatformException others) {
            log.debug("{} has files and stays", location, others);
        }
    }

    /** Nothing but the empty object that stands for the folder. */
    private static boolean noneIn(BucketFolder folder) {
        BucketLevel level = folder.level("");
        return level.folders().isEmpty()
                && level.files().stream().allMatch(file -> file.name().isEmpty());
    }

    /** Whether nothing lies at a place on DBFS. */
    boolean none(String location) {
        return storage.dbfsBucket()
                .map(bucket -> !bucket.any(pathOf(location) + "/"))
                .orElseGet(() -> Files.notExists(onDbfs(location)));
    }

    private Path onDbfs(String location) {
        return storage.dbfs().resolve(pathOf(location));
    }

    /** Without a slash in front. */
    private static String pathOf(String location) {
        return URI.create(location).getPath().replaceFirst("^/+", "");
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
