package io.slipway.kit.testing;

import io.slipway.kit.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it; what was planned happens on the way, in order. */
public final class FakeClock implements Clock {
    private record Planned(long at, long order, Object owner, Runnable task) {}

    private final PriorityQueue<Planned> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Planned::at).thenComparingLong(Planned::order));
    private long now;
    private long wallOffset;
    private long orders;

    public FakeClock(long now) {
        this.now = now;
    }

    @Override
    public long millis() {
        return now + wallOffset;
    }

    @Override
    public long nanos() {
        return now * 1_000_000;
    }

    /** Somebody sets the machine's clock, or the machine wakes up: the wall clock jumps, and nothing that was planned happens. */
    public void jump(Duration by) {
        wallOffset += by.toMillis();
    }

    /** Plans {@code task}; {@link #drop} forgets everything of one owner. */
    public void plan(Object owner, Duration delay, Runnable task) {
        agenda.add(new Planned(now + Math.max(0, delay.toMillis()), orders++, owner, task));
    }

    public void drop(Object owner) {
        agenda.removeIf(planned -> planned.owner() == owner);
    }

    /** Moves on by {@code duration}. May be called by something that is happening. */
    public void advance(Duration duration) {
        long until = now + duration.toMillis();
        for (Planned next = agenda.peek(); next != null && next.at() <= until; next = agenda.peek()) {
            happen();
        }
        now = Math.max(now, until);
    }

    /** Moves on to what is planned next, but by {@code most} at most. */
    public void advanceToNext(Duration most) {
        long until = now + most.toMillis();
        Planned next = agenda.peek();
        if (next != null && next.at() <= until) {
            happen();
        } else {
            now = until;
        }
    }

    /** Moves on to what is planned next; false if nothing is. */
    public boolean next() {
        if (agenda.isEmpty()) {
            return false;
        }
        happen();
        return true;
    }

    private void happen() {
        Planned next = agenda.remove();
        now = Math.max(now, next.at());
        next.task().run();
    }
}
