package io.slipway.server;

import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.nodes.agent.NodeRoles;
import io.slipway.object.folder.BucketFolder;
import io.slipway.spark.compute.ClusterStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** The buckets on which the platform keeps DBFS and managed tables, its own or another's, and keys of clusters for them. */
final class PlatformStorage implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PlatformStorage.class);

    private static final String PROBE = ".slipway-start";

    private static final String NO_FOLDER = """
            DBFS of this platform is on a bucket, so there is no folder /dbfs. Read and write dbfs:/ by Spark, or copy files with
            dbutils.fs.cp("dbfs:/...", "file:/tmp/...").
            """;

    private final StorageSettings settings;
    private final StorageSide side;
    private final ServerConfig config;

    PlatformStorage(ServerConfig config, StorageSide side) {
        this.settings = config.storage();
        this.side = side;
        this.config = config;
    }

    /** What is written here can be read at the start of the platform, or this throws and says what to set. */
    void prepare() {
        settings.dbfs().ifPresent(place -> {
            prepare("dbfs.storage", place);
            write(config.dbfsNote());
            tellOfFilesOnDisk(config.dbfsRoot(WorkspaceId.FIRST), place);
        });
        settings.catalog().ifPresent(place -> prepare("catalog.storage", place));
    }

    private void prepare(String setting, StorageSettings.Place place) {
        try {
            side.prepare(place.bucket());
            BucketFolder folder = folder(place);
            folder.put(PROBE, new byte[] {1}, Map.of());
            byte[] read = folder.read(PROBE, 0, 1);
            if (read.length != 1) {
                throw PlatformException.invalidState("What was written there cannot be read.");
            }
            folder.check();
            folder.delete(List.of(PROBE));
            var unused = side.keys(StoragePolicy.of(place), "start");
        } catch (PlatformException | SdkException e) {
            throw PlatformException.invalidState(setting + " is " + place + ", which cannot be used: " + e.getMessage()
                    + " Set " + setting + " and " + side.settings() + ".");
        }
    }

    private static void write(Path note) {
        try {
            Files.createDirectories(note.getParent());
            Files.writeString(note, NO_FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tellOfFilesOnDisk(Path folder, StorageSettings.Place place) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                log.warn(
                        "DBFS is at {} now: the files of {} are not seen there, copy those that are needed",
                        place,
                        folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BucketFolder folder(StorageSettings.Place place) {
        return new BucketFolder(side.s3(), place.bucket(), place.prefix());
    }

    private Optional<StorageSettings.Place> dbfsPlace(WorkspaceId workspace) {
        return settings.dbfs()
                .map(place ->
                        place.below(config.dbfsRoot(workspace).getFileName().toString()));
    }

    /** What is a workspace's DBFS; empty: that is on the disk. */
    Optional<BucketFolder> dbfs(WorkspaceId workspace) {
        return dbfsPlace(workspace).map(this::folder);
    }

    /** Below which new managed tables are; empty: that is on the disk. */
    Optional<URI> managed() {
        return settings.catalog().map(PlatformStorage::address);
    }

    private static URI address(StorageSettings.Place place) {
        return URI.create(place.toString().replaceFirst("^s3:", BucketFolder.SCHEME + ":"));
    }

    /** The folder of a location with the platform's own scheme; empty: it is in a bucket that the platform does not use now. */
    Optional<BucketFolder> folder(URI location) {
        return Stream.of(settings.dbfs(), settings.catalog())
                .flatMap(Optional::stream)
                .map(StorageSettings.Place::bucket)
                .filter(bucket -> bucket.equals(location.getHost()))
                .findFirst()
                .map(bucket -> new BucketFolder(
                        side.s3(), bucket, location.getRawPath().replaceFirst("^/+", "")));
    }

    ClusterStorage ofClusters() {
        return new ClusterStorage(
                side.endpoint(),
                side.region(),
                workspace -> dbfsPlace(workspace).map(PlatformStorage::address));
    }

    /** Keys of a node, which reach the DBFS of its workspace and managed tables. */
    NodeRoles.Keys keys(WorkspaceId workspace, String node) {
        return side.keys(
                StoragePolicy.of(Stream.of(dbfsPlace(workspace), settings.catalog())
                        .flatMap(Optional::stream)
                        .toArray(StorageSettings.Place[]::new)),
                node);
    }

    @Override
    public void close() {
        side.close();
    }
}
