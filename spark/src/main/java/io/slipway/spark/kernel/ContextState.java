package io.slipway.spark.kernel;

import io.slipway.kit.Transitions;

/** Life of a context. */
public enum ContextState {
    /** It shall be made; its driver is being asked. */
    PENDING,
    /** Commands run. */
    RUNNING,
    /** It could not be made, or its driver is gone. */
    ERROR,
    /** It shall go; its kernels are being ended. */
    DESTROYING;

    public static final Transitions<ContextState> TRANSITIONS = Transitions.of(ContextState.class)
            .from(PENDING, RUNNING, ERROR, DESTROYING)
            .from(RUNNING, ERROR, DESTROYING)
            .from(ERROR, DESTROYING)
            .build();
}
