package io.slipway.content.notebook;

import io.slipway.content.tree.Cell;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeObject;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Reconciler;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.kernel.Command;
import io.slipway.spark.kernel.CommandState;
import io.slipway.spark.kernel.ContextOptions;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the cells of an open notebook, one at a time in the order of their asking, and tells what they put out. All that it needs is
 * in rows, under ids that follow from the run's own: a server that comes back goes on where another stopped.
 */
final class NotebookReconciler implements Reconciler<Long> {
    private static final Duration CLUSTER_POLL = Duration.ofMillis(500);

    /** A command that could not be told that others wait is told again. */
    private static final Duration UNTOLD = Duration.ofMillis(500);

    private static final Duration EDITS_KEPT_AFTER = Duration.ofMinutes(5);

    private final Database database;
    private final Clock clock;
    private final Identities identities;
    private final Tree tree;
    private final Clusters clusters;
    private final Contexts contexts;
    private final CellCommands commands;
    private final DocumentText text;
    private final DocumentLog log;
    private final CellOutput output;
    private final Turns turns;
    private final NotebookStore store = new NotebookStore();
    private final CellRunStore runs = new CellRunStore();

    NotebookReconciler(
            Base base,
            Identities identities,
            Tree tree,
            Clusters clusters,
            Contexts contexts,
            CellCommands commands,
            OpenDocuments open,
            CellOutput output,
            Turns turns) {
        this.database = base.database();
        this.clock = base.clock();
        this.identities = identities;
        this.tree = tree;
        this.clusters = clusters;
        this.contexts = contexts;
        this.commands = commands;
        this.text = open.text();
        this.log = new DocumentLog(base.facts());
        this.output = output;
        this.turns = turns;
    }

    @Override
    public Outcome reconcile(Long objectId) {
        Optional<Document> found = database.read(handle -> store.document(handle, objectId));
        if (found.isEmpty()) {
            sweep(objectId, found);
            return Outcome.done();
        }
        keepEdits(found.get());
        Document document = checkContext(found.get());
        List<CellRun> active = database.read(handle -> runs.active(handle, objectId));
        if (active.isEmpty()) {
            turns.over(objectId);
            sweep(objectId, Optional.of(document));
            return Outcome.done();
        }
        CellRun run = active.get(0);
        if (run.state() == CellRunState.QUEUED) {
            return begin(document, run);
        }
        boolean told = !awaited(run, active.size() - 1) || turns.tell(document, run.commandId(run.position()));
        Outcome outcome = follow(run);
        return told || !outcome.equals(Outcome.done()) ? outcome : Outcome.again(UNTOLD);
    }

    /** Whether its command has to be over before something else runs: another cell, or what else this one is made of. */
    private static boolean awaited(CellRun run, int others) {
        int after = run.plan().size() - run.position() - 1;
        return after > 0 || (after == 0 && others > 0);
    }

    /** Contexts that nobody can reach any more go: the notebook was deleted, or attached elsewhere while one was being made. */
    private void sweep(long objectId, Optional<Document> document) {
        List<String> orphans = contexts.of(Kind.NOTEBOOK, String.valueOf(objectId)).stream()
                .filter(id -> document.filter(found -> id.equals(found.contextId()) || id.equals(found.nextContextId()))
                        .isEmpty())
                .toList();
        // Of a notebook that is gone also commands that ended after its contexts did.
        if (!orphans.isEmpty() || document.isEmpty()) {
            database.change(tx -> {
                boolean unchanged = store.document(tx.sql(), objectId)
                        .map(Document::contexts)
                        .equals(document.map(Document::contexts));
                if (unchanged) {
                    orphans.forEach(id -> contexts.destroy(tx, id));
                    if (document.isEmpty()) {
                        contexts.forgetAll(tx, Kind.NOTEBOOK, String.valueOf(objectId));
                    }
                }
            });
        }
    }

    private void keepEdits(Document document) {
        if (document.unsavedSince() > 0 && clock.millis() - document.unsavedSince() >= EDITS_KEPT_AFTER.toMillis()) {
            database.change(tx -> store.document(tx.sql(), document.objectId())
                    .ifPresent(now -> text.keep(tx, now.editedBy(), now, "edits", "")));
        }
    }

