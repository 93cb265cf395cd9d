package io.slipway.content.notebook;

import io.slipway.kit.Transitions;

/** Life of one run of a cell. */
public enum CellRunState {
    /** It waits for the cells before it, or for its cluster. */
    QUEUED,
    /** Its code is on the cluster. */
    RUNNING,
    /** It has run without an error. */
    DONE,
    /** Its code failed, or what it ran on did. */
    ERROR,
    /** It was ended on request, or a cell before it in the same request failed. */
    CANCELLED;

    public static final Transitions<CellRunState> TRANSITIONS = Transitions.of(CellRunState.class)
            .from(QUEUED, RUNNING, ERROR, CANCELLED)
            .from(RUNNING, DONE, ERROR, CANCELLED)
            .build();

    public boolean ended() {
        return TRANSITIONS.terminal(this);
    }
}
