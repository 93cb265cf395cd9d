package io.slipway.server.quickstart;

import java.time.Duration;

/** Time since its making. */
final class Stopwatch {
    private final long begun = System.nanoTime();

    Duration time() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