    /** A context that is gone takes with it what waits for it; a running command is lost and says so itself. */
    private Document checkContext(Document document) {
        if (document.contextId().isEmpty()) {
            return document;
        }
        Optional<String> why = contexts.lost(document.contextId());
        if (why.isEmpty()) {
            return document;
        }
        String next = next(document);
        return database.write(tx -> {
            Document now = text.document(tx, document.objectId());
            if (!now.contextId().equals(document.contextId())) {
                return now;
            }
            store.context(tx, document.objectId(), "", why.get());
            contexts.destroy(tx, document.contextId());
            log.add(
                    tx,
                    document.objectId(),
                    "contextLost",
                    "",
                    DocumentLog.body()
                            .put("cluster", document.clusterId())
                            .put("message", why.get())
                            .put("next", next));
            cancelQueued(tx, document.objectId(), 0);
            return text.document(tx, document.objectId());
        });
    }

    private String next(Document document) {
        String gone = "Variables, temporary views and installed packages are gone. ";
        return clusterState(document)
                .map(state -> state.up() || state == ClusterState.PENDING || state == ClusterState.RESTARTING
                        ? gone + "Run the cells again that make them: the cluster is up or on its way."
                        : gone + "Start the cluster, then run the cells again that make them.")
                .orElse(gone + "The cluster is gone for good: attach the notebook to another one.");
    }

