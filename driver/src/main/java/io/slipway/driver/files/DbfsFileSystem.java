package io.slipway.driver.files;

import io.slipway.protocol.driver.MountTable;
import io.slipway.protocol.driver.MountTable.Mount;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * {@code dbfs:/} on a local directory, or on a bucket of the platform. No path, however written, leads out of it. What is below a mount
 * is in the file system that is mounted there, and reached with the rights of this cluster.
 */
public final class DbfsFileSystem extends FileSystem {
    /** Configuration key of the local directory; what is mounted is beside it also if the files are on a bucket. */
    public static final String ROOT = "fs.dbfs.root";

    /** Configuration key of the folder of a bucket where the files are; not set: in the local directory. */
    public static final String STORAGE = "fs.dbfs.storage";

    private static final URI SCHEME = URI.create("dbfs:///");

    /** Files of the workspace are found on DBFS too, as on Databricks, where this node has them. */
    private static final java.nio.file.Path WORKSPACE = java.nio.file.Path.of("/Workspace");

    private final RawLocalFileSystem local = new RawLocalFileSystem();
    private java.nio.file.Path root = java.nio.file.Path.of("dbfs");
    private MountTable mounts = MountTable.of(root);
    /** The bucket is what is mounted at the root. */
    private Optional<Mount> storage = Optional.empty();

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
        mounts = MountTable.of(root);
        storage = Optional.ofNullable(conf.get(STORAGE)).map(folder -> new Mount("", folder));
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

    /** Where a path really is, in which file system, and what is mounted there; nothing: it is a local file. */
    record Place(FileSystem system, Path path, Optional<Mount> mount) {}

    /** The local file behind a path that is in no mount. */
    private File file(Path path) throws IOException {
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

    Place place(Path path) throws IOException {
        File file = file(path);
        boolean within = file.toPath().startsWith(root);
        Optional<Mount> mount = mounts.over(name(file.toPath())).or(() -> storage.filter(bucket -> within));
        if (mount.isEmpty()) {
            return new Place(local, new Path(file.toURI()), mount);
        }
        String below = mount.get().below(name(file.toPath()));
        Path there = new Path(mount.get().source() + (below.isEmpty() ? "/" : below));
        return new Place(there.getFileSystem(getConf()), there, mount);
    }

    /** A local file as DBFS names it, or where it is, if that is outside. */
    private String name(java.nio.file.Path file) {
        return file.startsWith(root) ? "/" + root.relativize(file) : file.toString();
    }

    private Path absolute(Path path) {
        return path.isAbsolute() ? path : new Path(workingDirectory, path);
    }

    /** A plain status: that of a local file reads its owner by its path, and fails when it has another one. */
    private FileStatus outside(FileStatus status, Place place) {
        String there = status.getPath().toUri().getPath();
        String path = place.mount()
                .map(mount -> named(mount.point() + there.substring(length(mount))))
                .orElseGet(() -> name(java.nio.file.Path.of(there)));
        return new FileStatus(
                status.getLen(),
                status.isDirectory(),
                status.getReplication(),
                status.getBlockSize(),
                status.getModificationTime(),
                new Path("dbfs", null, path));
    }

    /** The root has no name of its own. */
    private static String named(String path) {
        return path.isEmpty() ? "/" : path;
    }

    /** How much of a path in the file system that is mounted is the source itself. */
    private static int length(Mount mount) {
        String source = new Path(mount.source() + "/").toUri().getPath();
        return source.endsWith("/") ? source.length() - 1 : source.length();
    }

    private interface Reading<T> {
        T read(Place place) throws IOException;
    }

    /** Where a file is missing, the error names it as its reader did, not where it would be on this machine. */
    private <T> T there(Path path, Reading<T> reading) throws IOException {
        Place place = place(path);
        try {
            return reading.read(place);
        } catch (FileNotFoundException e) {
            if (place.mount().isEmpty() && file(path).exists()) {
                throw e;
            }
            var missing = new FileNotFoundException("No such file or directory: " + makeQualified(path));
            missing.initCause(e);
            throw missing;
        }
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return there(path, place -> place.system().open(place.path(), bufferSize));
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
        Place place = place(path);
        return place.system().create(place.path(), overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) throws IOException {
        Place place = place(path);
        return place.system().append(place.path(), bufferSize, progress);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        requireNoMount(from);
        requireNoMount(to);
        Place source = place(from);
        Place target = place(to);
        if (!source.mount().equals(target.mount())) {
            throw new IOException("Cannot rename " + from + " to " + to + ": they are in different mounts");
        }
        return source.system().rename(source.path(), target.path());
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        requireNoMount(path);
        Place place = place(path);
        return place.system().delete(place.path(), recursive);
    }

    /** Neither a mount nor what mounts are below is moved or deleted as if it were a folder. */
    private void requireNoMount(Path path) throws IOException {
        String name = name(file(path).toPath());
        for (Mount mount : mounts.list()) {
            if (mount.point().equals(name) || mount.point().startsWith(name.equals("/") ? name : name + "/")) {
                throw new IOException(mount.source() + " is mounted at " + mount.point()
                        + ": dbutils.fs.unmount it before you move or delete " + path);
            }
        }
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        Place at = place(path);
        FileStatus[] listed = there(path, place -> place.system().listStatus(place.path()));
        Stream<FileStatus> found = Arrays.stream(listed).map(status -> outside(status, at));
        if (at.mount().filter(mount -> !mount.point().isEmpty()).isPresent()) {
            return found.toArray(FileStatus[]::new);
        }
        List<FileStatus> mounted =
                mountedIn(makeQualified(new Path(name(file(path).toPath()))));
        Set<Path> names = mounted.stream().map(FileStatus::getPath).collect(Collectors.toSet());
        return Stream.concat(found.filter(status -> !names.contains(status.getPath())), mounted.stream())
                .toArray(FileStatus[]::new);
    }

    private List<FileStatus> mountedIn(Path folder) {
        return mounts.list().stream()
                .map(mount -> new FileStatus(0, true, 1, 0, 0, new Path("dbfs", null, mount.point())))
                .filter(status -> folder.equals(status.getPath().getParent()))
                .toList();
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) throws IOException {
        Place place = place(path);
        return place.system().mkdirs(place.path());
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        Place at = place(path);
        return outside(there(path, place -> place.system().getFileStatus(place.path())), at);
    }

    @Override
    public void setTimes(Path path, long modified, long accessed) throws IOException {
        Place place = place(path);
        place.system().setTimes(place.path(), modified, accessed);
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
