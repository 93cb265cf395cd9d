package io.slipway.platform.compute;

import io.slipway.platform.driver.DriverStatus;
import java.time.Duration;

/**
 * Decides how many workers an autoscaling cluster shall have. Grows after a few seconds of waiting tasks, by what the waiting tasks
 * could use but at most doubling; shrinks by the workers that had nothing to do for a while.
 */
final class Autoscaler {
    static final Duration BACKLOG_BEFORE_GROWTH = Duration.ofSeconds(5);

    /** Databricks' default window for all-purpose clusters. */
    static final Duration IDLE_BEFORE_SHRINKING = Duration.ofSeconds(150);

    private Autoscaler() {}

    /**
     * @param current workers there are or being made
     * @param coresPerWorker slots of one worker
     * @param backlogMillis for how long tasks have been waiting without a break
     */
    static int target(
            ClusterSize.Autoscale bounds, int current, int coresPerWorker, DriverStatus status, long backlogMillis) {
        if (backlogMillis >= BACKLOG_BEFORE_GROWTH.toMillis() && status.pendingTasks() > 0) {
            int useful = (status.pendingTasks() + coresPerWorker - 1) / coresPerWorker;
            int grown = current + Math.min(useful, Math.max(1, current));
            return Math.min(bounds.maxWorkers(), grown);
        }
        long idle = status.executors().stream()
                .filter(executor -> executor.idleSince() > 0
                        && status.now() - executor.idleSince() >= IDLE_BEFORE_SHRINKING.toMillis())
                .count();
        if (status.pendingTasks() == 0 && idle > 0) {
            return Math.max(bounds.minWorkers(), current - (int) idle);
        }
        return Math.max(bounds.minWorkers(), Math.min(bounds.maxWorkers(), current));
    }
}
