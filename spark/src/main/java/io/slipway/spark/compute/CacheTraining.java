package io.slipway.spark.compute;

import io.slipway.kit.Timer;
import io.slipway.runtime.AotTrainer;
import io.slipway.runtime.InstalledRuntime;
import io.slipway.runtime.LaunchPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains the start-up caches of installed runtimes while nobody needs the machine, and gives up at once when somebody does: no run
 * waits for it. What was given up is begun anew at the next pause.
 */
public final class CacheTraining implements AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(2);
    private static final int QUIET_TICKS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RuntimeInstalls installs;
    private final Path driverJar;
    private final String python;
    private final BooleanSupplier quiet;
    private final Timer timer;
    private int quietTicks;
    private Optional<Thread> trainer = Optional.empty();
    private boolean closed;

    /** @param quiet whether no cluster is starting and no code runs */
    public CacheTraining(RuntimeInstalls installs, Path driverJar, String python, BooleanSupplier quiet, Timer timer) {
        this.installs = installs;
        this.driverJar = driverJar;
        this.python = python;
        this.quiet = quiet;
        this.timer = timer;
    }

    public void start() {
        timer.after(TICK, this::tick);
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        boolean training = trainer.filter(Thread::isAlive).isPresent();
        Optional<AotTrainer> next = training ? Optional.empty() : untrained();
        // Whether it is quiet costs questions to the database, which nobody needs once everything is trained.
        boolean wanted = training || next.isPresent();
        quietTicks = wanted && quiet.getAsBoolean() ? quietTicks + 1 : 0;
        if (training && quietTicks == 0) {
            trainer.ifPresent(Thread::interrupt);
        } else if (quietTicks >= QUIET_TICKS) {
            next.ifPresent(ready -> trainer = Optional.of(ready.start()));
        }
        timer.after(TICK, this::tick);
    }

    private Optional<AotTrainer> untrained() {
        return installs.ready().stream()
                .map(this::trainer)
                .filter(each -> !each.complete())
                .findFirst();
    }

    private AotTrainer trainer(InstalledRuntime runtime) {
        return new AotTrainer(runtime, new LaunchPlan(runtime, driverJar, python));
    }

    /** Ends a training that is under way, with its processes. */
    @Override
    public void close() {
        Optional<Thread> running;
        synchronized (this) {
            closed = true;
            running = trainer;
        }
        running.ifPresent(thread -> {
            thread.interrupt();
            try {
                thread.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
