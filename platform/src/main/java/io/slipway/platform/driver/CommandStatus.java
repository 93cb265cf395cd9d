package io.slipway.platform.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * How far a command has come ({@code GET …/commands/{id}?since=}). Times are epoch milliseconds.
 *
 * @param frames what it has put out after the asked position
 * @param next the position to ask for next time
 */
public record CommandStatus(
        State state,
        Optional<Outcome> outcome,
        long startedAt,
        long endedAt,
        List<Frame> frames,
        long next,
        JsonNode progress) {

    /** Where it is in the driver. */
    public enum State {
        QUEUED,
        RUNNING,
        FINISHED,
        CANCELLED
    }

    /** How it ended. */
    public enum Outcome {
        OK,
        ERROR,
        EXIT
    }

    /** One Jupyter-like message; {@code body} has {@code type} and what belongs to it. */
    public record Frame(long seq, JsonNode body) {}

    public CommandStatus {
        frames = List.copyOf(frames);
    }

    public boolean ended() {
        return state == State.FINISHED || state == State.CANCELLED;
    }
}