    private Optional<ClusterState> clusterState(Document document) {
        try {
            return Optional.of(clusters.get(Caller.SYSTEM, document.clusterId()).state());
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Outcome begin(Document document, CellRun run) {
        if (!document.attached()) {
            return fail(run, "The notebook is not attached to a cluster. Attach it, then run.");
        }
        try {
            if (document.contextId().isEmpty()) {
                Optional<ClusterState> state = clusterState(document);
                if (state.isEmpty()) {
                    return fail(
                            run, "Cluster " + document.clusterId() + " is gone. Attach the notebook to another one.");
                }
                if (state.get() == ClusterState.TERMINATED || state.get() == ClusterState.TERMINATING) {
                    return fail(run, "Cluster " + document.clusterId() + " is not running. Start it, then run again.");
                }
                // The cluster says when it is up or has ended.
                return state.get().up() ? makeContext(document) : Outcome.done();
            }
            TreeObject object = tree.byId(Caller.SYSTEM, document.objectId());
            List<CommandSpec> plan =
                    commands.of(runner(document), object.path(), document.language(), new Cell(run.code()));
            database.change(tx -> active(tx, run).ifPresent(now -> {
                runs.begin(tx, now, document.contextId(), plan, clock.millis());
                if (!plan.isEmpty()) {
                    contexts.execute(tx, now.commandId(0), document.contextId(), plan.get(0));
                }
                told(tx, now);
            }));
            // The end of its first command wakes this notebook.
            return plan.isEmpty() ? Outcome.again(Duration.ZERO) : Outcome.done();
        } catch (PlatformException e) {
            return e.code() == ErrorCode.INVALID_STATE ? Outcome.again(CLUSTER_POLL) : fail(run, e.message());
        }
    }

    private Outcome makeContext(Document document) {
        String path = tree.byId(Caller.SYSTEM, document.objectId()).path();
        String id = document.nextContextId();
        contexts.create(
                runner(document),
                document.ref(),
                id,
                document.clusterId(),
                language(document),
                new ContextOptions(NotebookRuns.values(document), Map.of(), List.of(), path, ContextSpec.RunInfo.NONE));
        database.change(tx -> {
            Document now = text.document(tx, document.objectId());
            if (now.contexts() == document.contexts() && now.contextId().isEmpty()) {
                store.context(tx, document.objectId(), id, "");
                log.add(tx, document.objectId(), "context", "", Views.cluster(text.document(tx, document.objectId())));
            } else {
                // Attached elsewhere in between.
                contexts.destroy(tx, id);
            }
        });
        return Outcome.again(Duration.ZERO);
    }

    /** With the rights that they have now. */
    private Caller runner(Document document) {
        return identities.acting(document.workspace(), document.runner());
    }

    private static String language(Document document) {
        return switch (document.language()) {
            case SQL -> "sql";
            case SCALA -> "scala";
            case PYTHON, R -> "python";
        };
    }

    /** The row of this run as it is now; empty if it is another run's or has ended. */
    private Optional<CellRun> active(Tx tx, CellRun run) {
        return runs.find(tx.sql(), run.objectId(), run.cellId())
                .filter(now -> now.ordinal() == run.ordinal() && now.state() == run.state());
    }

    private void told(Tx tx, CellRun run) {
        runs.find(tx.sql(), run.objectId(), run.cellId()).ifPresent(now -> log.state(tx, now));
    }

    private Outcome follow(CellRun run) {
        if (run.position() >= run.plan().size()) {
            return end(run, CellRunState.DONE, "");
        }
        String commandId = run.commandId(run.position());
        Optional<Contexts.Result> result = contexts.find(Caller.SYSTEM, commandId, run.published());
        if (result.isEmpty()) {
            if (run.cancelled()) {
                return end(run, CellRunState.CANCELLED, "");
            }
            try {
                contexts.execute(
                        Caller.SYSTEM, commandId, run.contextId(), run.plan().get(run.position()));
            } catch (PlatformException e) {
                if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.INVALID_STATE) {
                    return fail(run, e.message());
                }
                throw e;
            }
            return Outcome.done();
        }
        Command command = result.get().command();
        if (run.cancelled() && !command.state().ended()) {
            contexts.cancel(Caller.SYSTEM, commandId);
        }
        Duration pause = output.pause(run);
        boolean ended = command.state().ended();
        if (!pause.isZero() && !ended) {
            return Outcome.again(pause);
        }
        List<OutputFrame> frames = result.get().frames();
        if (!frames.isEmpty() || !command.progress().equals(run.progress())) {
            // Told meanwhile: what has come since has woken this notebook again.
            database.change(tx -> active(tx, run)
                    .filter(now -> now.published() == run.published())
                    .ifPresent(now -> output.tell(tx, now, frames, command.progress())));
        }
        // Output that has to wait and the end of the command wake this notebook.
        return ended ? next(run, command) : Outcome.done();
    }

    private Outcome next(CellRun run, Command command) {
        CommandStatus.Outcome outcome = command.outcome().orElse(CommandStatus.Outcome.ERROR);
        if (command.state() == CommandState.CANCELLED || (command.state() == CommandState.LOST && run.cancelled())) {
            return end(run, CellRunState.CANCELLED, "");
        }
        if (command.state() == CommandState.LOST || outcome == CommandStatus.Outcome.ERROR) {
            // An interrupted kernel reports its interruption as an error.
            return end(run, run.cancelled() ? CellRunState.CANCELLED : CellRunState.ERROR, "");
        }
        boolean last = outcome == CommandStatus.Outcome.EXIT
                || run.position() + 1 >= run.plan().size();
        if (!last) {
            database.change(tx -> active(tx, run).ifPresent(now -> runs.position(tx, now, run.position() + 1)));
            return Outcome.again(Duration.ZERO);
        }
        if (outcome == CommandStatus.Outcome.EXIT) {
            database.change(tx -> cancelQueued(tx, run.objectId(), run.batch()));
        }
        return end(run, CellRunState.DONE, "");
    }

    private Outcome fail(CellRun run, String problem) {
        return end(run, CellRunState.ERROR, problem);
    }

    /** After anything but success, what waits of the same request is not run. */
    private Outcome end(CellRun run, CellRunState state, String problem) {
        database.change(tx -> active(tx, run).ifPresent(now -> {
            if (!problem.isEmpty()) {
                log.add(
                        tx,
                        run.objectId(),
                        "output",
                        run.cellId(),
                        DocumentLog.body().set("output", Outputs.problem(problem)));
            }
            runs.end(tx, now, state, problem, clock.millis());
            told(tx, now);
            if (state != CellRunState.DONE) {
                cancelQueued(tx, run.objectId(), run.batch());
            }
        }));
        return Outcome.again(Duration.ZERO);
    }

    /** @param batch 0 = of every request */
    private void cancelQueued(Tx tx, long objectId, long batch) {
        for (CellRun run : runs.active(tx.sql(), objectId)) {
            if (run.state() == CellRunState.QUEUED && (batch == 0 || run.batch() == batch)) {
                runs.end(tx, run, CellRunState.CANCELLED, "", clock.millis());
                told(tx, run);
            }
        }
    }

    @Override
    public List<Long> unfinished() {
        long before = clock.millis() - EDITS_KEPT_AFTER.toMillis();
        Set<Long> unsettled = new LinkedHashSet<>(database.read(handle -> store.toDo(handle, before)));
        contexts.thingsWithContexts(Kind.NOTEBOOK).forEach(id -> unsettled.add(Long.parseLong(id)));
        return List.copyOf(unsettled);
    }

    List<Long> attachedTo(Tx tx, String clusterId) {
        return store.attachedTo(tx.sql(), clusterId);
    }
}
