package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.identity.Principal;
import io.slipway.protocol.driver.CommandSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The last run of a cell. Times are epoch milliseconds, 0 = not yet.
 *
 * @param ordinal counts the runs of the notebook; the ids of its commands are made of it
 * @param batch of the request that asked for it: when one fails, those that wait of the same batch are not run
 * @param cancelled somebody asked to end it
 * @param code the cell's text when the run was asked for
 * @param plan the commands it takes; empty before it runs
 * @param position of the command it is at
 * @param published how far the output of that command is told
 * @param problem why it could not be run; empty if it could
 */
public record CellRun(
        long objectId,
        String cellId,
        long ordinal,
        long batch,
        CellRunState state,
        boolean cancelled,
        Principal startedBy,
        String code,
        String contextId,
        List<CommandSpec> plan,
        int position,
        long published,
        long publishedAt,
        JsonNode progress,
        String problem,
        long queuedAt,
        long startedAt,
        long endedAt) {

    /** Of the ids of all commands and contexts of notebooks. */
    static final String PREFIX = "notebook-";

    public CellRun {
        plan = List.copyOf(plan);
    }

    /** One that waits for those before it. */
    static CellRun queued(long objectId, NotebookCell cell, long ordinal, long batch, Principal by, long now) {
        return new CellRun(
                objectId,
                cell.id(),
                ordinal,
                batch,
                CellRunState.QUEUED,
                false,
                by,
                cell.cell().text(),
                "",
                List.of(),
                0,
                0,
                0,
                JsonNodeFactory.instance.arrayNode(),
                "",
                now,
                0,
                0);
    }

    String commandId(int index) {
        return PREFIX + objectId + "-" + ordinal + "-" + index;
    }

    /** Of all commands that have been begun. */
    List<String> commandIds() {
        return IntStream.rangeClosed(0, Math.min(position, plan.size() - 1))
                .mapToObj(this::commandId)
                .toList();
    }
}
