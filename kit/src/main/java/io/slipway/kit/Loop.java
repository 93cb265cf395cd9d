package io.slipway.kit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a reconciler for keys until wanted and observed agree.
 *
 * <p>Guarantees: at most one pass per key at a time; a key that is woken during its pass gets another pass; many wakes before a pass
 * are one pass. Each key has at most one due time: the newest pass sets it, a wake makes it now. A pass that throws anything, an
 * {@link Error} too, is repeated with growing, jittered delay. Truth is in the database: {@link Reconciler#unfinished} finds every
 * key that is not at rest, so that losing this memory loses nothing.
 *
 * @param <K> names one thing of a kind, for instance a cluster id
 */
public final class Loop<K> {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private enum Phase {
        /** No pass is under way; there may be a due time. */
        WAITING,
        /** A worker will take it. */
        QUEUED,
        RUNNING,
        /** Woken during its pass. */
        RUNNING_AND_WOKEN
    }

    private static final class Entry {
        Phase phase = Phase.WAITING;
        Timer.Alarm alarm = Timer.Alarm.NONE;
        /** In nanoseconds of the monotonic clock; only meaningful while an alarm is set. */
        long due;

        int failures;
    }

    /** What a loop runs with once it has begun. */
    private record Work<K>(Reconciler<K> reconciler, Executor workers) {}

    private final String name;
    private final Clock clock;
    private final Timer timer;
    private final Ids ids;
    private final Witness witness;
    private final AtomicLong passes = new AtomicLong();
    private final Object lock = new Object();
    private final Map<K, Entry> entries = new HashMap<>();
    private Optional<Work<K>> work = Optional.empty();
    private boolean closed;

    Loop(String name, Clock clock, Timer timer, Ids ids, Witness witness) {
        this.name = name;
        this.clock = clock;
        this.timer = timer;
        this.ids = ids;
        this.witness = witness;
    }

    void run(Reconciler<K> reconciler, Executor workers) {
        synchronized (lock) {
            if (work.isPresent()) {
                throw new IllegalStateException("loop " + name + " has a reconciler already");
            }
            work = Optional.of(new Work<>(reconciler, workers));
        }
    }

    /** Looks at {@code key} now. Before the loop runs this does nothing: its first look at everything unfinished finds the key. */
    public void wake(K key) {
        Work<K> mine;
        synchronized (lock) {
            if (closed || work.isEmpty()) {
                return;
            }
            mine = work.get();
            Entry entry = entries.computeIfAbsent(key, unused -> new Entry());
            clearAlarm(entry);
            if (entry.phase == Phase.RUNNING) {
                entry.phase = Phase.RUNNING_AND_WOKEN;
            }
            if (entry.phase != Phase.WAITING) {
                return;
            }
            entry.phase = Phase.QUEUED;
        }
        submit(mine, key);
    }

    private void submit(Work<K> mine, K key) {
        try {
            mine.workers().execute(() -> pass(mine.reconciler(), key));
        } catch (RuntimeException refused) {
            // The workers are shutting down; a later wake or resync must find the key as if nobody had asked.
            synchronized (lock) {
                entries.remove(key);
            }
            log.debug("{}: no worker takes {}", name, key, refused);
        }
    }

    /** Wakes every unfinished key whose next pass is further away than {@code period}: heals whatever a lost signal left behind. */
    void resync(Duration period) {
        Work<K> mine;
        synchronized (lock) {
            if (closed || work.isEmpty()) {
                return;
            }
            mine = work.get();
        }
        long horizon = clock.nanos() + period.toNanos();
        for (K key : mine.reconciler().unfinished()) {
            boolean soon;
            synchronized (lock) {
                Entry entry = entries.get(key);
                soon = entry != null && (entry.phase != Phase.WAITING || entry.due - horizon <= 0);
            }
            if (!soon) {
                wake(key);
            }
        }
    }

    private void pass(Reconciler<K> reconciler, K key) {
        synchronized (lock) {
            Entry entry = entries.get(key);
            if (closed || entry == null) {
                return;
            }
            entry.phase = Phase.RUNNING;
        }
        long pass = passes.incrementAndGet();
        Optional<Throwable> failure = Optional.empty();
        Outcome outcome = Outcome.done();
        try {
            outcome = reconciler.reconcile(key);
        } catch (Throwable e) {
            failure = Optional.of(e);
        }
        witness.passed(this, key, failure);
        settle(key, pass, outcome, failure);
    }

    private void settle(K key, long pass, Outcome outcome, Optional<Throwable> failure) {
        Duration next = Duration.ZERO;
        boolean again;
        int failures = 0;
        synchronized (lock) {
            Entry entry = entries.get(key);
            if (closed || entry == null) {
                return;
            }
            boolean woken = entry.phase == Phase.RUNNING_AND_WOKEN;
            entry.phase = Phase.WAITING;
            entry.failures = failure.isPresent() ? entry.failures + 1 : 0;
            failures = entry.failures;
            if (failure.isPresent()) {
                next = backoff(failures);
                again = true;
            } else if (outcome instanceof Outcome.Again later) {
                next = later.delay();
                again = true;
            } else {
                again = false;
            }
            if (woken) {
                // A pass that fails again and again keeps its pause, or each wake of a busy key would be a failing
                // pass.
                next = failure.isPresent() ? next : Duration.ZERO;
                again = true;
            }
            if (!again) {
                entries.remove(key);
            } else if (next.compareTo(Duration.ZERO) > 0) {
                setAlarm(key, entry, next);
            }
        }
        if (again && next.compareTo(Duration.ZERO) <= 0) {
            wake(key);
        }
        report(key, pass, outcome, failure, next);
    }

    private void report(K key, long pass, Outcome outcome, Optional<Throwable> failure, Duration next) {
        if (failure.isPresent()) {
            log.warn("{} pass {} of {} failed, again in {} ms", name, pass, key, next.toMillis(), failure.get());
        } else if (outcome instanceof Outcome.Stuck stuck) {
            log.info(
                    "{} pass {} of {} is stuck: {}",
                    name,
                    pass,
                    key,
                    stuck.error().message());
        }
    }

    private void setAlarm(K key, Entry entry, Duration delay) {
        entry.due = clock.nanos() + delay.toNanos();
        entry.alarm = timer.after(delay, () -> wake(key));
    }

    private static void clearAlarm(Entry entry) {
        entry.alarm.cancel();
        entry.alarm = Timer.Alarm.NONE;
    }

    private Duration backoff(int failuresInARow) {
        long exponential = FIRST_RETRY.toMillis() << Math.min(failuresInARow - 1, 20);
        long capped = Math.min(exponential, LONGEST_RETRY.toMillis());
        long half = capped / 2;
        return Duration.ofMillis(half + (long) (ids.fraction() * half));
    }

    /** No new pass starts after this; passes under way end by themselves. */
    void close() {
        synchronized (lock) {
            closed = true;
            entries.values().forEach(Loop::clearAlarm);
            entries.clear();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
