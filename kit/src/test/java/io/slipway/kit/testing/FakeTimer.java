package io.slipway.kit.testing;

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
    public Alarm after(Duration delay, Runnable task) {
        if (closed) {
            return Alarm.NONE;
        }
        boolean[] cancelled = {false};
        clock.plan(this, delay, () -> {
            if (!cancelled[0]) {
                task.run();
            }
        });
        return () -> cancelled[0] = true;
    }

    @Override
    public void close() {
        closed = true;
        clock.drop(this);
    }
}
