package io.slipway.platform.testing;

import io.slipway.kit.Timer;
import java.time.Duration;

/** Fires when the clock is moved. */
public final class FakeTimer implements Timer {
    private final FakeClock clock;
    private boolean closed;

    public FakeTimer(FakeClock clock) {
        this.clock = clock;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        if (!closed) {
            clock.plan(this, delay, task);
        }
    }

    @Override
    public void close() {
        closed = true;
        clock.drop(this);
    }
}
