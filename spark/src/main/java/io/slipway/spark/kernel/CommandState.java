package io.slipway.spark.kernel;

import io.slipway.kit.Transitions;

/** Life of a command. */
public enum CommandState {
    /** Written down; the driver has not been heard to know it. */
    QUEUED,
    /** The driver has it, whether it waits there or runs. */
    RUNNING,
    /** Somebody asked to end it. */
    CANCELLING,
    /** It has run; its outcome says how it went. */
    FINISHED,
    /** It was ended on request. */
    CANCELLED,
    /** Its driver or context ended before it did. */
    LOST;

    public static final Transitions<CommandState> TRANSITIONS = Transitions.of(CommandState.class)
            .from(QUEUED, RUNNING, CANCELLING, CANCELLED, LOST)
            .from(RUNNING, FINISHED, CANCELLING, CANCELLED, LOST)
            .from(CANCELLING, FINISHED, CANCELLED, LOST)
            .build();

    public boolean ended() {
        return TRANSITIONS.terminal(this);
    }
}
