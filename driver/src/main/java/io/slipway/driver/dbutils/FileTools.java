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

/** {@code dbutils.fs}: a path without a scheme is on {@code dbfs:/}. */
public final class FileTools {
    static final String HELP = """
            cp(from: String, to: String, recurse: boolean = false): boolean -> Copies a file or directory
            head(file: String, maxBytes: int = 65536): String -> Returns the first bytes of a file as text
            ls(dir: String): Seq -> Lists the contents of a directory
            mkdirs(dir: String): boolean -> Creates the directory, and its parents where they are missing
            mv(from: String, to: String, recurse: boolean = false): boolean -> Moves a file or directory
            put(file: String, contents: String, overwrite: boolean = false): boolean -> Writes text to a file
            rm(dir: String, recurse: boolean = false): boolean -> Removes a file or directory
            """;

    private final Configuration hadoop;

    public FileTools(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    public List<FileInfo> ls(String path) throws IOException {
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

    public String help() {
        return HELP;
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
