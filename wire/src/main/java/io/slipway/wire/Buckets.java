package io.slipway.wire;

import io.slipway.kit.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * So many requests a second for each of those who ask, and some seconds of them at once. Those who have not asked for longest are
 * forgotten when there are many: their buckets are most likely full again.
 */
final class Buckets<K> {
    private static final int KNOWN = 10_000;
    private static final int BURST_SECONDS = 5;
    private static final double NANOS = 1e9;

    private final Clock clock;
    private final int perSecond;
    private final Map<K, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > KNOWN;
        }
    };

    /** How many requests were left at a moment. */
    private record Bucket(double left, long nanos) {}

    Buckets(Clock clock, int perSecond) {
        this.clock = clock;
        this.perSecond = perSecond;
    }

    /** Takes one request out of somebody's bucket, or says how long they have to wait for it. */
    synchronized Optional<Duration> take(K who) {
        long now = clock.nanos();
        double most = (double) perSecond * BURST_SECONDS;
        Bucket before = buckets.getOrDefault(who, new Bucket(most, now));
        double left = Math.min(most, before.left() + (now - before.nanos()) / NANOS * perSecond);
        if (left < 1) {
            return Optional.of(Duration.ofNanos((long) Math.ceil((1 - left) / perSecond * NANOS)));
        }
        buckets.put(who, new Bucket(left - 1, now));
        return Optional.empty();
    }

    synchronized int known() {
        return buckets.size();
    }
}
