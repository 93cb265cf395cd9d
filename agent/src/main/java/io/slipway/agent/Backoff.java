package io.slipway.agent;

import java.util.concurrent.ThreadLocalRandom;

/** Waits longer after each failure in a row: 0.25 s, doubled up to 10 s, give or take a half, so that nodes do not come back together. */
final class Backoff {
    private static final long FIRST_MILLIS = 250;
    private static final long LAST_MILLIS = 10_000;

    private int failures;

    void reset() {
        failures = 0;
    }

    void pause() throws InterruptedException {
        long millis = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(failures, 6));
        failures++;
        Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
    }
}
