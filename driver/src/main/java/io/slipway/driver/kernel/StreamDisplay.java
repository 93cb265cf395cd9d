package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.clock.SteadyClock;
import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.command.ShownStreams;
import io.slipway.driver.json.Json;
import io.slipway.driver.table.TableBundle;
import io.slipway.protocol.driver.Mime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * {@code display} of a streaming DataFrame: a query whose newest rows are a table. In an open notebook the cell stays and its table moves
 * until another cell waits, or until it is stopped and the query with it; elsewhere it ends when the first rows are there. The query goes
 * on then, and the table is told anew with each batch for as long as commands of the context run.
 */
final class StreamDisplay {
    private static final int ROWS = 1_000;
    private static final long FIRST_SECONDS = 20;
    private static final long PAUSE_MILLIS = 1_000;

    /** So much of a command's output may be newer states of a table: its own output needs room as well. */
    private static final long BYTES = 4L * 1024 * 1024;

    /** So much of them makes the pause between two of them twice as long: a cell may stay for days. */
    private static final long SLOWER_AFTER_BYTES = BYTES / 8;

    private final Scope scope;
    private final Dataset<Row> data;
    private final String displayId = UUID.randomUUID().toString();
    private final CountDownLatch first = new CountDownLatch(1);
    private final Deque<Row> rows = new ArrayDeque<>();
    private boolean whole;
    private boolean shown;
    private long toldAt;
    private long bytes;
    private @Nullable Command told;
    private @Nullable ObjectNode last;

    private StreamDisplay(Scope scope, Dataset<Row> data) {
        this.scope = scope;
        this.data = data;
    }

    /**
     * What the user may say of the query; blank = it is left to the platform.
     *
     * @param outputMode without one: append, or complete where the query cannot append
     */
    record Options(String name, String processingTime, String checkpoint, String outputMode) {
        static final Options NONE = new Options("", "", "", "");
    }

    static void start(Scope scope, Dataset<?> data, Options options)
            throws StreamingQueryException, InterruptedException, TimeoutException {
        new StreamDisplay(scope, data.toDF()).start(options);
    }

    private void start(Options options) throws StreamingQueryException, InterruptedException, TimeoutException {
        StreamingQuery query = query(options);
        long end = SteadyClock.millis() + TimeUnit.SECONDS.toMillis(FIRST_SECONDS);
        try {
            while (query.isActive() && SteadyClock.millis() < end && !first.await(100, TimeUnit.MILLISECONDS)) {
                Command command = scope.current();
                if (command != null && command.cancelRequested()) {
                    throw new InterruptedException("the command was cancelled");
                }
            }
        } catch (InterruptedException e) {
            query.stop();
            throw e;
        }
        if (!query.isActive()) {
            // It has failed, or it has come to its end.
            query.awaitTermination();
            tell(true);
            return;
        }
        if (first.getCount() > 0) {
            tell(true);
        }
        Optional<ShownStreams> streams = Optional.ofNullable(scope.current())
                .filter(command -> scope.inOpenNotebook())
                .map(Command::streams);
        streams.ifPresent(each -> each.add(query));
        var watch = new Thread(() -> watch(query, streams), "display-" + displayId);
        watch.setDaemon(true);
        watch.start();
    }

    private StreamingQuery query(Options options) throws TimeoutException {
        if (!options.outputMode().isEmpty()) {
            return query(options, options.outputMode());
        }
        try {
            return query(options, "append");
        } catch (Exception e) {
            if (!(e instanceof AnalysisException)) {
                throw e;
            }
            return query(options, "complete");
        }
    }

    private StreamingQuery query(Options options, String mode) throws TimeoutException {
        whole = mode.equals("complete");
        DataStreamWriter<Row> writer = data.writeStream()
                .outputMode(mode)
                .queryName(options.name().isEmpty() ? "display_query_" + displayId.substring(0, 8) : options.name())
                .foreachBatch(this::batch);
        if (!options.processingTime().isEmpty()) {
            writer.trigger(Trigger.ProcessingTime(options.processingTime()));
        }
        if (!options.checkpoint().isEmpty()) {
            writer.option("checkpointLocation", options.checkpoint());
        }
        return started(writer);
    }

    /** Its jobs are not those of the command that began it: they come without end, and go on when it has ended. */
    private StreamingQuery started(DataStreamWriter<Row> writer) throws TimeoutException {
        Command command = scope.current();
        scope.spark().clearJobTags();
        try {
            return writer.start();
        } finally {
            if (command != null) {
                command.claim(scope.spark());
            }
        }
    }

    private void batch(Dataset<Row> batch, Long number) {
        List<Row> come = batch.takeAsList(ROWS);
        synchronized (rows) {
            if (whole) {
                rows.clear();
            }
            rows.addAll(come);
            while (rows.size() > ROWS) {
                rows.removeFirst();
            }
        }
        tell(!come.isEmpty() && first.getCount() > 0);
        if (!come.isEmpty()) {
            first.countDown();
        }
    }

    /** @param now even if the state before was told only just now */
    private synchronized void tell(boolean now) {
        long time = SteadyClock.millis();
        Command command = scope.current();
        if (command == null || (!now && (!shown || time - toldAt < pause()))) {
            return;
        }
        if (!command.equals(told)) {
            told = command;
            bytes = 0;
        }
        ObjectNode bundle = bundle();
        if (bundle.equals(last)) {
            return;
        }
        last = bundle;
        int size = Json.bytes(bundle).length;
        if (bytes <= BYTES && bytes + size > BYTES && shown) {
            command.frames().stream(
                    "stderr",
                    "The table of the stream stays as it is while this cell runs: its output has no more room.\n");
        }
        bytes += size;
        if (!shown) {
            command.frames().display(bundle, Json.object(), displayId);
        } else if (bytes <= BYTES) {
            command.frames().update(displayId, bundle, Json.object());
        }
        shown = true;
        toldAt = time;
    }

    private long pause() {
        return PAUSE_MILLIS << (Math.min(bytes, BYTES) / SLOWER_AFTER_BYTES);
    }

    private ObjectNode bundle() {
        List<Row> newest;
        synchronized (rows) {
            newest = List.copyOf(rows);
        }
        ObjectNode bundle = Json.object();
        bundle.set(Mime.TABLE, TableBundle.of(data, newest));
        return bundle.put(Mime.TEXT, newest.size() + " rows of a stream");
    }

    private void watch(StreamingQuery query, Optional<ShownStreams> streams) {
        String problem = "";
        try {
            query.awaitTermination();
            tell(true);
        } catch (StreamingQueryException e) {
            problem = String.valueOf(e.getMessage());
        }
        String why = problem;
        boolean told = streams.filter(each -> each.ended(query, why)).isPresent();
        if (!told && !why.isEmpty()) {
            scope.frames().stream("stderr", "The stream " + query.name() + " has ended: " + why + "\n");
        }
    }
}
