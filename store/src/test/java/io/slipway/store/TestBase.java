package io.slipway.store;

import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Loop;
import io.slipway.kit.Loops;
import io.slipway.kit.Outcome;
import io.slipway.kit.Reconciler;
import io.slipway.kit.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What rooms are built on in tests of their doors: loops that hear what they are told and make no pass. */
public final class TestBase {
    private static final Timer NEVER = new Timer() {
        @Override
        public Alarm after(Duration delay, Runnable task) {
            return Alarm.NONE;
        }

        @Override
        public void close() {}
    };

    private TestBase() {}

    public static Base of(Database database, Clock clock, Ids ids) {
        return new Base(database, new Facts(clock), clock, ids, new Loops(clock, NEVER, ids, task -> {}));
    }

    public static Base of(Database database, Clock clock) {
        return of(database, clock, Ids.system(clock));
    }

    /** A loop that tells {@code seen} each key that is woken, and does nothing else. */
    public static <K> Loop<K> told(Base base, Consumer<K> seen) {
        Loop<K> loop = base.loops().loop("told");
        base.loops()
                .run(
                        loop,
                        new Reconciler<>() {
                            @Override
                            public Outcome reconcile(K key) {
                                seen.accept(key);
                                return Outcome.done();
                            }

                            @Override
                            public Iterable<K> unfinished() {
                                return List.of();
                            }
                        },
                        Runnable::run);
        return loop;
    }

    /** A loop that nobody listens to. */
    public static <K> Loop<K> deaf(Base base) {
        return base.loops().loop("deaf");
    }
}
