package io.slipway.spark.compute;

import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import java.util.List;
import java.util.Optional;

/** The door to what drivers and workers write. Whoever may see a cluster may read its logs. */
public final class ClusterLogs {
    /** Of one answer. */
    public static final int MOST_BYTES = 1 << 20;

    private final Clusters clusters;
    private final NodeLogs logs;

    public ClusterLogs(Clusters clusters, NodeLogs logs) {
        this.clusters = clusters;
        this.logs = logs;
    }

    /** Newest nodes first. */
    public List<NodeLogs.File> list(Caller caller, String clusterId) {
        List<String> live =
                clusters.nodes(caller, clusterId).stream().map(Node::id).toList();
        return logs.list(clusterId, live);
    }

    /**
     * @param offset where to begin; empty = the last {@code most} bytes
     * @param most at most {@link #MOST_BYTES}
     */
    public NodeLogs.Chunk read(
            Caller caller, String clusterId, String nodeId, String path, Optional<Long> offset, int most) {
        // Only what is listed can be read, so no path leads elsewhere.
        NodeLogs.File file = list(caller, clusterId).stream()
                .filter(each -> each.nodeId().equals(nodeId) && each.path().equals(path))
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound("Node " + nodeId + " has no log " + path + "."));
        int bytes = Math.max(1, Math.min(MOST_BYTES, most));
        return logs.read(clusterId, file, offset.orElse(Math.max(0, file.size() - bytes)), bytes);
    }

    /**
     * Removes logs of clusters that no row names any more, for the platform itself; those of nodes that nobody knew go likewise. Who
     * looks for the reason of something on the machine finds them until this time.
     */
    public void sweep(long before) {
        logs.quietSince(before).stream().filter(id -> !clusters.exists(id)).forEach(logs::forget);
    }
}
