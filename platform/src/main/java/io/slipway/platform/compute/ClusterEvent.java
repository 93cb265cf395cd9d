package io.slipway.platform.compute;

import java.util.List;
import java.util.Optional;

/** What happens to a cluster, in the words of Clusters API 2.1, events. Each is stored under {@code cluster.<type>}. */
public sealed interface ClusterEvent {
    /** Somebody asked for it. */
    record Creating(ClusterSpec spec, String user) implements ClusterEvent {}

    /**
     * A launch begins.
     *
     * @param notes what the user should know: another runtime than asked, a size scaled to the machine
     */
    record Starting(String user, List<String> notes) implements ClusterEvent {}

    record Running(int workers) implements ClusterEvent {}

    record DriverHealthy() implements ClusterEvent {}

    /** {@code cause} is USER_REQUEST, AUTOSCALE or AUTORECOVERY. */
    record Resizing(int currentWorkers, int targetWorkers, String cause, String user) implements ClusterEvent {}

    record UpsizeCompleted(int workers) implements ClusterEvent {}

    record NodesLost(List<String> nodeIds, String message) implements ClusterEvent {}

    record Edited(ClusterSpec spec, ClusterSpec previous, String user) implements ClusterEvent {}

    record Restarting(String user) implements ClusterEvent {}

    record Terminating(TerminationReason reason, Optional<String> user) implements ClusterEvent {}

    record SparkException(String message) implements ClusterEvent {}

    record Pinned(String user) implements ClusterEvent {}

    record Unpinned(String user) implements ClusterEvent {}

    /** The type's name on the wire, for instance {@code UPSIZE_COMPLETED}. */
    default String type() {
        return ClusterEvents.kind(getClass()).substring("cluster.".length());
    }
}
