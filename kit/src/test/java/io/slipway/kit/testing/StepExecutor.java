package io.slipway.kit.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Runs nothing by itself: a test says when, and a seeded generator which. */
public final class StepExecutor implements Executor {
    private final List<Runnable> waiting = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    public boolean idle() {
        return waiting.isEmpty();
    }

    /** Runs the task that has waited longest. */
    public void step() {
        waiting.remove(0).run();
    }

    /** Runs any of the waiting tasks, as threads would. */
    public void step(RandomGenerator random) {
        waiting.remove(random.nextInt(waiting.size())).run();
    }

    /** Forgets what waits, as the end of a process does. */
    public void clear() {
        waiting.clear();
    }
}
