package io.slipway.platform.driver;

import java.util.List;

/**
 * What a driver says of itself ({@code GET /v1/status}). Times are epoch milliseconds.
 *
 * @param state {@code running}, or {@code stopped} when user code has stopped Spark: then it will never work again
 * @param lastActivity when the last command or Spark job was under way
 */
public record DriverStatus(
        String state,
        long now,
        long lastActivity,
        int runningCommands,
        int contexts,
        List<Executor> executors,
        int pendingTasks,
        int runningTasks,
        int totalCores,
        List<ExecutorFailure> executorFailures) {

    /** @param idleSince 0 while it works */
    public record Executor(String id, String host, int cores, long addedAt, int activeTasks, long idleSince) {}

    /** An executor that ended without having been asked to. */
    public record ExecutorFailure(long at, String host, int exitCode, String stderr) {}

    public boolean stopped() {
        return "stopped".equals(state);
    }

    public DriverStatus {
        executors = List.copyOf(executors);
        executorFailures = List.copyOf(executorFailures);
    }
}
