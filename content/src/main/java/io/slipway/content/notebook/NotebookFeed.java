package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.notebook.DocumentReader.Told;
import io.slipway.kit.Clock;
import io.slipway.kit.Timer;
import io.slipway.store.Base;
import io.slipway.store.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who watches a notebook what is new in its log.
 *
 * <p>Nothing is queued for a watcher but its place in the log: each is told as much as it takes, from the database, so that a slow
 * one costs no memory and holds up nobody. News that keep coming are told together, twenty times a second; after a while without
 * any, the first few are told at once, so that a short exchange does not wait.
 */
public final class NotebookFeed {
    private static final Logger log = LoggerFactory.getLogger(NotebookFeed.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A run of a cell that puts out one thing makes about so many news: it waits, it runs, its output, its end. */
    private static final int AT_ONCE = 6;

    /** Of a watcher that acknowledges, so much may be under way. */
    private static final long WINDOW_BYTES = 4 << 20;

    private final DocumentReader reader;
    private final Clock clock;
    private final Timer timer;
    private final Executor threads;
    private final Map<Long, Channel> channels = new HashMap<>();

    /** @param threads reads the database for watchers */
    public NotebookFeed(Base base, Timer timer, Executor threads) {
        this.reader = new DocumentReader(base.database());
        this.clock = base.clock();
        this.timer = timer;
        this.threads = threads;
        base.facts()
                .on(
                        NotebookFact.News.class,
                        (tx, fact) -> tx.afterCommit(() -> news(fact.subject().number())));
    }

    /** One browser tab, say. Called by one thread at a time. */
    public interface Listener {
        void send(String frame);

        /** Whether it takes more now; when it does again it says so with {@link Watch#resume}. */
        boolean ready();

        /** There is nothing to watch any more. */
        void end(String why);
    }

    /** All who watch one notebook. */
    private static final class Channel {
        final long objectId;
        final Set<Watch> watches = new LinkedHashSet<>();
        boolean planned;
        boolean pumping;
        boolean again;
        long presence;
        final Pace pace;

        Channel(long objectId, long now) {
            this.objectId = objectId;
            this.pace = new Pace(PAUSE, AT_ONCE, now);
        }
    }

    private record Sent(long number, long bytes) {}

    /** One watcher's place in the log. */
    public final class Watch implements AutoCloseable {
        private final Channel channel;
        private final Listener listener;
        private final String client;
        private final String user;
        private long last;
        private long presence;
        private boolean acknowledges;
        private long underWay;
        private final Deque<Sent> sent = new ArrayDeque<>();
        private final Deque<DocumentReader.CellOutputs> outputs = new ArrayDeque<>();
        private ObjectNode cursor = DocumentLog.body();

        private Watch(Channel channel, Listener listener, String client, String user, long since) {
            this.channel = channel;
            this.listener = listener;
            this.client = client;
            this.user = user;
            this.last = since;
        }

        /** It takes more again. */
        public void resume() {
            plan(channel);
        }

        /** It has worked off everything up to {@code number}. */
        public void acknowledge(long number) {
            synchronized (NotebookFeed.this) {
                acknowledges = true;
                while (!sent.isEmpty() && sent.peek().number() <= number) {
                    underWay -= sent.remove().bytes();
                }
            }
            plan(channel);
        }

        /**
         * Where this one's cursor is, for the others.
         *
         * @param cell empty = in no cell any more
         * @param version of the cell's text that the places are meant in
         */
        public void cursor(String cell, long version, int anchor, int head) {
            synchronized (NotebookFeed.this) {
                cursor = DocumentLog.body();
                if (!cell.isEmpty()) {
                    cursor.put("cell", cell)
                            .put("version", version)
                            .put("anchor", anchor)
                            .put("head", head);
                }
                channel.presence++;
            }
            plan(channel);
        }

        @Override
        public void close() {
            synchronized (NotebookFeed.this) {
                channel.watches.remove(this);
                channel.presence++;
                if (channel.watches.isEmpty()) {
                    channels.remove(channel.objectId, channel);
                }
            }
            plan(channel);
        }

        private boolean takes() {
            synchronized (NotebookFeed.this) {
                if (acknowledges && underWay > WINDOW_BYTES) {
                    return false;
                }
            }
            return listener.ready();
        }

        private void tell(long number, String frame) {
            synchronized (NotebookFeed.this) {
                if (acknowledges) {
                    sent.add(new Sent(number, frame.length()));
                    underWay += frame.length();
                }
            }
            listener.send(frame);
        }
    }

    /** @param since the last number that was heard; -1 = nothing yet */
    public Watch watch(long objectId, String client, String user, long since, Listener listener) {
        Watch watch;
        synchronized (this) {
            Channel channel = channels.computeIfAbsent(objectId, id -> new Channel(id, clock.nanos()));
            watch = new Watch(channel, listener, client, user, since);
            channel.watches.add(watch);
            channel.presence++;
        }
        plan(watch.channel);
        return watch;
    }

    /** There is something new in the log of this notebook. */
    public void news(long objectId) {
        Optional<Channel> channel;
        synchronized (this) {
            channel = Optional.ofNullable(channels.get(objectId));
        }
        channel.ifPresent(this::plan);
    }

    private void plan(Channel channel) {
        Duration delay;
        synchronized (this) {
            if (channel.planned) {
                return;
            }
            channel.planned = true;
            delay = channel.pace.delay(clock.nanos());
        }
        if (delay.isZero()) {
            threads.execute(() -> pump(channel));
        } else {
            timer.after(delay, () -> threads.execute(() -> pump(channel)));
        }
    }

    private void pump(Channel channel) {
        List<Watch> watches;
        synchronized (this) {
            channel.planned = false;
            if (channel.pumping) {
                channel.again = true;
                return;
            }
            channel.pumping = true;
            channel.again = false;
            channel.pace.took(clock.nanos());
            watches = List.copyOf(channel.watches);
        }
        Map<Long, Optional<List<Told>>> read = new HashMap<>();
        for (Watch watch : watches) {
            try {
                tell(watch, read);
            } catch (RuntimeException e) {
                log.warn("notebook {}: a watcher could not be told, and goes", channel.objectId, e);
                watch.listener.end("The server could not read the notebook. Connect again.");
                watch.close();
            }
        }
        boolean again;
        synchronized (this) {
            channel.pumping = false;
            again = channel.again;
        }
        if (again) {
            plan(channel);
        }
    }

    /** @param read what was read in this round: watchers at the same place share it */
    private void tell(Watch watch, Map<Long, Optional<List<Told>>> read) {
        while (watch.takes()) {
            if (!watch.outputs.isEmpty()) {
                reader.outputs(watch.outputs.remove()).ifPresent(frame -> watch.tell(watch.last, frame));
                continue;
            }
            Optional<List<Told>> news =
                    read.computeIfAbsent(watch.last, last -> reader.after(watch.channel.objectId, last));
            if (news.isEmpty()) {
                if (!snapshot(watch)) {
                    return;
                }
            } else if (news.get().isEmpty()) {
                break;
            } else {
                for (Told each : news.get()) {
                    watch.tell(each.number(), each.frame());
                    watch.last = each.number();
                }
            }
        }
        presence(watch);
    }

    private boolean snapshot(Watch watch) {
        Optional<DocumentReader.Snapshot> snapshot = reader.snapshot(watch.channel.objectId);
        if (snapshot.isEmpty()) {
            watch.listener.end("The notebook has been deleted.");
            watch.close();
            return false;
        }
        watch.outputs.clear();
        watch.outputs.addAll(snapshot.get().outputs());
        watch.last = snapshot.get().number();
        watch.tell(watch.last, snapshot.get().frame());
        return true;
    }

    private void presence(Watch watch) {
        String frame;
        synchronized (this) {
            if (watch.presence == watch.channel.presence || !watch.channel.watches.contains(watch)) {
                return;
            }
            watch.presence = watch.channel.presence;
            ObjectNode body = DocumentLog.body().put("type", "presence");
            Map<String, Watch> present = new LinkedHashMap<>();
            // A tab that is back may still have a connection that nobody knows to be dead.
            watch.channel.watches.forEach(each -> present.put(each.user + " " + each.client, each));
            ArrayNode people = body.putArray("people");
            for (Watch each : present.values()) {
                people.addObject()
                        .put("client", each.client)
                        .put("user", each.user)
                        .setAll(each.cursor);
            }
            frame = Json.write(body);
        }
        watch.listener.send(frame);
    }

    /** How many watch. */
    public synchronized int watchers() {
        return channels.values().stream()
                .mapToInt(channel -> channel.watches.size())
                .sum();
    }
}
