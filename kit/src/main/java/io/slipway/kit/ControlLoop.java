package io.slipway.kit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a reconciler for keys until wanted and observed agree.
 *
 * <p>Guarantees: at most one pass per key at a time; a key that is enqueued during its pass gets another pass; many enqueues before
 * a pass are one pass; no key is ever dropped. A pass that throws is repeated with growing, jittered delay. Truth is in the
 * database: a restart enqueues every key that is not at rest, so that losing this queue loses nothing.
 *
 * @param <K> names one thing of a kind, for instance a cluster id
 */
public final class ControlLoop<K> implements AutoCloseable {
    /** One pass: compare, take one safe step, say whether to look again. Must be idempotent. */
    @FunctionalInterface
    public interface Reconciler<K> {
        Outcome reconcile(K key);
    }

    private enum Mark {
        QUEUED,
        RUNNING,
        RUNNING_AND_QUEUED
    }

    private static final Logger log = LoggerFactory.getLogger(ControlLoop.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final String name;
    private final Reconciler<K> reconciler;
    private final Executor workers;
    private final Timer timer;
    private final Ids ids;
    private final AtomicLong passes = new AtomicLong();
    private final Object lock = new Object();
    private final Map<K, Mark> marks = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private boolean closed;

    public ControlLoop(String name, Reconciler<K> reconciler, Executor workers, Timer timer, Ids ids) {
        this.name = name;
        this.reconciler = reconciler;
        this.workers = workers;
        this.timer = timer;
        this.ids = ids;
    }

    /** Looks at {@code key} soon. */
    public void enqueue(K key) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            Mark mark = marks.get(key);
            if (mark == Mark.QUEUED || mark == Mark.RUNNING_AND_QUEUED) {
                return;
            }
            marks.put(key, mark == Mark.RUNNING ? Mark.RUNNING_AND_QUEUED : Mark.QUEUED);
            if (mark == Mark.RUNNING) {
                return;
            }
        }
        workers.execute(() -> pass(key));
    }

    public void enqueueAfter(K key, Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            enqueue(key);
        } else {
            timer.after(delay, () -> enqueue(key));
        }
    }

    /** Enqueues all keys now and then again every {@code period}: heals whatever a lost signal left behind. */
    public void resync(Supplier<? extends Iterable<K>> keys, Duration period) {
        try {
            keys.get().forEach(this::enqueue);
        } catch (RuntimeException e) {
            log.warn("{}: cannot list what to look at, trying again later", name, e);
        }
        timer.after(period, () -> workers.execute(() -> resync(keys, period)));
    }

    private void pass(K key) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            marks.put(key, Mark.RUNNING);
        }
        long pass = passes.incrementAndGet();
        Outcome outcome;
        try {
            outcome = reconciler.reconcile(key);
            failures(key, false);
        } catch (RuntimeException e) {
            Duration delay = backoff(failures(key, true));
            log.warn("{} pass {} of {} failed, again in {} ms", name, pass, key, delay.toMillis(), e);
            outcome = Outcome.again(delay);
        }
        boolean queuedMeanwhile;
        synchronized (lock) {
            queuedMeanwhile = marks.remove(key) == Mark.RUNNING_AND_QUEUED;
        }
        if (queuedMeanwhile) {
            enqueue(key);
        }
        if (outcome instanceof Outcome.Again again) {
            enqueueAfter(key, again.delay());
        } else if (outcome instanceof Outcome.Stuck stuck) {
            log.info(
                    "{} pass {} of {} is stuck: {}",
                    name,
                    pass,
                    key,
                    stuck.error().message());
        }
    }

    private int failures(K key, boolean failed) {
        synchronized (lock) {
            if (!failed) {
                failures.remove(key);
                return 0;
            }
            return failures.merge(key, 1, Integer::sum);
        }
    }

    private Duration backoff(int failuresInARow) {
        long exponential = FIRST_RETRY.toMillis() << Math.min(failuresInARow - 1, 20);
        long capped = Math.min(exponential, LONGEST_RETRY.toMillis());
        long half = capped / 2;
        return Duration.ofMillis(half + (long) (ids.fraction() * half));
    }

    /** No new pass starts after this; passes under way end by themselves. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            marks.clear();
        }
    }
}
