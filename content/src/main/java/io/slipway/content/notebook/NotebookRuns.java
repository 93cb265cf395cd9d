package io.slipway.content.notebook;

import io.slipway.content.tree.Tree;
import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.identity.Right;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Loop;
import io.slipway.kit.PlatformException;
import io.slipway.spark.kernel.Contexts;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The door to what runs in open notebooks. Code runs as the one who attached the notebook to its cluster; nobody else but an admin
 * may run cells then, because that would be acting with another's rights.
 */
public final class NotebookRuns {
    private static final int LONGEST_VALUE = 100_000;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Permissions permissions;
    private final Tree tree;
    private final Contexts contexts;
    private final DocumentText text;
    private final DocumentLog log;
    private final Loop<Long> loop;
    private final NotebookStore store = new NotebookStore();
    private final CellRunStore runs = new CellRunStore();

    public NotebookRuns(
            Base base, Permissions permissions, Tree tree, Contexts contexts, OpenDocuments open, Loop<Long> loop) {
        this.permissions = permissions;
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.tree = tree;
        this.contexts = contexts;
        this.text = open.text();
        this.log = new DocumentLog(base.facts());
        this.loop = loop;
    }

    /** The cluster on which cells will run, as {@code caller}. Another context that was there ends, and with it what runs. */
    public void attach(Caller caller, long objectId, String clusterId) {
        contexts.requireUse(caller, clusterId);
        change(caller, objectId, (tx, document) -> {
            store.attach(tx, objectId, clusterId, caller.id());
            return new NotebookFact.Attached(document.ref(), clusterId);
        });
    }

    public void detach(Caller caller, long objectId) {
        change(caller, objectId, (tx, document) -> {
            store.attach(tx, objectId, "", caller.id());
            return new NotebookFact.Detached(document.ref());
        });
    }

    /** A new context on the same cluster: variables, temporary views and packages are gone. */
    public void restart(Caller caller, long objectId) {
        change(caller, objectId, (tx, document) -> {
            requireRunner(caller, document);
            store.attach(tx, objectId, document.clusterId(), document.runner().id());
            return new NotebookFact.Restarted(document.ref(), document.clusterId());
        });
    }

    private void change(Caller caller, long objectId, Attachment attachment) {
        database.change(tx -> {
            tree.requireNotebook(tx, caller, Right.USE, objectId);
            Document before = text.document(tx, objectId);
            NotebookFact fact = attachment.take(tx, before);
            cancelAll(tx, objectId, List.of());
            if (!before.contextId().isEmpty()) {
                contexts.destroy(tx, before.contextId());
            }
            Document now = text.document(tx, objectId);
            log.add(tx, objectId, "context", "", Views.cluster(now));
            facts.tell(tx, caller.id(), fact);
            tx.wake(loop, objectId);
        });
    }

    private interface Attachment {
        NotebookFact take(Tx tx, Document document);
    }

    /** Whether {@code caller} may do what the cells of the document may do. */
    boolean mayRun(Caller caller, Document document) {
        return permissions.owns(caller, document.owned());
    }

