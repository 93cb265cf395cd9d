package io.slipway.work.job;

import io.slipway.kit.Transitions;

/** Life of a run and of each of its tasks (Jobs API 2.1, RunLifeCycleState). */
public enum RunState {
    /** A task that waits for others. */
    BLOCKED,
    /** Accepted; it waits until fewer runs of its job are active. */
    QUEUED,
    /** Accepted; its cluster and context are being made ready. */
    PENDING,
    /** Code runs. */
    RUNNING,
    /** It shall end; code is being cancelled, clusters are given back. */
    TERMINATING,
    /** Failed, and will be tried again after a pause. */
    WAITING_FOR_RETRY,
    /** Ended; the result says how. */
    TERMINATED,
    /** Never ran, because something before it went wrong. */
    SKIPPED,
    /** Ended by a failure of the platform or of its cluster. */
    INTERNAL_ERROR;

    public static final Transitions<RunState> TRANSITIONS = Transitions.of(RunState.class)
            .from(BLOCKED, PENDING, SKIPPED, TERMINATED)
            .from(QUEUED, PENDING, SKIPPED)
            .from(PENDING, RUNNING, TERMINATING, TERMINATED, SKIPPED, INTERNAL_ERROR, WAITING_FOR_RETRY)
            .from(RUNNING, TERMINATING, TERMINATED, INTERNAL_ERROR, WAITING_FOR_RETRY)
            .from(TERMINATING, TERMINATED, INTERNAL_ERROR, WAITING_FOR_RETRY)
            .from(WAITING_FOR_RETRY, PENDING, TERMINATED)
            .build();

    public boolean ended() {
        return TRANSITIONS.terminal(this);
    }
}
