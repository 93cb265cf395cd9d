package io.slipway.driver.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams whose tables a command shows. In an open notebook the command stays for them when its code has ended. */
public final class ShownStreams {
    private static final Logger log = LoggerFactory.getLogger(ShownStreams.class);

    private final Set<StreamingQuery> moving = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();
    private boolean awaited;
    private boolean cancelled;
    private boolean over;

    public synchronized void add(StreamingQuery query) {
        moving.add(query);
    }

    /**
     * A stream has ended, and all that it had to show is shown.
     *
     * @param problem blank if it has ended well
     * @return false if the command does not tell of it any more
     */
    public synchronized boolean ended(StreamingQuery query, String problem) {
        moving.remove(query);
        if (over) {
            return false;
        }
        if (!problem.isEmpty()) {
            problems.add(problem);
        }
        notifyAll();
        return true;
    }

    /** Somebody waits for the end of the command: it stays no longer, and its streams go on without it. */
    public synchronized void giveWay() {
        awaited = true;
        notifyAll();
    }

    /** The command is to end, and its streams with it. */
    synchronized void cancel() {
        cancelled = true;
        notifyAll();
    }

    /**
     * Returns when all streams have ended or the command gives way.
     *
     * @return what went wrong in them
     * @throws InterruptedException when the command is to end; the streams are stopped
     */
    public List<String> stay() throws InterruptedException {
        List<StreamingQuery> left;
        synchronized (this) {
            while (!moving.isEmpty() && !awaited && !cancelled) {
                wait();
            }
            if (!cancelled || moving.isEmpty()) {
                leave();
                return List.copyOf(problems);
            }
            left = List.copyOf(moving);
        }
        stop(left);
        throw new InterruptedException("the command was cancelled");
    }

    /** The command ends: what happens to its streams from here on is told elsewhere. */
    synchronized void leave() {
        over = true;
    }

    private static void stop(List<StreamingQuery> queries) {
        for (StreamingQuery query : queries) {
            try {
                query.stop();
            } catch (TimeoutException e) {
                // Its batch is not through in the time that the user gave it.
                log.info("stream {} ends later than its cell", query.name(), e);
            }
        }
    }
}
