package io.slipway.spark.compute;

import java.util.Optional;

/**
 * A process as its agent sees it (agent protocol 1, {@code observed}).
 *
 * @param ready content of its {@code ready.json}
 * @param failure content of its {@code failure.json}
 * @param stderrTail last lines of its error output, when it has ended
 */
public record ObservedProcess(
        String name,
        int generation,
        State state,
        Optional<Integer> exitCode,
        Optional<String> ready,
        Optional<String> failure,
        String stderrTail) {

    /** What the agent knows about it. */
    public enum State {
        STARTING,
        RUNNING,
        EXITED,
        UNKNOWN
    }

    public boolean exited() {
        return state == State.EXITED;
    }
}