    void requireRunner(Caller caller, Document document) {
        if (!document.attached()) {
            throw PlatformException.invalidState("The notebook is not attached to a cluster. Attach it, then run.");
        }
        if (!mayRun(caller, document)) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    "The notebook is attached as " + document.runner().name()
                            + ", whose code runs there. Attach it yourself to run cells as " + caller.name() + ".");
        }
    }

    /** Runs these cells in this order, after those that wait already; a cell that waits or runs is left as it is. */
    public void run(Caller caller, long objectId, List<String> cellIds) {
        enqueue(caller, objectId, cellIds, false);
    }

    /** Runs every cell from the top, and keeps a revision of what was run. */
    public void runAll(Caller caller, long objectId) {
        enqueue(caller, objectId, List.of(), true);
    }

    private void enqueue(Caller caller, long objectId, List<String> cellIds, boolean all) {
        database.change(tx -> {
            tree.requireNotebook(tx, caller, Right.USE, objectId);
            Document document = text.document(tx, objectId);
            requireRunner(caller, document);
            if (all) {
                enqueueAll(tx, caller, document);
            } else {
                enqueue(tx, caller, document, cellIds);
            }
        });
    }

    private void enqueueAll(Tx tx, Caller caller, Document document) {
        text.keep(tx, caller.principal(), document, "run", "");
        enqueue(tx, caller, document, store.cellIds(tx.sql(), document.objectId()));
    }

    private void enqueue(Tx tx, Caller caller, Document document, List<String> cellIds) {
        long objectId = document.objectId();
        Set<String> distinct = new LinkedHashSet<>(cellIds);
        Optional<Long> batch = Optional.empty();
        for (String cellId : distinct) {
            NotebookCell cell = text.cell(tx, objectId, cellId);
            Optional<CellRun> before = runs.find(tx.sql(), objectId, cellId);
            boolean busy = before.filter(run -> !run.state().ended()).isPresent();
            if (!busy && !cell.cell().silent(document.language())) {
                long ordinal = store.nextRun(tx, objectId);
                batch = Optional.of(batch.orElse(ordinal));
                before.ifPresent(run -> contexts.forget(tx, run.commandIds()));
                enqueue(tx, caller, objectId, cell, ordinal, batch.get());
            }
        }
        tx.wake(loop, objectId);
    }

    private void enqueue(Tx tx, Caller caller, long objectId, NotebookCell cell, long ordinal, long batch) {
        String extra = Outputs.withoutOutputs(cell.cell().extra());
        if (!extra.equals(cell.cell().extra())) {
            store.update(tx, objectId, cell.carrying(cell.cell().bare(), extra));
        }
        CellRun run = CellRun.queued(objectId, cell, ordinal, batch, caller.principal(), clock.millis());
        runs.replace(tx, run);
        log.state(tx, run);
    }

    /** Ends runs of these cells; of all cells if there are none. */
    public void cancel(Caller caller, long objectId, List<String> cellIds) {
        database.change(tx -> {
            tree.requireNotebook(tx, caller, Right.USE, objectId);
            text.document(tx, objectId);
            cancelAll(tx, objectId, cellIds);
            tx.wake(loop, objectId);
        });
    }

    /** What waits ends here; what runs ends when its command has. */
    private void cancelAll(Tx tx, long objectId, List<String> cellIds) {
        for (CellRun run : runs.active(tx.sql(), objectId)) {
            if (!cellIds.isEmpty() && !cellIds.contains(run.cellId())) {
                continue;
            }
            if (run.state() == CellRunState.QUEUED) {
                runs.end(tx, run, CellRunState.CANCELLED, "", clock.millis());
            } else {
                runs.cancel(tx, run);
            }
            log.state(tx, runs.find(tx.sql(), objectId, run.cellId()).orElseThrow());
        }
    }

    /** Takes outputs of cells that do not run away; of all if there are none named. */
    public void clear(Caller caller, long objectId, List<String> cellIds) {
        database.change(tx -> {
            Document document = text.document(tx, objectId);
            tree.edited(tx, caller, objectId, document.language());
            for (NotebookCell cell : store.cells(tx.sql(), objectId)) {
                Optional<CellRun> run = runs.find(tx.sql(), objectId, cell.id());
                boolean busy = run.filter(found -> !found.state().ended()).isPresent();
                if (!busy && (cellIds.isEmpty() || cellIds.contains(cell.id()))) {
                    run.ifPresent(found -> contexts.forget(tx, found.commandIds()));
                    runs.delete(tx, objectId, cell.id());
                    store.update(
                            tx,
                            objectId,
                            cell.carrying(
                                    cell.cell().bare(),
                                    Outputs.withoutOutputs(cell.cell().extra())));
                    log.add(tx, objectId, "clear", cell.id(), DocumentLog.body());
                }
            }
        });
    }

    /**
     * Gives a widget another value; cells that run from now on read it. What the notebook is set to run then is enqueued with it.
     *
     * @return what the caller should know of it: why nothing runs that should, say
     */
    public Optional<String> widget(Caller caller, long objectId, String name, String value) {
        if (value.length() > LONGEST_VALUE) {
            throw PlatformException.invalid("The value of a widget has at most " + LONGEST_VALUE + " characters.");
        }
        return database.write(tx -> {
            tree.requireNotebook(tx, caller, Right.USE, objectId);
            Document document = text.document(tx, objectId);
            if (document.widgets().stream().noneMatch(widget -> widget.name().equals(name))) {
                throw PlatformException.notFound("The notebook has no widget " + name + ".");
            }
            store.widgets(
                    tx,
                    objectId,
                    document.widgets().stream()
                            .map(widget -> widget.name().equals(name) ? widget.with(ChangeSet.stored(value)) : widget)
                            .toList());
            Document now = text.document(tx, objectId);
            // The same value again, from another tab or by another way, is no reason to run.
            if (now.widgets().equals(document.widgets())) {
                return Optional.empty();
            }
            log.add(tx, objectId, "widgets", "", Views.widgets(now));
            contexts.assign(tx, now.contextId(), values(now));
            return runReaders(tx, caller, now, name);
        });
    }

    private Optional<String> runReaders(Tx tx, Caller caller, Document document, String widget) {
        long objectId = document.objectId();
        if (document.onWidgetChange() == OnWidgetChange.NOTHING) {
            return Optional.empty();
        }
        WidgetReading reading = new WidgetReading(widget);
        List<String> readers = store.cells(tx.sql(), objectId).stream()
                .filter(cell -> reading.in(cell.cell(), document.language()))
                .map(NotebookCell::id)
                .toList();
        boolean all = document.onWidgetChange() == OnWidgetChange.NOTEBOOK;
        if (readers.isEmpty() && !all) {
            return Optional.empty();
        }
        if (!document.attached()) {
            return Optional.of("Nothing runs by the change: the notebook is not attached to a cluster.");
        }
        if (!mayRun(caller, document)) {
            return Optional.of("Nothing runs by the change: the notebook is attached as "
                    + document.runner().name() + ", who runs its cells.");
        }
        if (document.contextId().isEmpty()) {
            return Optional.of(
                    "Nothing runs by the change: no cell has run since the notebook was attached or lost its variables.");
        }
        boolean running = runs.active(tx.sql(), objectId).stream()
                .anyMatch(run -> run.state() == CellRunState.RUNNING && readers.contains(run.cellId()));
        if (all) {
            enqueueAll(tx, caller, document);
        } else {
            enqueue(tx, caller, document, readers);
        }
        return running
                ? Optional.of("A cell that reads it was running, perhaps with the old value.")
                : Optional.empty();
    }

    /** What runs from now on when a widget gets another value. */
    public void onWidgetChange(Caller caller, long objectId, OnWidgetChange wanted) {
        database.change(tx -> {
            tree.requireNotebook(tx, caller, Right.EDIT, objectId);
            text.document(tx, objectId);
            store.onWidgetChange(tx, objectId, wanted);
            log.add(tx, objectId, "widgets", "", Views.widgets(text.document(tx, objectId)));
        });
    }

    static Map<String, String> values(Document document) {
        Map<String, String> values = new LinkedHashMap<>();
        document.widgets().forEach(widget -> values.put(widget.name(), widget.value()));
        return values;
    }

    /** The context that answers questions about code; empty while there is none. */
    Optional<Document> withContext(Caller caller, long objectId) {
        tree.byId(caller, objectId);
        return database.read(handle -> store.document(handle, objectId))
                .filter(document -> !document.contextId().isEmpty());
    }
}
