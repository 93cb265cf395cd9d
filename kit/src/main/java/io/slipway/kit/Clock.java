package io.slipway.kit;

import java.time.Instant;

/** The only source of time. Production code never asks the JDK; tests hand in a clock that they move themselves. */
public interface Clock {
    /** Milliseconds since 1970-01-01T00:00Z: the unit of every stored time. Jumps when somebody sets the machine's clock. */
    long millis();

    /**
     * Nanoseconds since some moment: only differences mean something. Never jumps, so durations within one life of the process are
     * measured by it.
     */
    default long nanos() {
        return System.nanoTime();
    }

    default Instant now() {
        return Instant.ofEpochMilli(millis());
    }

    static Clock system() {
        return System::currentTimeMillis;
    }
}
