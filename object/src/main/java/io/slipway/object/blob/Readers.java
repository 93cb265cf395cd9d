package io.slipway.object.blob;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Who reads which blobs just now, so that none goes under a reader's hands. Whoever looks into rows to find blobs holds the lock
 * until they are named here; whoever takes files away has read which are doomed before, so no later look finds them in a row.
 */
final class Readers {
    private final ReentrantReadWriteLock looking = new ReentrantReadWriteLock();

    /** Guarded by itself. */
    private final Map<Long, Integer> held = new HashMap<>();

    /** {@code look} may hold what it finds. */
    <T> T look(Supplier<T> look) {
        looking.readLock().lock();
        try {
            return look.get();
        } finally {
            looking.readLock().unlock();
        }
    }

    void hold(long id) {
        synchronized (held) {
            held.merge(id, 1, Integer::sum);
        }
    }

    void release(long id) {
        synchronized (held) {
            held.computeIfPresent(id, (unused, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Those that nobody reads nor will read. */
    List<Long> free(Collection<Long> doomed) {
        looking.writeLock().lock();
        try {
            synchronized (held) {
                return doomed.stream().filter(id -> !held.containsKey(id)).toList();
            }
        } finally {
            looking.writeLock().unlock();
        }
    }
}
