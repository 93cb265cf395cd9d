package io.slipway.driver.dbutils;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import scala.jdk.javaapi.CollectionConverters;

/** {@code dbutils.fs}: a path without a scheme is on {@code dbfs:/}. */
@SuppressWarnings("DoNotCallSuggester") // Notebooks call what is refused by name; there is no compile time.
public final class FileTools extends Part {
    private final Configuration hadoop;

    public FileTools(Configuration hadoop) {
        super("fs");
        this.hadoop = hadoop;
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
        return List.of(new MountInfo("/", "DatabricksRoot", ""));
    }

    /** Nothing can be mounted, so every node sees the same at any time. */
    public boolean refreshMounts() {
        return true;
    }

    public boolean mount(String source, String mountPoint) {
        throw new UnsupportedOperationException("dbutils.fs.mount is not available: " + source
                + " cannot be mounted at " + mountPoint
                + ". Read it by its own address, or copy it to dbfs:/ with the DBFS API or dbutils.fs.cp.");
    }

    public boolean updateMount(String source, String mountPoint) {
        throw new UnsupportedOperationException(
                "dbutils.fs.updateMount is not available: nothing is mounted at " + mountPoint + " from " + source);
    }

    public boolean unmount(String mountPoint) {
        throw new UnsupportedOperationException(
                "dbutils.fs.unmount is not available: nothing is mounted at " + mountPoint);
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
