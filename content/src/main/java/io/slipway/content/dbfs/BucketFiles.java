package io.slipway.content.dbfs;

import io.slipway.kit.PlatformException;
import io.slipway.object.folder.BucketFile;
import io.slipway.object.folder.BucketFolder;
import io.slipway.object.folder.BucketLevel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files below a prefix of a bucket, which has keys and no folders. A folder is there if anything is below it. So that it stays when
 * nothing is, an empty object has its name with a slash, as S3A of Hadoop makes them and understands them; it has no time.
 *
 * <p>Nothing here but {@link #place} is one step. A folder is moved by copying all that is in it, and deleting then what was copied: cut
 * off in between, both folders have files, none is lost, and the same move goes on where it was. A file whose move was cut off is at
 * both places. What somebody changes at the old place meanwhile may be lost with it.
 */
final class BucketFiles implements DbfsFiles {
    /** At the folder to which a folder is being moved: from where. */
    private static final String MOVING = "slipway-moving-from";

    private final BucketFolder bucket;

    BucketFiles(BucketFolder bucket) {
        this.bucket = bucket;
    }

    /** Clusters see the root as a folder too, also while nothing is in it. */
    void open() {
        if (bucket.find("").isEmpty()) {
            bucket.put("", new byte[0], Map.of());
        }
    }

    private static String key(DbfsPath path) {
        return String.join("/", path.steps());
    }

    /** What begins the keys of all that is below. */
    private static String below(DbfsPath path) {
        return path.root() ? "" : key(path) + "/";
    }

    private static DbfsFile folder(String path) {
        return new DbfsFile(path, true, 0, 0);
    }

    private static DbfsFile describe(String path, BucketFile file) {
        return new DbfsFile(path, false, file.size(), file.modifiedAt());
    }

    private Optional<BucketFile> file(DbfsPath path) {
        return path.root() ? Optional.empty() : bucket.find(key(path));
    }

    @Override
    public Optional<DbfsFile> find(DbfsPath path) {
        if (path.root()) {
            return Optional.of(folder("/"));
        }
        return file(path)
                .map(file -> describe(path.toString(), file))
                .or(() -> bucket.any(below(path)) ? Optional.of(folder(path.toString())) : Optional.empty());
    }

    @Override
    public List<DbfsFile> list(DbfsPath path) {
        Optional<BucketFile> file = file(path);
        if (file.isPresent()) {
            return List.of(describe(path.toString(), file.get()));
        }
        BucketLevel level = bucket.level(below(path));
        if (!path.root() && level.files().isEmpty() && level.folders().isEmpty()) {
            throw DbfsRefusal.missing(path);
        }
        // Of a file and a folder of one name, which others may have made, the file is seen, as Spark sees it.
        Map<String, DbfsFile> found = new TreeMap<>();
        for (String each : level.folders()) {
            at("/" + each).ifPresent(child -> found.put(child, folder(child)));
        }
        for (BucketFile each : level.files()) {
            if (!each.name().equals(below(path))) {
                at("/" + each.name()).ifPresent(child -> found.put(child, describe(child, each)));
            }
        }
        return new ArrayList<>(found.values());
    }

    /** Other clients of S3 may have made keys that are no path. */
    private static Optional<String> at(String key) {
        try {
            String path = DbfsPath.of("dbfs:" + key).toString();
            return path.equals(key) || (path + "/").equals(key) ? Optional.of(path) : Optional.empty();
        } catch (PlatformException noPath) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] read(DbfsPath path, long offset, int length) {
        return bucket.read(key(path), offset, length);
    }

    @Override
    public void mkdirs(DbfsPath path) {
        requireNoFile(path);
        keep(path);
    }

    /** A file stands where a folder is needed. */
    private void requireNoFile(DbfsPath path) {
        for (DbfsPath above = path; !above.root(); above = above.parent()) {
            if (file(above).isPresent()) {
                throw DbfsRefusal.exists(above);
            }
        }
    }

    /** Makes that a folder stays also when nothing is in it. */
    private void keep(DbfsPath folder) {
        if (!folder.root() && bucket.find(below(folder)).isEmpty()) {
            bucket.put(below(folder), new byte[0], Map.of());
        }
    }

    @Override
    public void place(Path finished, DbfsPath path, boolean overwrite, String mark) {
        requireNoFile(path.parent());
        if (path.root() || find(path).filter(DbfsFile::folder).isPresent()) {
            throw DbfsRefusal.exists(path);
        }
        if (overwrite) {
            bucket.put(key(path), finished);
        } else if (!bucket.putIfAbsent(key(path), finished, mark)) {
            throw DbfsRefusal.exists(path);
        }
    }

    @Override
    public void move(DbfsPath from, DbfsPath to) {
        DbfsFile source = get(from);
        DbfsFiles.requireMovable(from, to);
        if (source.folder() && goesOn(from, to)) {
            moveAll(from, to);
            return;
        }
        requireTarget(to);
        keep(from.parent());
        if (source.folder()) {
            bucket.put(below(to), new byte[0], Map.of(MOVING, hex(from)));
            moveAll(from, to);
        } else {
            bucket.copy(key(from), key(to));
            bucket.delete(List.of(key(from)));
        }
    }

    /** Whether this very move was begun and cut off. */
    private boolean goesOn(DbfsPath from, DbfsPath to) {
        return bucket.find(below(to))
                .filter(folder -> hex(from).equals(folder.marks().get(MOVING)))
                .isPresent();
    }

    private void moveAll(DbfsPath from, DbfsPath to) {
        List<String> names =
                bucket.all(below(from)).stream().map(BucketFile::name).toList();
        for (String each : names) {
            String rest = each.substring(below(from).length());
            if (!rest.isEmpty()) {
                bucket.copy(each, below(to) + rest);
            }
        }
        bucket.delete(names);
        bucket.put(below(to), new byte[0], Map.of());
    }

    /** Values of marks are plain letters only. */
    private static String hex(DbfsPath path) {
        return HexFormat.of().formatHex(path.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void delete(DbfsPath path, boolean recursive) {
        if (path.root()) {
            throw DbfsRefusal.ofRoot("delete");
        }
        Optional<DbfsFile> found = find(path);
        if (found.isEmpty()) {
            return;
        }
        if (found.get().folder() && !recursive && !list(path).isEmpty()) {
            throw DbfsRefusal.notEmpty(path);
        }
        keep(path.parent());
        if (recursive) {
            bucket.delete(List.of(key(path)));
            bucket.deleteAll(below(path));
        } else {
            bucket.delete(List.of(found.get().folder() ? below(path) : key(path)));
        }
    }
}
