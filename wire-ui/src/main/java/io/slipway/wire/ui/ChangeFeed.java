package io.slipway.wire.ui;

import io.slipway.kit.Timer;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Event;
import io.slipway.store.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the event log for everybody who listens. There is one reader however many browsers are open, and none while there is no
 * browser.
 */
public final class ChangeFeed {
    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);
    private static final Duration LOOK = Duration.ofMillis(400);
    private static final int BATCH = 200;

    /** Instead of a position: wherever the log ends at the first look. */
    private static final long ITS_END = -1;

    private final Database database;
    private final Facts events;
    private final Timer timer;
    private final Executor reader;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean following = new AtomicBoolean();

    /** @param reader reads the database, one look at a time */
    public ChangeFeed(Base base, Timer timer, Executor reader) {
        this.database = base.database();
        this.events = base.facts();
        this.timer = timer;
        this.reader = reader;
    }

    /** Somebody who follows; told after every look, with an empty list if nothing has happened. */
    interface Listener {
        /** @return false when nobody listens any more */
        boolean hear(List<Event> news);
    }

    /** {@code listener} is told what happens from now on. */
    void add(Listener listener) {
        listeners.add(listener);
        if (following.compareAndSet(false, true)) {
            reader.execute(() -> look(ITS_END));
        }
    }

    private void look(long since) {
        if (listeners.isEmpty()) {
            following.set(false);
            if (listeners.isEmpty() || !following.compareAndSet(false, true)) {
                return;
            }
        }
        long position = since;
        try {
            long from = since == ITS_END ? database.read(events::last) : since;
            List<Event> news = database.read(handle -> events.after(handle, from, BATCH));
            position = news.isEmpty() ? from : news.get(news.size() - 1).seq();
            listeners.removeIf(listener -> !told(listener, news));
        } catch (RuntimeException e) {
            log.warn("the event log cannot be read; trying again", e);
        }
        long next = position;
        timer.after(LOOK, () -> reader.execute(() -> look(next)));
    }

    /** One listener that fails takes no news from the others. */
    private static boolean told(Listener listener, List<Event> news) {
        try {
            return listener.hear(news);
        } catch (RuntimeException e) {
            log.warn("somebody could not be told what has happened", e);
            return true;
        }
    }
}
