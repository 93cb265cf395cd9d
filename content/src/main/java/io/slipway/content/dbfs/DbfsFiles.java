package io.slipway.content.dbfs;

import io.slipway.content.disk.Removal;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files and folders below the root; every method names its failures as the DBFS API 2.0 does. */
final class DbfsFiles {
    private final Root root;

    DbfsFiles(Root root) {
        this.root = root;
    }

    Optional<DbfsFile> find(DbfsPath path) {
        if (root.mounted(path)) {
            return Optional.of(mount(path.toString()));
        }
        Path local = root.resolve(path);
        try {
            return Optional.of(describe(path, Files.readAttributes(local, BasicFileAttributes.class)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    DbfsFile get(DbfsPath path) {
        return find(path).orElseThrow(() -> missing(path));
    }

    /** One level of a folder, ordered by path; of a file the file itself. */
    List<DbfsFile> list(DbfsPath path) {
        DbfsFile at = get(path);
        if (!at.folder()) {
            return List.of(at);
        }
        try (Stream<Path> names = Files.list(root.resolve(path))) {
            List<DbfsFile> files = new ArrayList<>();
            for (Path local : names.sorted().toList()) {
                // A file that vanishes meanwhile, or a link that leads outside, is not listed.
                listed(path.child(local.getFileName().toString())).ifPresent(files::add);
            }
            return withMounts(path, files);
        } catch (IOException e) {
            throw failed("Could not list " + path, e);
        }
    }

    private List<DbfsFile> withMounts(DbfsPath folder, List<DbfsFile> files) {
        List<String> mounts = root.mountsIn(folder);
        if (mounts.isEmpty()) {
            return files;
        }
        Map<String, DbfsFile> all = new TreeMap<>();
        files.forEach(file -> all.put(file.path(), file));
        mounts.forEach(point -> all.put(point, mount(point)));
        return List.copyOf(all.values());
    }

    private static DbfsFile mount(String point) {
        return new DbfsFile(point, true, 0, 0);
    }

    private Optional<DbfsFile> listed(DbfsPath path) {
        try {
            return find(path);
        } catch (PlatformException outside) {
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

    void mkdirs(DbfsPath path) {
        try {
            Files.createDirectories(root.resolve(path));
        } catch (FileAlreadyExistsException e) {
            throw exists(path);
        } catch (IOException e) {
            throw blocked(path, e);
        }
    }

    /** Refuses a target that {@link #place} would refuse, before any byte is sent. */
    void requireFree(DbfsPath path, boolean overwrite) {
        Optional<DbfsFile> present = path.root() ? Optional.of(get(path)) : find(path);
        if (present.isPresent() && (!overwrite || present.get().folder())) {
            throw exists(path);
        }
    }

    /** Moves a finished file to its place in one step, its folders made as needed. */
    void place(Path finished, DbfsPath path, boolean overwrite) {
        requireFree(path, overwrite);
        Path target = root.resolve(path);
        try {
            Files.createDirectories(root.resolve(path.parent()));
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw blocked(path, e);
        }
    }

    void move(DbfsPath from, DbfsPath to) {
        get(from);
        if (to.within(from) && !to.equals(from)) {
            throw PlatformException.invalid("Cannot move " + from + " into itself.");
        }
        if (from.root()) {
            throw PlatformException.invalid("Cannot move the root.");
        }
        root.requireNoMounts(from);
        if (find(to).isPresent()) {
            throw exists(to);
        }
        if (find(to.parent()).filter(DbfsFile::folder).isEmpty()) {
            throw missing(to.parent());
        }
        Path target = root.resolve(to);
        try {
            Files.move(root.resolve(from), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed("Could not move " + from + " to " + to, e);
        }
    }

    /** What is not there is deleted already. Links are removed, never followed. */
    void delete(DbfsPath path, boolean recursive) {
        if (path.root()) {
            throw PlatformException.invalid("Cannot delete the root.");
        }
        Path local = root.resolve(path);
        root.requireNoMounts(path);
        try {
            if (recursive) {
                Removal.of(local);
            } else {
                Files.deleteIfExists(local);
            }
        } catch (DirectoryNotEmptyException e) {
            throw new PlatformException(
                    ErrorCode.NOT_EMPTY,
                    "Directory is not empty: " + path + ". Use recursive to delete it with all that it holds.",
                    Map.of("reason", "IO_ERROR"));
        } catch (IOException e) {
            throw failed("Could not delete " + path, e);
        }
    }

    Path local(DbfsPath path) {
        return root.resolve(path);
    }

    private static PlatformException missing(DbfsPath path) {
        return new PlatformException(ErrorCode.NOT_FOUND, "No file or directory exists on path " + path + ".");
    }

    private static PlatformException exists(DbfsPath path) {
        return new PlatformException(
                ErrorCode.ALREADY_EXISTS, "A file or directory already exists at the input path " + path + ".");
    }

    /** A file stands where a folder is needed, or the disk refused. */
    private PlatformException blocked(DbfsPath path, IOException e) {
        for (DbfsPath above = path.parent(); !above.root(); above = above.parent()) {
            if (find(above).filter(file -> !file.folder()).isPresent()) {
                return exists(above);
            }
        }
        return failed("Could not write " + path, e);
    }

    static PlatformException failed(String what, IOException e) {
        return new PlatformException(ErrorCode.INTERNAL, what + ": the file system refused.", e);
    }
}
