package io.slipway.driver.api;

import io.slipway.driver.clock.SteadyClock;
import io.slipway.driver.context.Context;
import io.slipway.driver.context.Contexts;
import io.slipway.driver.watch.ExecutorFailures;
import io.slipway.driver.watch.ExecutorWatch;
import io.slipway.protocol.driver.DriverStatus;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What this driver says of itself. */
public final class StatusReport implements Supplier<DriverStatus> {
    private final Contexts contexts;
    private final ExecutorWatch executors;
    private final ExecutorFailures failures;
    private final BooleanSupplier stopped;
    private final long startedAt = SteadyClock.millis();

    public StatusReport(
            Contexts contexts, ExecutorWatch executors, ExecutorFailures failures, BooleanSupplier stopped) {
        this.contexts = contexts;
        this.executors = executors;
        this.failures = failures;
        this.stopped = stopped;
    }

    @Override
    public DriverStatus get() {
        int running = 0;
        long lastActivity = startedAt;
        for (Context context : contexts.all()) {
            running += context.runningCommands();
            lastActivity = Math.max(lastActivity, context.lastActivity());
        }
        long now = SteadyClock.millis();
        ExecutorWatch.Load load = executors.load();
        return new DriverStatus(
                stopped.getAsBoolean() ? DriverStatus.State.STOPPED : DriverStatus.State.RUNNING,
                now,
                running > 0 ? now : lastActivity,
                running,
                contexts.all().size(),
                load.executors(),
                load.pendingTasks(),
                load.runningTasks(),
                load.totalCores(),
                failures.all());
    }
}
