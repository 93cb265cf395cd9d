package io.slipway.protocol.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is mounted in DBFS: a folder beside its root, with a file for each mount. Its name is the mount point, encoded as in addresses,
 * its text the source. Drivers, executors and the server of one workspace share it as they share the root, so that all see the same.
 */
public final class MountTable {
    private static final int LONGEST_NAME = 255;
    private static final String UNFINISHED = ".new-";

    private final Path folder;

    /**
     * @param point absolute path in DBFS, without a scheme and without a slash at its end
     * @param source what is seen there, as it was given: {@code s3a://bucket/prefix}
     */
    public record Mount(String point, String source) {
        /** What a path at or below the mount point is called below the source: empty, or with a slash at its beginning. */
        public String below(String path) {
            return path.substring(point.length());
        }
    }

    private MountTable(Path folder) {
        this.folder = folder;
    }

    /** @param root the folder behind DBFS */
    public static MountTable of(Path root) {
        return new MountTable(root.resolveSibling(root.getFileName() + "-mounts"));
    }

    /** All mounts, ordered by their points. */
    public List<Mount> list() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(UNFINISHED))
                    .sorted()
                    .flatMap(name -> at(URLDecoder.decode(name, StandardCharsets.UTF_8)).stream())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the mounts of DBFS", e);
        }
    }

    /** The mount that a path is at or below. */
    public Optional<Mount> over(String path) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        for (int end = path.indexOf('/', 1); ; end = path.indexOf('/', end + 1)) {
            Optional<Mount> found = at(end < 0 ? path : path.substring(0, end));
            if (found.isPresent() || end < 0) {
                return found;
            }
        }
    }

    private Optional<Mount> at(String point) {
        String name = name(point);
        try {
            return name.length() > LONGEST_NAME
                    ? Optional.empty()
                    : Optional.of(new Mount(point, Files.readString(folder.resolve(name))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the mount at " + point, e);
        }
    }

    /** Of two that add the same point at once, one is refused. */
    public void add(Mount mount) throws IOException {
        Files.createDirectories(folder);
        Path written = write(mount);
        try {
            Files.createLink(file(mount.point()), written);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException("Directory already mounted: " + mount.point(), e);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    public void replace(Mount mount) throws IOException {
        require(mount.point());
        Files.move(write(mount), file(mount.point()), StandardCopyOption.ATOMIC_MOVE);
    }

    public void remove(String point) throws IOException {
        require(point);
        Files.deleteIfExists(file(point));
    }

    private void require(String point) {
        if (at(point).isEmpty()) {
            throw new IllegalArgumentException("Directory not mounted: " + point);
        }
    }

    private Path write(Mount mount) throws IOException {
        Path written = Files.createTempFile(folder, UNFINISHED, "");
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(mount.source().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        return written;
    }

    private Path file(String point) {
        String name = name(point);
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("The mount point is too long: " + point);
        }
        return folder.resolve(name);
    }

    private static String name(String point) {
        return URLEncoder.encode(point, StandardCharsets.UTF_8);
    }
}
