package io.slipway.driver.dbutils;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** {@code dbutils.fs}: a path without a scheme is on {@code dbfs:/}. */
public final class FileTools extends Part {
    private final Configuration hadoop;
    private final Mounts mounts;

    public FileTools(Configuration hadoop) {
        super("fs");
        this.hadoop = hadoop;
        this.mounts = new Mounts(hadoop);
    }

    /** As Scala has it. */
    public scala.collection.immutable.Seq<FileInfo> ls(String path) throws IOException {
        return CollectionConverters.asScala(list(path)).toList();
    }

    public List<FileInfo> list(String path) throws IOException {
        Path dir = path(path);
        return Arrays.stream(system(dir).listStatus(dir))
                .map(FileInfo::of)
                .sorted(java.util.Comparator.comparing(FileInfo::name))
                .toList();
    }

    public boolean mkdirs(String path) throws IOException {
        Path dir = path(path);
        return system(dir).mkdirs(dir);
    }

    public boolean put(String path, String contents, boolean overwrite) throws IOException {
        Path file = path(path);
        if (!overwrite && system(file).exists(file)) {
            throw new FileAlreadyExistsException(path + " exists");
        }
        try (var out = system(file).create(file, true)) {
            out.write(contents.getBytes(StandardCharsets.UTF_8));
        }
        return true;
    }

    public boolean put(String path, String contents) throws IOException {
        return put(path, contents, false);
    }

    /** The character that is cut by the limit is left out. */
    public String head(String path, int maxBytes) throws IOException {
        Path file = path(path);
        try (var in = system(file).open(file)) {
            var bytes = ByteBuffer.wrap(in.readNBytes(maxBytes));
            var text = CharBuffer.allocate(bytes.remaining());
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .decode(bytes, text, false);
            return text.flip().toString();
        }
    }

    public String head(String path) throws IOException {
        return head(path, 65_536);
    }

    public boolean cp(String from, String to, boolean recurse) throws IOException {
        return copy(from, to, recurse, false);
    }

    public boolean cp(String from, String to) throws IOException {
        return cp(from, to, false);
    }

    public boolean mv(String from, String to, boolean recurse) throws IOException {
        return copy(from, to, recurse, true);
    }

    public boolean mv(String from, String to) throws IOException {
        return mv(from, to, false);
    }

    private boolean copy(String from, String to, boolean recurse, boolean move) throws IOException {
        Path source = path(from);
        Path target = path(to);
        if (system(source).getFileStatus(source).isDirectory() && !recurse) {
            throw new IOException(from + " is a directory: pass recurse=True");
        }
        return FileUtil.copy(system(source), source, system(target), target, move, true, hadoop);
    }

    public boolean rm(String path, boolean recurse) throws IOException {
        Path target = path(path);
        try {
            if (!recurse
                    && system(target).getFileStatus(target).isDirectory()
                    && system(target).listStatus(target).length > 0) {
                throw new IOException(path + " is a directory that is not empty: pass recurse=True");
            }
        } catch (FileNotFoundException gone) {
            return false;
        }
        return system(target).delete(target, recurse);
    }

    public boolean rm(String path) throws IOException {
        return rm(path, false);
    }

    /** As Scala has it. */
    public scala.collection.immutable.Seq<MountInfo> mounts() {
        return CollectionConverters.asScala(mountList()).toList();
    }

    public List<MountInfo> mountList() {
        return mounts.list();
    }

    /** Every node sees the same mounts at any time. */
    public boolean refreshMounts() {
        return true;
    }

    public boolean mount(String source, String mountPoint) throws IOException {
        return mount(source, mountPoint, "");
    }

    public boolean mount(String source, String mountPoint, String encryptionType) throws IOException {
        return mounts.mount(source, mountPoint, encryptionType, Set.of());
    }

    public boolean mount(
            String source,
            String mountPoint,
            String encryptionType,
            @Nullable String owner,
            scala.collection.Map<String, String> extraConfigs)
            throws IOException {
        Set<String> settings =
                new TreeSet<>(CollectionConverters.asJava(extraConfigs).keySet());
        if (owner != null && !owner.isEmpty()) {
            settings.add("owner");
        }
        return mounts.mount(source, mountPoint, encryptionType, settings);
    }

    /** @param settings names of the settings that were given with it */
    public boolean mount(String source, String mountPoint, String encryptionType, Collection<String> settings)
            throws IOException {
        return mounts.mount(source, mountPoint, encryptionType, settings);
    }

    public boolean updateMount(String source, String mountPoint) throws IOException {
        return mounts.update(source, mountPoint, "", Set.of());
    }

    /** @param settings names of the settings that were given with it */
    public boolean updateMount(String source, String mountPoint, String encryptionType, Collection<String> settings)
            throws IOException {
        return mounts.update(source, mountPoint, encryptionType, settings);
    }

    public boolean unmount(String mountPoint) throws IOException {
        return mounts.unmount(mountPoint);
    }

    private FileSystem system(Path path) throws IOException {
        return path.getFileSystem(hadoop);
    }

    private static Path path(String text) {
        if (text.startsWith("/dbfs/")) {
            return new Path("dbfs:" + text.substring("/dbfs".length()));
        }
        return new Path(text.startsWith("/") ? "dbfs:" + text : text);
    }
}
