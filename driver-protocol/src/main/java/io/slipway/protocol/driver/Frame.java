package io.slipway.protocol.driver;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a command's output: a message of the Jupyter protocol, reduced to what a reader needs. Values of {@code data} and
 * {@code metadata} are any JSON, in the classes of the JSON library at hand.
 */
public sealed interface Frame {
    /** @param name stdout or stderr */
    record Stream(String name, String text) implements Frame {}

    /** @param displayId by which later updates name it */
    record DisplayData(
            Map<String, Object> data,
            Map<String, Object> metadata,
            @Nullable String displayId) implements Frame {}

    /** The value of the last expression. */
    record ExecuteResult(Map<String, Object> data, Map<String, Object> metadata) implements Frame {}

    /** Replaces a display that was shown before. */
    record UpdateDisplayData(Map<String, Object> data, Map<String, Object> metadata, String displayId)
            implements Frame {}

    /** Why the command failed. */
    record Problem(String ename, String evalue, List<String> traceback) implements Frame {
        public Problem {
            traceback = List.copyOf(traceback);
        }
    }
}
