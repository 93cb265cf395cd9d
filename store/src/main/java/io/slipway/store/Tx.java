package io.slipway.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** One transaction: every row it writes, the events among them, becomes visible together or not at all. */
public final class Tx {
    private final Handle handle;
    private final List<Runnable> afterCommit;

    Tx(Handle handle, List<Runnable> afterCommit) {
        this.handle = handle;
        this.afterCommit = afterCommit;
    }

    /** For {@code *Store} classes only: nobody else speaks SQL. */
    public Handle sql() {
        return handle;
    }

    /** Runs {@code signal} once the rows are safe: wakes a control loop, for instance. Never runs after a rollback. */
    public void afterCommit(Runnable signal) {
        afterCommit.add(signal);
    }
}
