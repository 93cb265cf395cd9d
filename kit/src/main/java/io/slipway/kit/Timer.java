package io.slipway.kit;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs something later. The only place that waits; a test's timer fires when the test moves its clock. */
public interface Timer extends AutoCloseable {
    /** Runs {@code task} once after {@code delay}; the task must be short and must not throw. */
    void after(Duration delay, Runnable task);

    @Override
    void close();

    static Timer system(String threadName) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, Threads.named(threadName));
        // A closed timer drops what is still to come: the loops enqueue everything again at the next start.
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new Timer() {
            @Override
            public void after(Duration delay, Runnable task) {
                if (!pool.isShutdown()) {
                    ScheduledFuture<?> unused = pool.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                }
            }

            @Override
            public void close() {
                pool.shutdownNow();
            }
        };
    }
}
