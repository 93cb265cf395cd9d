package io.slipway.spark.compute;

import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.DriverStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides how many workers an autoscaling cluster shall have. Grows after a few seconds of waiting tasks, by what the waiting tasks
 * could use but at most doubling; shrinks by the workers that had nothing to do for a while.
 */
final class Autoscaler {
    static final Duration BACKLOG_BEFORE_GROWTH = Duration.ofSeconds(5);

    /** Databricks' key for {@link #idleBeforeShrinking}, in seconds; 150 for all-purpose clusters, at most 600. */
    static final String WINDOW = "spark.databricks.aggressiveWindowDownS";

    private static final long USUAL_WINDOW = 150;
    private static final long LONGEST_WINDOW = 600;

    private Autoscaler() {}

    /** For how long a worker must have had nothing to do before it leaves. */
    static Duration idleBeforeShrinking(ClusterSpec spec) {
        long seconds = Optional.ofNullable(spec.sparkConf().get(WINDOW))
                .map(Autoscaler::seconds)
                .orElse(USUAL_WINDOW);
        return Duration.ofSeconds(seconds);
    }

    private static long seconds(String value) {
        if (value.matches("[0-9]{1,3}")) {
            long seconds = Long.parseLong(value);
            if (seconds >= 1 && seconds <= LONGEST_WINDOW) {
                return seconds;
            }
        }
        throw PlatformException.invalid(
                WINDOW + " must be a whole number of seconds from 1 to " + LONGEST_WINDOW + ", got " + value + ".");
    }

    /**
     * @param current workers there are or being made
     * @param coresPerWorker slots of one worker
     * @param backlogMillis for how long tasks have been waiting without a break
     * @param window for how long a worker must have had nothing to do before it leaves
     */
    static int target(
            ClusterSize.Autoscale bounds,
            int current,
            int coresPerWorker,
            DriverStatus status,
            long backlogMillis,
            Duration window) {
        if (backlogMillis >= BACKLOG_BEFORE_GROWTH.toMillis() && status.pendingTasks() > 0) {
            int useful = (status.pendingTasks() + coresPerWorker - 1) / coresPerWorker;
            int grown = current + Math.min(useful, Math.max(1, current));
            return Math.min(bounds.maxWorkers(), grown);
        }
        long idle = status.executors().stream()
                .filter(executor ->
                        executor.idleSince() > 0 && status.now() - executor.idleSince() >= window.toMillis())
                .count();
        if (status.pendingTasks() == 0 && idle > 0) {
            return Math.max(bounds.minWorkers(), current - (int) idle);
        }
        return Math.max(bounds.minWorkers(), Math.min(bounds.maxWorkers(), current));
    }
}
