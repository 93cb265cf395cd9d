package io.slipway.spark.compute;

import io.slipway.kit.WorkspaceId;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the platform keeps on a bucket, as clusters are told. Keys for it are asked for by each node.
 *
 * @param endpoint of the S3 that has the bucket
 * @param dbfs the folder that is a workspace's DBFS; empty: that is a folder of this machine
 */
public record ClusterStorage(String endpoint, String region, Function<WorkspaceId, Optional<URI>> dbfs) {}
