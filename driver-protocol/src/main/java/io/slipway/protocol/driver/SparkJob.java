package io.slipway.protocol.driver;

import java.util.Locale;

/** How far a Spark job has come, in tasks. */
public record SparkJob(int jobId, State state, int tasks, int done, int active, int failed) {
    /** Whether it goes on. */
    public enum State {
        /** It has tasks to do. */
        RUNNING,
        /** It succeeded. */
        DONE,
        /** It failed or was cancelled. */
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
