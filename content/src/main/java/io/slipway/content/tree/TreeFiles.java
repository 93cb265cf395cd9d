package io.slipway.content.tree;

import io.slipway.content.disk.Enclosure;
import io.slipway.content.disk.Removal;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders and files of the tree as they lie on the disk, where clusters see them as {@code /Workspace} (decision 009). The rows
 * know which there are; the bytes of files are only here. Notebooks are rows only.
 */
final class TreeFiles {
    private static final String STAGING = "staging";
    private static final String GONE = "gone-";

    private final Ids ids;
    private final Path root;
    private final Path staging;

    /** One thing in a folder; links and devices are not told. */
    record Entry(String name, boolean folder, FileMark mark) {}

    TreeFiles(Path root, Ids ids) {
        this.ids = ids;
        try {
            this.root = Files.createDirectories(root).toRealPath();
            // On the same file system as every target, so that a finished file moves to its place in one step.
            this.staging = Files.createDirectories(this.root.resolve(STAGING));
            forgetHalfWritten();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root + " for the files of workspaces", e);
        }
    }

    private void forgetHalfWritten() throws IOException {
        try (Stream<Path> parts = Files.list(staging)) {
            for (Path part : parts.toList()) {
                if (!part.getFileName().toString().startsWith(GONE)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    /** Where a path lies, surely within the workspace's folder. */
    Path local(WorkspaceId workspace, TreePath path) {
        try {
            return new Enclosure(root.resolve(String.valueOf(workspace.number()))).resolve(path.steps(), path);
        } catch (IOException e) {
            throw failed("Could not reach " + path, e);
        }
    }

    /** Bytes that are safe on the disk and have no place yet; closing forgets them if they were not placed. */
    final class Staged implements AutoCloseable {
        private final Path part;
        private boolean placed;

        private Staged(Path part) {
            this.part = part;
        }

        /** A transaction may come twice: the second time it is there already. */
        FileMark place(WorkspaceId workspace, TreePath path) {
            Path target = local(workspace, path);
            try {
                if (!placed) {
                    Path folder = Files.createDirectories(local(workspace, path.parent()));
                    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                    placed = true;
                    force(folder);
                }
                return mark(target).orElseThrow(() -> new IOException("it is gone already"));
            } catch (IOException e) {
                throw failed("Could not write " + path, e);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(part);
            } catch (IOException left) {
                // The next start deletes it.
            }
        }
    }

    Staged stage(InputStream content) {
        Path part = staging.resolve(ids.uuid());
        try {
            Files.copy(content, part);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            return new Staged(part);
        } catch (IOException e) {
            new Staged(part).close();
            throw failed("Could not write a file", e);
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    FileMark mkdirs(WorkspaceId workspace, TreePath path) {
        Path target = local(workspace, path);
        try {
            Files.createDirectories(target);
            return mark(target).orElseThrow(() -> new IOException("it is gone already"));
        } catch (FileAlreadyExistsException e) {
            throw Tree.exists(path);
        } catch (IOException e) {
            throw failed("Could not make the folder " + path, e);
        }
    }

    /** What lies at a path now; empty if that is nothing, or neither a folder nor a file. */
    Optional<Entry> find(WorkspaceId workspace, TreePath path) {
        return entry(local(workspace, path));
    }

    private static Optional<Entry> entry(Path place) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String name = place.getFileName().toString();
            return attributes.isDirectory() || attributes.isRegularFile()
                    ? Optional.of(new Entry(name, attributes.isDirectory(), mark(place, attributes)))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Optional<FileMark> mark(Path place) {
        return entry(place).map(Entry::mark);
    }

    private static FileMark mark(Path place, BasicFileAttributes attributes) throws IOException {
        Map<String, Object> inode = Files.readAttributes(place, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        if (!(inode.get("ino") instanceof Long key)) {
            throw new IOException("the file system gives no numbers to files");
        }
        return attributes.isDirectory()
                ? new FileMark(key, attributes.creationTime().toMillis(), 0)
                : new FileMark(key, attributes.lastModifiedTime().toMillis(), attributes.size());
    }

    /** What lies in a folder, whose names can be names of the tree; nothing if it is not there. */
    List<Entry> list(WorkspaceId workspace, TreePath folder) {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> places = Files.list(local(workspace, folder))) {
            for (Path place : places.toList()) {
                if (TreePath.isName(place.getFileName().toString())) {
                    entry(place).ifPresent(entries::add);
                }
            }
        } catch (IOException gone) {
            return List.of();
        }
        return entries;
    }

    /** The bytes of a file of at most {@link Arrival#LARGEST} bytes. */
    byte[] read(TreeObject file) {
        try (InputStream content = open(file)) {
            byte[] bytes = content.readNBytes(Arrival.LARGEST + 1);
            if (bytes.length > Arrival.LARGEST) {
                throw Arrival.tooLarge(file.size());
            }
            return bytes;
        } catch (IOException e) {
            throw failed("Could not read " + file.path(), e);
        }
    }

    InputStream open(TreeObject file) {
        try {
            return Files.newInputStream(local(file.workspace(), new TreePath(file.path())), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException gone) {
            throw Tree.missing(new TreePath(file.path()));
        }
    }

    /** Gives what lies at {@code from} another path; nothing may lie there. */
    void move(WorkspaceId workspace, TreePath from, TreePath to) {
        Path source = local(workspace, from);
        if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Path folder = Files.createDirectories(local(workspace, to.parent()));
            Files.move(source, local(workspace, to), StandardCopyOption.ATOMIC_MOVE);
            force(folder);
        } catch (IOException e) {
            throw failed("Could not move " + from + " to " + to, e);
        }
    }

    /** Takes an object with all that is below it away from its path, until {@link #forget} or {@link #putBack}. */
    void takeAway(TreeObject object) {
        Path place = local(object.workspace(), new TreePath(object.path()));
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.move(place, gone(object.id()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed("Could not delete " + object.path(), e);
        }
    }

    /** True if the object had been taken away and is at its path again. Where something else lies there by now, both stay. */
    boolean putBack(TreeObject object) {
        Path kept = gone(object.id());
        Path place = local(object.workspace(), new TreePath(object.path()));
        if (!Files.exists(kept, LinkOption.NOFOLLOW_LINKS) || Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            Files.move(kept, place, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw failed("Could not put back " + object.path(), e);
        }
    }

    void forget(long id) {
        Path kept = gone(id);
        if (Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Removal.of(kept);
            } catch (IOException e) {
                throw failed("Could not clean up after a deletion", e);
            }
        }
    }

    /** Objects that were taken away when a server stopped: nobody knows yet whether for good. */
    List<Long> takenAway() {
        try (Stream<Path> parts = Files.list(staging)) {
            return parts.map(part -> part.getFileName().toString())
                    .filter(name -> name.startsWith(GONE))
                    .map(name -> Long.parseLong(name.substring(GONE.length())))
                    .toList();
        } catch (IOException e) {
            throw failed("Could not look for what was deleted", e);
        }
    }

    private Path gone(long id) {
        return staging.resolve(GONE + id);
    }

    private static PlatformException failed(String what, IOException e) {
        return new PlatformException(ErrorCode.INTERNAL, what + ": the file system refused.", e);
    }
}
