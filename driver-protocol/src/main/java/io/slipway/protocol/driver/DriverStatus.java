package io.slipway.protocol.driver;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a driver says of itself. Times are epoch milliseconds.
 *
 * @param lastActivity when the last command or Spark job was under way
 * @param executorFailures the last executors that ended without having been asked to, newest last
 */
public record DriverStatus(
        State state,
        long now,
        long lastActivity,
        int runningCommands,
        int contexts,
        List<Executor> executors,
        int pendingTasks,
        int runningTasks,
        int totalCores,
        List<ExecutorFailure> executorFailures) {

    /** Whether Spark works. */
    public enum State {
        /** It does. */
        RUNNING,
        /** User code has stopped Spark: it will never work again. */
        STOPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param idleSince 0 while it works */
    public record Executor(String id, String host, int cores, long addedAt, int activeTasks, long idleSince) {}

    /**
     * An executor that ended without having been asked to.
     *
     * @param exitCode absent where Spark does not know it
     * @param stderr the end of its log, empty if that is gone
     */
    public record ExecutorFailure(
            long at, String host, @Nullable Integer exitCode, String stderr) {}

    public DriverStatus {
        executors = List.copyOf(executors);
        executorFailures = List.copyOf(executorFailures);
    }

    public boolean stopped() {
        return state == State.STOPPED;
    }
}
