package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.slipway.spark.kernel.CommandOutput;
import io.slipway.store.Database;
import java.util.Iterator;

/** Reads what a run of a cell has put out so far. */
final class RunOutputs {
    private final CommandOutput commands;

    RunOutputs(Database database) {
        this.commands = new CommandOutput(database);
    }

    ArrayNode of(CellRun run) {
        Outputs outputs = new Outputs();
        Iterator<String> ids = run.commandIds().iterator();
        for (int i = 0; ids.hasNext(); i++) {
            long last = i < run.position() ? Long.MAX_VALUE : run.published();
            commands.frames(ids.next(), 0, last).forEach(frame -> outputs.add(frame.body()));
        }
        if (!run.problem().isEmpty()) {
            outputs.add(Outputs.problem(run.problem()));
        }
        return outputs.json();
    }
}
