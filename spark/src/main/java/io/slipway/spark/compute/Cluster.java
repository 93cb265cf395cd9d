package io.slipway.spark.compute;

import io.slipway.identity.Caller;
import io.slipway.identity.Guarded;
import io.slipway.identity.Owned;
import io.slipway.identity.Principal;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;

/**
 * A cluster as it is stored. Times are epoch milliseconds, 0 = not yet.
 *
 * @param source who made it: UI, API or JOB
 * @param launch counts its starts; processes and tokens of an older launch are not this cluster's any more
 * @param targetWorkers how many workers it shall have right now
 * @param plan how this launch runs; empty before the first
 * @param ownerRun the task run that it was made for
 */
public record Cluster(
        String id,
        WorkspaceId workspace,
        ClusterSpec spec,
        Principal creator,
        String source,
        ClusterState state,
        String stateMessage,
        int launch,
        int targetWorkers,
        Optional<LaunchDecision> plan,
        Optional<TerminationReason> termination,
        Optional<Long> ownerRun,
        boolean pinned,
        long createdAt,
        long startedAt,
        long restartedAt,
        long terminatedAt) {
    /** One that {@code caller} has just asked for. */
    static Cluster asked(Caller caller, String id, ClusterSpec spec, String source, Optional<Long> ownerRun, long now) {
        return new Cluster(
                id,
                caller.workspace(),
                spec,
                caller.principal(),
                source,
                ClusterState.PENDING,
                "Starting Spark",
                1,
                spec.size().initialWorkers(),
                Optional.empty(),
                Optional.empty(),
                ownerRun,
                false,
                now,
                now,
                0,
                0);
    }

    Ref ref() {
        return ClusterFact.ref(workspace, id);
    }

    /** For permissions. */
    /** For what nobody can be given: the cluster of a task is its run's. */
    public Owned owned() {
        return new Owned(ref(), creator.id(), "Cluster " + id);
    }

    public Guarded guarded() {
        return Guarded.alone(ref(), "Cluster " + id);
    }

    /**
     * What was decided when a launch began.
     *
     * @param runtimeLine id of the runtime line
     * @param runtimeDirectory where it is installed
     * @param masterPort of Spark's master on the driver node; 0 in local mode
     * @param singleNode local mode
     */
    public record LaunchDecision(
            String runtimeLine, String runtimeDirectory, int masterPort, boolean singleNode, String driverNodeId) {}
}
