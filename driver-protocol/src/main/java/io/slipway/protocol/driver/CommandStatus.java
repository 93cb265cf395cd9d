package io.slipway.protocol.driver;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a command has come. Times are epoch milliseconds, 0 = not yet.
 *
 * @param outcome absent while it has not ended, and where it was cancelled
 */
public record CommandStatus(
        String context,
        String command,
        State state,
        @Nullable Outcome outcome,
        long startedAt,
        long endedAt) {

    /** Where a command is in the driver. */
    public enum State {
        /** It waits for its turn. */
        QUEUED(false),
        /** Its code runs. */
        RUNNING(false),
        /** It ended by itself, well or not. */
        FINISHED(true),
        /** It was cancelled before or while it ran. */
        CANCELLED(true);

        private final boolean ended;

        State(boolean ended) {
            this.ended = ended;
        }

        public boolean ended() {
            return ended;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it ended. */
    public enum Outcome {
        /** Its last statement was reached. */
        OK,
        /** It failed; a frame says why. */
        ERROR,
        /** It ended itself by {@code dbutils.notebook.exit}. */
        EXIT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean ended() {
        return state.ended();
    }
}
