package io.slipway.protocol.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is new in a driver since a cursor. Output of a command comes before its end: whoever stores {@code outputs}, then
 * {@code commands}, then {@code next}, misses nothing.
 *
 * @param next the cursor to ask with next time, which acknowledges these news
 * @param outputs frames of all commands, in order
 * @param commands the newest states of those that came further
 * @param progress of those commands whose Spark jobs came further
 * @param contexts the newest states of those that changed
 * @param status of the driver, if it changed
 */
public record News(
        String next,
        List<Output> outputs,
        List<CommandStatus> commands,
        List<Progress> progress,
        List<ContextStatus> contexts,
        @Nullable DriverStatus status) {

    /**
     * A frame of a command.
     *
     * @param seq its number among the command's frames, from 1 on
     * @param at epoch milliseconds
     */
    public record Output(String context, String command, long seq, long at, Frame frame) {}

    /** The Spark jobs of a command, oldest first. */
    public record Progress(String context, String command, List<SparkJob> jobs) {
        public Progress {
            jobs = List.copyOf(jobs);
        }
    }

    public News {
        outputs = List.copyOf(outputs);
        commands = List.copyOf(commands);
        progress = List.copyOf(progress);
        contexts = List.copyOf(contexts);
    }

    /** Whether there is nothing to store but perhaps the driver's status. */
    public boolean quiet() {
        return outputs.isEmpty() && commands.isEmpty() && progress.isEmpty() && contexts.isEmpty();
    }
}
