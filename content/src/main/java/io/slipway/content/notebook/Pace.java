package io.slipway.content.notebook;

import java.time.Duration;

/**
 * Limits how often something is done: one turn for each interval, of which a few may be saved up. Keeps the moment at which all
 * turns taken so far are paid for; a turn is free while that is not too far ahead. Not safe for several threads.
 */
final class Pace {
    private final long interval;
    private final long saved;
    private long paidAt;

    /**
     * @param saved how many turns may follow each other at once after a rest
     * @param now nanoseconds of the monotonic clock, as below
     */
    Pace(Duration interval, int saved, long now) {
        this.interval = interval.toNanos();
        this.saved = interval.toNanos() * (saved - 1);
        this.paidAt = now;
    }

    /** How long to wait for the next turn; zero if it is free now. */
    Duration delay(long now) {
        return Duration.ofNanos(Math.max(0, paidAt - saved - now));
    }

    void took(long now) {
        paidAt = Math.max(paidAt - now, 0) + now + interval;
    }
}
