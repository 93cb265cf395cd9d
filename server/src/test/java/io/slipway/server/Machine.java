package io.slipway.server;

import io.slipway.content.notebook.CellRunState;
import io.slipway.kit.Transitions;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.kernel.CommandState;
import io.slipway.spark.kernel.ContextState;
import io.slipway.work.job.RunState;
import java.util.List;

/**
 * A state machine of the platform: drawn for readers, and held against what simulations do.
 *
 * @param tables whose rows are each at one place of it
 * @param id of such a row, in terms of {@code new}, in SQL
 */
record Machine<S extends Enum<S>>(
        String title, List<String> tables, String id, Class<S> states, Transitions<S> transitions) {
    static final List<Machine<?>> ALL = List.of(
            new Machine<>("Cluster", List.of("cluster"), "new.id", ClusterState.class, ClusterState.TRANSITIONS),
            new Machine<>("Context", List.of("context"), "new.id", ContextState.class, ContextState.TRANSITIONS),
            new Machine<>("Command", List.of("command"), "new.id", CommandState.class, CommandState.TRANSITIONS),
            new Machine<>("Run and task", List.of("run", "task_run"), "new.id", RunState.class, RunState.TRANSITIONS),
            new Machine<>(
                    "Run of a notebook's cell",
                    List.of("document_run"),
                    "new.object_id || '/' || new.cell_id",
                    CellRunState.class,
                    CellRunState.TRANSITIONS));

    /** Whether one of its states, written {@code FROM>TO}, may follow the other. */
    boolean allows(String move) {
        int cut = move.indexOf('>');
        return transitions.allows(
                Enum.valueOf(states, move.substring(0, cut)), Enum.valueOf(states, move.substring(cut + 1)));
    }
}
