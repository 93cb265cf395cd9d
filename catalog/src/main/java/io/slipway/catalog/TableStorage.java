package io.slipway.catalog;

import io.slipway.object.folder.BucketFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where files of tables are.
 *
 * @param managed below which new managed tables lie
 * @param disk folder of this machine below which they lie too, if they were made while nothing else was chosen
 * @param dbfs folder of this machine that is called {@code dbfs:/}
 * @param dbfsBucket what is called so in its place
 * @param buckets the folder of a bucket at a location, if the platform may delete there; empty: others keep it
 */
public record TableStorage(
        URI managed,
        URI disk,
        Path dbfs,
        Optional<BucketFolder> dbfsBucket,
        Function<String, Optional<BucketFolder>> buckets) {
    /** All on this machine. */
    public static TableStorage onDisk(URI managed, Path dbfs) {
        return new TableStorage(managed, managed, dbfs, Optional.empty(), location -> Optional.empty());
    }
}
