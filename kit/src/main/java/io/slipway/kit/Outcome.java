package io.slipway.kit;

import java.time.Duration;

/** What one pass of a reconciler found. */
public sealed interface Outcome {
    /** Wanted and observed agree; look again only when somebody says that something changed. */
    record Done() implements Outcome {}

    /** Progress was made or something is awaited; look again after {@code delay}. */
    record Again(Duration delay) implements Outcome {}

    /** This cannot go on without somebody's change; the error is kept and shown, the loop looks again at the next resync. */
    record Stuck(PlatformException error) implements Outcome {}

    static Outcome done() {
        return new Done();
    }

    static Outcome again(Duration delay) {
        return new Again(delay);
    }

    static Outcome stuck(PlatformException error) {
        return new Stuck(error);
    }
}
