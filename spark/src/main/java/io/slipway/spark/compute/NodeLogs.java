package io.slipway.spark.compute;

import java.util.List;

/** Where a provider of nodes keeps what their processes write, while they run and afterwards. */
public interface NodeLogs {
    /**
     * @param path below the node's folder, for instance {@code driver/stderr}
     * @param modifiedAt epoch milliseconds
     */
    record File(String nodeId, String path, long size, long modifiedAt) {}

    /**
     * @param offset of the first byte of {@code text}
     * @param next where to go on; a character is never cut in two
     * @param size of the whole file at this moment
     */
    record Chunk(String text, long offset, long next, long size) {}

    /** Of the nodes that are there, and of those that the cluster had before. */
    List<File> list(String clusterId, List<String> liveNodes);

    /** At most {@code most} bytes from {@code offset}; empty beyond the end. */
    Chunk read(String clusterId, File file, long offset, int most);

    /** Clusters whose nodes have left nothing more since this time, and what else logs are kept by. */
    List<String> quietSince(long before);

    /** Removes what nodes of this cluster have left. */
    void forget(String clusterId);
}
