package io.slipway.kit;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs something later. The only place that waits; a test's timer fires when the test moves its clock. */
public interface Timer extends AutoCloseable {
    /** Something that will happen; {@link #cancel} keeps it from happening, if it is not under way already. */
    @FunctionalInterface
    interface Alarm {
        Alarm NONE = () -> {};

        void cancel();
    }

    /** Runs {@code task} once after {@code delay}; the task must be short. */
    Alarm after(Duration delay, Runnable task);

    @Override
    void close();

    static Timer system(String threadName) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, Threads.named(threadName));
        // A closed timer drops what is still to come: the loops look at everything again at the next start.
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        pool.setRemoveOnCancelPolicy(true);
        return new Timer() {
            @Override
            public Alarm after(Duration delay, Runnable task) {
                try {
                    ScheduledFuture<?> future = pool.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                    return () -> future.cancel(false);
                } catch (RejectedExecutionException closed) {
                    return Alarm.NONE;
                }
            }

            @Override
            public void close() {
                pool.shutdownNow();
            }
        };
    }
}
