package io.slipway.work.job;

import io.slipway.protocol.driver.CommandSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt at one task of a run. Times are epoch milliseconds, 0 = not yet.
 *
 * @param attempt from 0
 * @param clusterId empty until it is known
 * @param plan the commands it consists of, fixed when it starts: later edits of its notebook do not touch it
 * @param position how many of them have ended
 * @param output value of {@code dbutils.notebook.exit}
 * @param error what went wrong, in the words of the user's own code
 * @param trace with its stack
 * @param taskValues set by the task, as JSON text
 * @param readyAt when its cluster and context were ready
 */
public record TaskRun(
        long id,
        long runId,
        String taskKey,
        int attempt,
        RunState state,
        Optional<RunResult> result,
        String message,
        String clusterId,
        List<CommandSpec> plan,
        int position,
        Optional<String> output,
        Optional<String> error,
        Optional<String> trace,
        Map<String, String> taskValues,
        long createdAt,
        long startedAt,
        long readyAt,
        long codeEndedAt,
        long endedAt) {

    /** An attempt that has only been written down. */
    static TaskRun fresh(long id, long runId, String taskKey, int attempt, RunState state, long now) {
        return new TaskRun(
                id,
                runId,
                taskKey,
                attempt,
                state,
                Optional.empty(),
                "",
                "",
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                now,
                0,
                0,
                0,
                0);
    }

    /** The context in which its commands run. */
    public String contextId() {
        return "task-" + id;
    }

    public String commandId(int index) {
        return "task-" + id + "-" + index;
    }

    public boolean succeeded() {
        return result.filter(RunResult.SUCCESS::equals).isPresent();
    }
}
