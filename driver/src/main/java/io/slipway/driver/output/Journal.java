package io.slipway.driver.output;

import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.DriverProtocol;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.News;
import io.slipway.protocol.driver.SparkJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the server has not acknowledged, in the order in which it happened. Of what only its newest value matters (states,
 * progress, status) there is one entry, at the place of its last change: so the end of a command stands behind all of its frames.
 *
 * <p>Frames and ends are told at once. That a command has begun is known to the one who sent it, and waits for the first output: most
 * commands then tell all in one answer less. What changes with every Spark task is told when it has waited a moment.
 */
public final class Journal {
    private static final long PROGRESS_MILLIS = 500;
    private static final long STATUS_MILLIS = 1_000;
    private static final long BEGINNING_MILLIS = 50;
    private static final int SMALL = 256;

    /** What a value is of, when only its newest counts. */
    private record Key(String what, String context, String command) {}

    /** The parts of an answer while it is written. What is only known now is asked for at the end, outside of the lock. */
    private final class Draft {
        long next;
        final List<News.Output> outputs = new ArrayList<>();
        final List<CommandStatus> commands = new ArrayList<>();
        final List<Supplier<News.Progress>> progress = new ArrayList<>();
        final List<ContextStatus> contexts = new ArrayList<>();
        boolean statusToo;

        News news() {
            var describe = status;
            return new News(
                    boot + "-" + next,
                    outputs,
                    commands,
                    progress.stream().map(Supplier::get).toList(),
                    contexts,
                    statusToo && describe != null ? describe.get() : null);
        }
    }

    private interface Telling {
        void in(Draft draft);
    }

    /**
     * @param context whose it is, blank for the driver's own
     * @param due the nano time at which it must be told
     * @param acknowledged run when the server has stored it
     */
    private record Entry(
            @Nullable Key key, String context, int bytes, long due, Telling telling, Runnable acknowledged) {}

    private final String boot = UUID.randomUUID().toString();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Map<Key, Long> newest = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private volatile @Nullable Supplier<DriverStatus> status;
    private long last;

    /** From now on the status is told too. */
    public void describedBy(Supplier<DriverStatus> newStatus) {
        status = newStatus;
    }

    /** From now on there may be news of this context. */
    public void open(String context) {
        lock.lock();
        try {
            open.add(context);
        } finally {
            lock.unlock();
        }
    }

    /** The context is gone, and nobody asks for what it has not told. */
    public void drop(String context) {
        lock.lock();
        try {
            open.remove(context);
            entries.values().removeIf(entry -> entry.context().equals(context));
            newest.keySet().removeIf(key -> key.context().equals(context));
        } finally {
            lock.unlock();
        }
    }

    public void output(String context, String command, long seq, Frame frame, int bytes) {
        var output = new News.Output(context, command, seq, System.currentTimeMillis(), frame);
        add(null, context, bytes + SMALL, 0, draft -> draft.outputs.add(output), () -> {});
    }

    /** @param acknowledged run when the server has stored this state, unless there is a newer one by then */
    public void command(CommandStatus state, Runnable acknowledged) {
        add(
                new Key("command", state.context(), state.command()),
                state.context(),
                SMALL,
                state.ended() ? 0 : BEGINNING_MILLIS,
                draft -> draft.commands.add(state),
                acknowledged);
    }

    public void progress(String context, String command, Supplier<List<SparkJob>> jobs) {
        add(
                new Key("progress", context, command),
                context,
                SMALL,
                PROGRESS_MILLIS,
                draft -> draft.progress.add(() -> new News.Progress(context, command, jobs.get())),
                () -> {});
    }

    public void context(ContextStatus state) {
        add(
                new Key("context", state.context(), ""),
                state.context(),
                SMALL + state.message().length(),
                0,
                draft -> draft.contexts.add(state),
                () -> {});
    }

    /** Something that the status tells has changed. */
    public void status() {
        add(new Key("status", "", ""), "", SMALL, STATUS_MILLIS, draft -> draft.statusToo = true, () -> {});
    }

    /** As {@link #status}, of a change that cannot wait. */
    public void statusNow() {
        add(new Key("status", "", ""), "", SMALL, 0, draft -> draft.statusToo = true, () -> {});
    }

    private void add(
            @Nullable Key key, String context, int bytes, long waitMillis, Telling telling, Runnable acknowledged) {
        lock.lock();
        try {
            if (!context.isEmpty() && !open.contains(context)) {
                return;
            }
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
            Long before = key == null ? null : newest.remove(key);
            Entry replaced = before == null ? null : entries.remove(before);
            if (replaced != null && replaced.due() - due < 0) {
                due = replaced.due();
            }
            last++;
            if (key != null) {
                newest.put(key, last);
            }
            entries.put(last, new Entry(key, context, bytes, due, telling, acknowledged));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets what {@code cursor} acknowledges and answers what came after it, as soon as some of it is due; after {@code millis}
     * whatever there is. A cursor of another driver acknowledges nothing.
     */
    public News since(String cursor, long millis) throws InterruptedException {
        long place = place(cursor);
        acknowledge(place);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Draft draft;
        lock.lockInterruptibly();
        try {
            long wait = until - System.nanoTime();
            while (wait > 0) {
                wait = Math.min(wait, untilDue(place, System.nanoTime()));
                if (wait > 0) {
                    changed.awaitNanos(wait);
                    wait = until - System.nanoTime();
                }
            }
            draft = draft(place);
        } finally {
            lock.unlock();
        }
        return draft.news();
    }

    private long place(String cursor) {
        if (!cursor.startsWith(boot + "-")) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(cursor.substring(boot.length() + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a cursor: " + cursor, e);
        }
    }

    private void acknowledge(long place) {
        List<Entry> gone;
        lock.lock();
        try {
            var head = entries.headMap(place, true);
            gone = List.copyOf(head.values());
            head.clear();
            gone.forEach(entry -> newest.remove(entry.key()));
        } finally {
            lock.unlock();
        }
        gone.forEach(entry -> entry.acknowledged().run());
    }

    private long untilDue(long place, long now) {
        long wait = Long.MAX_VALUE;
        for (Entry entry : entries.tailMap(place, false).values()) {
            wait = Math.min(wait, entry.due() - now);
            if (wait <= 0) {
                break;
            }
        }
        return wait;
    }

    private Draft draft(long place) {
        var draft = new Draft();
        draft.next = place;
        long bytes = 0;
        for (var each : entries.tailMap(place, false).entrySet()) {
            Entry entry = each.getValue();
            if (bytes > 0 && bytes + entry.bytes() > DriverProtocol.NEWS_LIMIT_BYTES) {
                break;
            }
            bytes += entry.bytes();
            entry.telling().in(draft);
            draft.next = each.getKey();
        }
        return draft;
    }
}
