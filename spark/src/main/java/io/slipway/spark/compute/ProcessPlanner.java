package io.slipway.spark.compute;

import java.util.List;
import java.util.Optional;

/** Says which process a node shall run for its cluster; computed from rows at every call, so that it can never drift from them. */
@FunctionalInterface
public interface ProcessPlanner {
    /** Empty while something that the process needs is not known yet, for instance the driver's address. */
    Optional<WantedProcess> plan(Cluster cluster, Node node, List<Node> nodesOfCluster);

    /** Why nothing can be planned for the cluster as it is written; asked before it gets machines. */
    default Optional<TerminationReason> refusal(Cluster cluster) {
        return Optional.empty();
    }
}
