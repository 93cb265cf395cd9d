package io.slipway.runtime;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before trying again; a parameter, so that tests do not wait. */
@FunctionalInterface
interface Backoff {
    /**
     * Waits.
     *
     * @param failures in a row, from 1
     */
    void pause(int failures) throws InterruptedException;

    /** Half a second, doubled each time up to half a minute, give or take a quarter. */
    static Backoff doubling() {
        return failures -> {
            long millis = Math.min(30_000L, 500L << Math.min(failures - 1, 6));
            Thread.sleep(millis * 3 / 4 + ThreadLocalRandom.current().nextLong(millis / 2));
        };
    }
}
