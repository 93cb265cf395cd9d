package io.slipway.driver.dbutils;

import io.slipway.driver.files.DbfsFileSystem;
import io.slipway.protocol.driver.MountTable;
import io.slipway.protocol.driver.MountTable.Mount;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What notebooks mount in DBFS: buckets of S3, that everybody in the workspace sees with the rights of their own cluster. */
final class Mounts {
    private static final Set<String> SCHEMES = Set.of("s3", "s3a", "s3n");

    private final Configuration hadoop;

    Mounts(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    private MountTable table() {
        return MountTable.of(java.nio.file.Path.of(hadoop.get(DbfsFileSystem.ROOT)));
    }

    List<MountInfo> list() {
        return Stream.concat(
                        Stream.of(new MountInfo("/", "DatabricksRoot", "")),
                        table().list().stream().map(mount -> new MountInfo(mount.point(), mount.source(), "")))
                .toList();
    }

    boolean mount(String source, String mountPoint, String encryptionType, Collection<String> settings)
            throws IOException {
        String point = point(mountPoint);
        requirePlain(source, encryptionType, settings);
        for (Mount other : table().list()) {
            if (other.point().equals(point)) {
                throw new IllegalArgumentException("Directory already mounted: " + point);
            }
            if (point.startsWith(other.point() + "/") || other.point().startsWith(point + "/")) {
                throw new IllegalArgumentException(
                        "Cannot mount " + source + " at " + point + ": " + other.point() + " is a mount already");
            }
        }
        requireReadable(source);
        takePlace(point);
        table().add(new Mount(point, source));
        return true;
    }

    boolean update(String source, String mountPoint, String encryptionType, Collection<String> settings)
            throws IOException {
        requirePlain(source, encryptionType, settings);
        requireReadable(source);
        table().replace(new Mount(point(mountPoint), source));
        return true;
    }

    boolean unmount(String mountPoint) throws IOException {
        table().remove(point(mountPoint));
        return true;
    }

    private static String point(String written) {
        String point = new Path(written.startsWith("/dbfs/") ? written.substring("/dbfs".length()) : written)
                .toUri()
                .getPath();
        if (!point.startsWith("/")
                || point.equals("/")
                || point.chars().anyMatch(Character::isISOControl)
                || Stream.of(point.split("/")).anyMatch(Set.of(".", "..")::contains)) {
            throw new IllegalArgumentException("Not a mount point: " + written + "; take a path like /mnt/name");
        }
        return point;
    }

    /** Keys may be in the source, also written so that they are no part of an address: what stands before its last @ is not told. */
    private static void requirePlain(String source, String encryptionType, Collection<String> settings) {
        String told = source.replaceFirst("(?s)//.*@", "//...@");
        if (!SCHEMES.contains(source.replaceFirst("(?s):.*", ""))) {
            throw new UnsupportedOperationException(
                    "Cannot mount " + told + ": only buckets of S3 can be mounted, as s3a://bucket/prefix");
        }
        if (!told.equals(source) || !settings.isEmpty()) {
            throw new UnsupportedOperationException("Cannot mount " + told
                    + " with keys or settings of its own: a mount is read and written with the rights of the cluster that"
                    + " does so. Give the cluster an instance profile, and mount without "
                    + (settings.isEmpty() ? "keys in the source" : String.join(", ", settings)));
        }
        if (new Path(source).toUri().getHost() == null) {
            throw new IllegalArgumentException("Cannot mount " + source + ": it names no bucket, as s3a://bucket does");
        }
        if (!encryptionType.isEmpty()) {
            throw new UnsupportedOperationException(
                    "Cannot mount " + source + " with encryption type " + encryptionType + ": leave it away");
        }
    }

    /** Whoever mounts what they cannot read is told so now, not everybody later. An empty place is as good as one with files. */
    private void requireReadable(String source) throws IOException {
        Path there = new Path(source + "/");
        FileSystem system = there.getFileSystem(hadoop);
        try {
            FileStatus[] unused = system.listStatus(there);
        } catch (FileNotFoundException empty) {
            FileStatus[] unused = system.listStatus(system.makeQualified(new Path("/")));
        }
    }

    /** Files that are there already would be hidden. */
    private void takePlace(String point) throws IOException {
        Path place = new Path("dbfs:" + point);
        FileSystem dbfs = place.getFileSystem(hadoop);
        if (dbfs.exists(place)) {
            if (dbfs.listStatus(place).length > 0 || dbfs.getFileStatus(place).isFile()) {
                throw new IllegalArgumentException("Cannot mount at " + point + ": there are files already");
            }
            dbfs.delete(place, false);
        }
        dbfs.mkdirs(place.getParent());
    }
}
