package io.slipway.spark.compute;

import java.util.Optional;
import java.util.Set;

/** Which clusters are wanted; what is empty limits nothing. */
public record ClusterFilter(Set<ClusterState> states, Set<String> sources, Optional<Boolean> pinned) {
    public static final ClusterFilter ALL = new ClusterFilter(Set.of(), Set.of(), Optional.empty());

    public ClusterFilter {
        states = Set.copyOf(states);
        sources = Set.copyOf(sources);
    }

    /** Orders in which clusters are listed. */
    public enum Sort {
        NEWEST,
        OLDEST,
        NAME,
        NAME_BACKWARD
    }
}
