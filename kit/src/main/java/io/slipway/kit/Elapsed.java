package io.slipway.kit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long things have lasted. What passes within one life of the process is measured by the monotonic clock, so that a jump of the
 * wall clock ends nothing; only what passed before the first question is taken from stored times.
 *
 * @param <K> names one thing that lasts
 */
public final class Elapsed<K> {
    private final Clock clock;
    private final Map<K, Long> beginnings = new ConcurrentHashMap<>();

    public Elapsed(Clock clock) {
        this.clock = clock;
    }

    /** @param begunAt in stored time, epoch milliseconds; matters at the first question only */
    public Duration since(K key, long begunAt) {
        long begun = beginnings.computeIfAbsent(key, unused -> {
            long before = Math.max(0, clock.millis() - begunAt);
            return clock.nanos() - Duration.ofMillis(before).toNanos();
        });
        return Duration.ofNanos(clock.nanos() - begun);
    }

    /** As {@link #since(Object, long)} for what begins now, unless it has begun already. */
    public Duration since(K key) {
        return since(key, clock.millis());
    }

    /** It begins anew at the next question. */
    public void forget(K key) {
        beginnings.remove(key);
    }
}
