package io.slipway.spark.compute;

import io.slipway.kit.Transitions;

/** Life of a cluster (Clusters API 2.1, ClusterState). PENDING, RESTARTING, RESIZING and TERMINATING are wishes under way. */
public enum ClusterState {
    /** It shall run; machines and Spark are being started. */
    PENDING,
    /** Spark answers; commands can be sent. */
    RUNNING,
    /** It shall run anew with the present specification; the old Spark is being replaced. */
    RESTARTING,
    /** It runs, and workers are being added or taken away. */
    RESIZING,
    /** It shall stop; processes are being ended and machines given back. */
    TERMINATING,
    /** Nothing of it runs. */
    TERMINATED;

    public static final Transitions<ClusterState> TRANSITIONS = Transitions.of(ClusterState.class)
            .from(PENDING, RUNNING, TERMINATING)
            .from(RUNNING, RESIZING, RESTARTING, TERMINATING)
            .from(RESIZING, RUNNING, RESTARTING, TERMINATING)
            .from(RESTARTING, RUNNING, TERMINATING)
            .from(TERMINATING, TERMINATED)
            .from(TERMINATED, PENDING)
            .build();

    /** Nothing is under way and nothing runs. */
    public boolean atRest() {
        return this == TERMINATED;
    }

    /** Spark can be reached. */
    public boolean up() {
        return this == RUNNING || this == RESIZING;
    }
}
