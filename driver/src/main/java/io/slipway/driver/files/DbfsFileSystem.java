package io.slipway.driver.files;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** {@code dbfs:/} on a local directory. No path, however written, leads out of that directory. */
public final class DbfsFileSystem extends FileSystem {
    /** Configuration key of the local directory. */
    public static final String ROOT = "fs.dbfs.root";

    private static final URI SCHEME = URI.create("dbfs:///");

    /** Files of the workspace are found on DBFS too, as on Databricks, where this node has them. */
    private static final java.nio.file.Path WORKSPACE = java.nio.file.Path.of("/Workspace");

    private final RawLocalFileSystem local = new RawLocalFileSystem();
    private java.nio.file.Path root = java.nio.file.Path.of("dbfs");
    private Path workingDirectory = new Path(SCHEME);

    @Override
    public String getScheme() {
        return "dbfs";
    }

    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
        super.initialize(name, conf);
        setConf(conf);
        String directory = conf.get(ROOT);
        if (directory == null) {
            throw new IOException(ROOT + " is not set");
        }
        root = java.nio.file.Path.of(directory).toAbsolutePath().normalize();
        local.initialize(URI.create("file:///"), conf);
    }

    @Override
    public URI getUri() {
        return SCHEME;
    }

    /** {@code dbfs://host/path} is the same place as {@code dbfs:/path}. */
    @Override
    protected void checkPath(Path path) {
        String scheme = path.toUri().getScheme();
        if (scheme != null && !scheme.equals("dbfs")) {
            throw new IllegalArgumentException("not a dbfs path: " + path);
        }
    }

    /** The file behind a path. */
    public File file(Path path) throws IOException {
        checkPath(path);
        String text = absolute(path).toUri().getPath();
        java.nio.file.Path file = root.resolve(text.replaceFirst("^/+", "")).normalize();
        java.nio.file.Path ofWorkspace = WORKSPACE.getRoot().resolve(root.relativize(file));
        if (ofWorkspace.startsWith(WORKSPACE) && java.nio.file.Files.isDirectory(WORKSPACE)) {
            return ofWorkspace.toFile();
        }
        if (!file.startsWith(root)) {
            throw new FileNotFoundException(path + " leads out of dbfs:/");
        }
        return file.toFile();
    }

    private Path absolute(Path path) {
        return path.isAbsolute() ? path : new Path(workingDirectory, path);
    }

    private Path inside(Path path) throws IOException {
        return new Path(file(path).toURI());
    }

    /** A plain status: that of a local file reads its owner by its path, and fails when it has another one. */
    private FileStatus outside(FileStatus status) {
        java.nio.file.Path file = java.nio.file.Path.of(status.getPath().toUri().getPath());
        String path = file.startsWith(root) ? "/" + root.relativize(file) : file.toString();
        return new FileStatus(
                status.getLen(),
                status.isDirectory(),
                status.getReplication(),
                status.getBlockSize(),
                status.getModificationTime(),
                new Path("dbfs", null, path));
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Where a file is missing, the error names it as its reader did, not where it would be on this machine. */
    private <T> T there(Path path, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (FileNotFoundException e) {
            File file = file(path);
            if (file.exists()) {
                throw e;
            }
            var missing = new FileNotFoundException("No such file or directory: " + makeQualified(path));
            missing.initCause(e);
            throw missing;
        }
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return there(path, () -> local.open(inside(path), bufferSize));
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return local.create(inside(path), overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) throws IOException {
        return local.append(inside(path), bufferSize, progress);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return local.rename(inside(from), inside(to));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return local.delete(inside(path), recursive);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        FileStatus[] found = there(path, () -> local.listStatus(inside(path)));
        return Arrays.stream(found).map(this::outside).toArray(FileStatus[]::new);
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) throws IOException {
        return local.mkdirs(inside(path));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return outside(there(path, () -> local.getFileStatus(inside(path))));
    }

    @Override
    public void setTimes(Path path, long modified, long accessed) throws IOException {
        local.setTimes(inside(path), modified, accessed);
    }

    @Override
    public void setWorkingDirectory(Path path) {
        workingDirectory = absolute(path);
    }

    @Override
    public Path getWorkingDirectory() {
        return workingDirectory;
    }
}
