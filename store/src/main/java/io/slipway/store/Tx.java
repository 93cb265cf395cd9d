package io.slipway.store;

import io.slipway.kit.Loop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction: every row it writes, the facts among them, becomes visible together or not at all. */
public final class Tx {
    private static final Logger log = LoggerFactory.getLogger(Tx.class);

    /** A key of a loop that has something to do once the rows are safe. */
    private record Wake(Loop<?> loop, Object key) {}

    private final Handle handle;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Set<Wake> wakes = new HashSet<>();

    Tx(Handle handle) {
        this.handle = handle;
    }

    /** For {@code *Store} classes only: nobody else speaks SQL. */
    public Handle sql() {
        return handle;
    }

    /** Looks at {@code key} once the rows are safe; many calls are one. Never after a rollback. */
    public <K> void wake(Loop<K> loop, K key) {
        if (wakes.add(new Wake(loop, key))) {
            afterCommit(() -> loop.wake(key));
        }
    }

    /** Runs {@code signal} once the rows are safe. Never runs after a rollback. */
    public void afterCommit(Runnable signal) {
        afterCommit.add(signal);
    }

    /**
     * The rows are safe whatever a signal does: none keeps the others from running, and none makes the call that wrote them fail. What
     * a lost signal should have caused is found by the next look at everything unfinished.
     */
    void committed() {
        for (Runnable signal : afterCommit) {
            try {
                signal.run();
            } catch (RuntimeException e) {
                log.warn("a signal after a commit failed", e);
            }
        }
    }
}
