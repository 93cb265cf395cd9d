package io.slipway.driver.clock;

import java.util.concurrent.TimeUnit;

/**
 * Milliseconds that only go forward: the wall clock at the start of this process and what has passed since. When somebody sets the
 * machine's clock, or a laptop wakes up, nothing that lasts gets longer or shorter by it.
 */
public final class SteadyClock {
    private static final long WALL = System.currentTimeMillis();
    private static final long BEGUN = System.nanoTime();

    private SteadyClock() {}

    public static long millis() {
        return WALL + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - BEGUN);
    }
}
