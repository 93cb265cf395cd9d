package io.slipway.identity.oidc;

import io.slipway.kit.Clock;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that is read from elsewhere and kept for a while. One caller reads and the others wait for it. After each try there is a
 * pause, whatever came of it: a provider that is down is not asked by everybody, nor one that is up by whoever makes tokens up.
 */
final class Fetched<T> {
    static final Duration FRESH = Duration.ofMinutes(10);
    /** While it cannot be read anew. */
    static final Duration GOOD = Duration.ofHours(1);

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Clock clock;
    private final Supplier<T> source;
    private Optional<T> value = Optional.empty();
    private Optional<PlatformException> failure = Optional.empty();
    private Optional<Long> tried = Optional.empty();
    private long readAt;

    Fetched(Clock clock, Supplier<T> source) {
        this.clock = clock;
        this.source = source;
    }

    synchronized T get() {
        if (value.isEmpty() || !since(readAt, FRESH)) {
            read();
        }
        return value.filter(known -> since(readAt, GOOD)).orElseThrow(this::refusal);
    }

    /** Read anew, as something is missing in it; the same one if that was done a moment ago. */
    synchronized T again() {
        read();
        return get();
    }

    private void read() {
        if (tried.filter(at -> since(at, PAUSE)).isPresent()) {
            return;
        }
        try {
            value = Optional.of(source.get());
            failure = Optional.empty();
            readAt = clock.nanos();
        } catch (PlatformException e) {
            failure = Optional.of(e);
        }
        tried = Optional.of(clock.nanos());
    }

    private PlatformException refusal() {
        PlatformException known = failure.orElseThrow();
        return new PlatformException(known.code(), known.message(), known);
    }

    private boolean since(long nanos, Duration span) {
        return clock.nanos() - nanos < span.toNanos();
    }
}
