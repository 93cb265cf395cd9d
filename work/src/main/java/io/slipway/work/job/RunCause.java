package io.slipway.work.job;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run that did not succeed comes down to: the task that went wrong by itself, and why.
 *
 * @param text the first line of the error, in the words of the user's own code where there are any
 */
public record RunCause(long runId, String taskKey, String text) {
    private static final int LONGEST = 300;

    /** Tasks that were only skipped, or cancelled with the run, are no cause; of several the one that failed first. */
    static Optional<RunCause> of(long runId, List<TaskRun> attempts) {
        Map<String, TaskRun> latest = attempts.stream()
                .collect(Collectors.toMap(TaskRun::taskKey, task -> task, (a, b) -> a.attempt() > b.attempt() ? a : b));
        return latest.values().stream()
                .filter(task -> task.result()
                        .filter(result -> result == RunResult.FAILED || result == RunResult.TIMEDOUT)
                        .isPresent())
                .min(Comparator.comparingLong(TaskRun::codeEndedAt).thenComparing(TaskRun::taskKey))
                .map(task ->
                        new RunCause(runId, task.taskKey(), line(task.error().orElse(task.message()))));
    }

    private static String line(String text) {
        String first = text.strip().lines().findFirst().orElse("");
        return first.length() > LONGEST ? first.substring(0, LONGEST) + "…" : first;
    }
}
