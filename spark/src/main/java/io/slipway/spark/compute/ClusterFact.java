package io.slipway.spark.compute;

import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Fact;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happens to a cluster, most of it in the words of Clusters API 2.1, events. */
public sealed interface ClusterFact extends Fact {
    static Ref ref(WorkspaceId workspace, String clusterId) {
        return Ref.of(Kind.CLUSTER, workspace, clusterId);
    }

    /** Somebody asked for it. */
    record Creating(Ref subject, ClusterSpec spec, String user) implements ClusterFact {}

    /**
     * A launch begins.
     *
     * @param notes what the user should know: another runtime than asked, a size scaled to the machine
     */
    record Starting(Ref subject, String user, List<String> notes) implements ClusterFact {}

    record Running(Ref subject, int workers) implements ClusterFact {}

    record DriverHealthy(Ref subject) implements ClusterFact {}

    /** {@code cause} is USER_REQUEST, AUTOSCALE or AUTORECOVERY. */
    record Resizing(Ref subject, int currentWorkers, int targetWorkers, String cause, String user)
            implements ClusterFact {}

    record UpsizeCompleted(Ref subject, int workers) implements ClusterFact {}

    record NodesLost(Ref subject, List<String> nodeIds, String message) implements ClusterFact {}

    record Edited(Ref subject, ClusterSpec spec, ClusterSpec previous, String user) implements ClusterFact {}

    record Restarting(Ref subject, String user) implements ClusterFact {}

    record Terminating(Ref subject, TerminationReason reason, Optional<String> user) implements ClusterFact {}

    record SparkException(Ref subject, String message) implements ClusterFact {}

    record Pinned(Ref subject, String user) implements ClusterFact {}

    record Unpinned(Ref subject, String user) implements ClusterFact {}

    /** It has come to rest; the API has no event for that. */
    record Ended(Ref subject) implements ClusterFact {}

    /** What shall run on its nodes may be something else than before. */
    record Replanned(Ref subject) implements ClusterFact {
        @Override
        public boolean kept() {
            return false;
        }
    }

    /** The type's name on the wire, for instance {@code UPSIZE_COMPLETED}. */
    default String type() {
        return Fact.word(getClass()).toUpperCase(Locale.ROOT);
    }
}
