package io.slipway.content.dbfs;

import io.slipway.content.disk.Enclosure;
import io.slipway.content.disk.Removal;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files below a folder of this machine. */
final class LocalFiles implements DbfsFiles {
    private final Enclosure root;
    /** Whoever has it looks whether a place is free and takes it. */
    private final Object placing = new Object();

    LocalFiles(Enclosure root) {
        this.root = root;
    }

    /** Where a path is in the folder. */
    private Path resolve(DbfsPath path) {
        return root.resolve(path.steps(), path);
    }

    @Override
    public Optional<DbfsFile> find(DbfsPath path) {
        Path local = resolve(path);
        try {
            return Optional.of(describe(path, Files.readAttributes(local, BasicFileAttributes.class)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static DbfsFile describe(DbfsPath path, BasicFileAttributes attributes) {
        return new DbfsFile(
                path.toString(),
                attributes.isDirectory(),
                attributes.isDirectory() ? 0 : attributes.size(),
                attributes.lastModifiedTime().toMillis());
    }

    @Override
    public List<DbfsFile> list(DbfsPath path) {
        DbfsFile at = get(path);
        if (!at.folder()) {
            return List.of(at);
        }
        try (Stream<Path> names = Files.list(resolve(path))) {
            List<DbfsFile> files = new ArrayList<>();
            for (Path local : names.sorted().toList()) {
                // A file that vanishes meanwhile, or a link that leads outside, is not listed.
                listed(path.child(local.getFileName().toString())).ifPresent(files::add);
            }
            return files;
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not list " + path, e);
        }
    }

    private Optional<DbfsFile> listed(DbfsPath path) {
        try {
            return find(path);
        } catch (PlatformException outside) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] read(DbfsPath path, long offset, int length) {
        try (FileChannel channel = FileChannel.open(resolve(path), StandardOpenOption.READ)) {
            long rest = Math.max(0, channel.size() - offset);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, rest));
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // The file may be cut short meanwhile; then the rest is not there.
            }
            byte[] bytes = new byte[buffer.position()];
            buffer.flip().get(bytes);
            return bytes;
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not read " + path, e);
        }
    }

    @Override
    public void mkdirs(DbfsPath path) {
        try {
            Files.createDirectories(resolve(path));
        } catch (FileAlreadyExistsException e) {
            throw DbfsRefusal.exists(path);
        } catch (IOException e) {
            throw blocked(path, e);
        }
    }

    @Override
    public void place(Path finished, DbfsPath path, boolean overwrite, String mark) {
        synchronized (placing) {
            requireFree(path, overwrite);
            Path target = resolve(path);
            try {
                Files.createDirectories(resolve(path.parent()));
                Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw blocked(path, e);
            }
        }
    }

    @Override
    public void move(DbfsPath from, DbfsPath to) {
        get(from);
        DbfsFiles.requireMovable(from, to);
        requireTarget(to);
        try {
            Files.move(resolve(from), resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not move " + from + " to " + to, e);
        }
    }

    /** Links are removed, never followed. */
    @Override
    public void delete(DbfsPath path, boolean recursive) {
        if (path.root()) {
            throw DbfsRefusal.ofRoot("delete");
        }
        Path local = resolve(path);
        try {
            if (recursive) {
                Removal.of(local);
            } else {
                Files.deleteIfExists(local);
            }
        } catch (DirectoryNotEmptyException e) {
            throw DbfsRefusal.notEmpty(path);
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not delete " + path, e);
        }
    }

    /** A file stands where a folder is needed, or the disk refused. */
    private PlatformException blocked(DbfsPath path, IOException e) {
        for (DbfsPath above = path.parent(); !above.root(); above = above.parent()) {
            if (find(above).filter(file -> !file.folder()).isPresent()) {
                return DbfsRefusal.exists(above);
            }
        }
        return DbfsRefusal.failed("Could not write " + path, e);
    }
}
