package io.slipway.spark.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Database;
import io.slipway.store.Json;
import io.slipway.store.Stream;
import io.slipway.store.Tx;
import java.util.Collection;
import java.util.List;

/**
 * What commands have put out, for rooms that show it as a part of something of theirs and have asked who may see that. May be read
 * within a transaction. Output is written before the row that says how far it goes, so that it may be ahead of that row.
 */
public final class CommandOutput {
    private final Stream frames;

    public CommandOutput(Database database) {
        this.frames = database.stream("frame");
    }

    /** Frames after number {@code after} up to {@code last}; nothing if the command is forgotten. */
    public List<OutputFrame> frames(String commandId, long after, long last) {
        return frames.read(commandId, after, last).stream()
                .map(entry -> new OutputFrame(entry.number(), Json.read(entry.body(), JsonNode.class)))
                .toList();
    }

    /** Frames that are there already are left alone: a driver repeats what it does not know to be stored. */
    void append(String commandId, List<OutputFrame> news) {
        frames.append(
                commandId,
                news.stream()
                        .map(frame -> new Stream.Entry(frame.seq(), Json.write(frame.body())))
                        .toList());
    }

    /** Puts a frame behind all there are. */
    void add(String commandId, JsonNode body) {
        frames.add(commandId, Json.write(body));
    }

    /** Forgets all output of these commands once it is certain that the commands are forgotten. */
    void forget(Tx tx, List<String> commandIds) {
        if (!commandIds.isEmpty()) {
            tx.afterCommit(() -> forget(commandIds));
        }
    }

    void forget(Collection<String> commandIds) {
        frames.forget(commandIds);
    }

    /** Ids of commands that have output, in order, after {@code after}. */
    List<String> commands(String after, int most) {
        return frames.sequences(after, most);
    }
}
