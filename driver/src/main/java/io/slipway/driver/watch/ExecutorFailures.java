package io.slipway.driver.watch;

import io.slipway.driver.clock.SteadyClock;
import io.slipway.driver.start.PageGuard;
import io.slipway.protocol.driver.DriverStatus.ExecutorFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.spark.deploy.master.ExecutorDesc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Executors that ended without having been asked to. Those that die before they register are unknown to the application and
 * Spark starts them again for ever, so the master is asked; what they said last comes from their worker's log page, which
 * works on any node.
 */
public final class ExecutorFailures {
    private static final Logger log = LoggerFactory.getLogger(ExecutorFailures.class);
    private static final int KEPT = 20;
    private static final int STDERR_BYTES = 8 * 1024;
    private static final long POLL_MILLIS = 500;
    private static final Set<String> UNASKED = Set.of("EXITED", "FAILED", "LOST");

    private final Deque<ExecutorFailure> last = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> exitCodes = new HashMap<>();
    private final String pageSecret;
    private final Runnable changed;

    /**
     * @param pageSecret opens the pages of the workers
     * @param changed run when another has ended
     */
    public ExecutorFailures(String pageSecret, Runnable changed) {
        this.pageSecret = pageSecret;
        this.changed = changed;
    }

    /** Begins to watch the applications of the master. */
    public void follow(StandaloneMaster master) {
        var timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "executor-failures");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        look(master);
                    } catch (RuntimeException e) {
                        log.debug("the master did not answer", e);
                    }
                },
                POLL_MILLIS,
                POLL_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void look(StandaloneMaster master) {
        for (var application : master.state().activeApps()) {
            for (ExecutorDesc executor :
                    CollectionConverters.asJava(application.removedExecutors().toSeq())) {
                if (UNASKED.contains(executor.state().toString()) && fresh(executor.fullId())) {
                    add(executor, stderr(executor));
                }
            }
        }
    }

    private synchronized boolean fresh(String id) {
        return seen.add(id);
    }

    private synchronized void add(ExecutorDesc executor, String stderr) {
        last.addLast(new ExecutorFailure(
                SteadyClock.millis(), executor.worker().host(), exitCodes.get(String.valueOf(executor.id())), stderr));
        while (last.size() > KEPT) {
            last.removeFirst();
        }
        changed.run();
    }

    /** The application's listener knows how a registered executor ended. */
    synchronized void exitCode(String executorId, int code) {
        exitCodes.put(executorId, code);
    }

    private String stderr(ExecutorDesc executor) {
        String page = executor.worker().webUiAddress() + "/log/?appId="
                + executor.application().id() + "&executorId=" + executor.id() + "&logType=stderr&byteLength="
                + STDERR_BYTES;
        try {
            URLConnection connection = URI.create(page).toURL().openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(1_000);
            connection.setRequestProperty("Authorization", PageGuard.authorization(pageSecret));
            try (var in = connection.getInputStream()) {
                return new String(in.readNBytes(2 * STDERR_BYTES), StandardCharsets.UTF_8);
            } finally {
                if (connection instanceof HttpURLConnection http) {
                    http.disconnect();
                }
            }
        } catch (IOException e) {
            // A lost worker takes its logs along.
            return "";
        }
    }

    public synchronized List<ExecutorFailure> all() {
        return List.copyOf(last);
    }
}
