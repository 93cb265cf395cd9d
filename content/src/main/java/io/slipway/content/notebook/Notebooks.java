package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.content.notebook.DocumentText.Hand;
import io.slipway.content.notebook.DocumentText.Wanted;
import io.slipway.content.tree.Cell;
import io.slipway.content.tree.CellLanguage;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.Notebook;
import io.slipway.content.tree.ObjectType;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeObject;
import io.slipway.identity.Caller;
import io.slipway.identity.Right;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.spark.kernel.Contexts;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The door to open notebooks: their text and revisions. Who may see a notebook may watch it, who may change the workspace object may
 * edit it; both are asked of the workspace.
 */
public final class Notebooks {
    private static final Pattern CELL_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int LONGEST_TITLE = 1_000;
    private static final int LONGEST_COMMENT = 1_000;

    private final Database database;
    private final Clock clock;
    private final Tree tree;
    private final Contexts contexts;
    private final DocumentText text;
    private final NotebookStore store = new NotebookStore();
    private final CellRunStore runs = new CellRunStore();
    private final LogStore log = new LogStore();
    private final RevisionStore revisions = new RevisionStore();

    public Notebooks(Base base, Tree tree, Contexts contexts, OpenDocuments open) {
        this.database = base.database();
        this.clock = base.clock();
        this.tree = tree;
        this.contexts = contexts;
        this.text = open.text();
    }

    /** Ids of the notebooks that are attached to a cluster, also of those that the caller does not see. */
    public List<Long> attachedTo(String clusterId) {
        return database.read(handle -> store.attachedTo(handle, clusterId));
    }

    /** The notebook with this path or object id, opened if nobody has done so yet. */
    public TreeObject open(Caller caller, String idOrPath) {
        TreeObject object =
                idOrPath.startsWith("/") ? tree.status(caller, idOrPath) : tree.byId(caller, number(idOrPath));
        if (object.type() != ObjectType.NOTEBOOK) {
            throw PlatformException.invalid("Path (" + object.path() + ") is not a notebook.");
        }
        if (database.read(handle -> store.document(handle, object.id())).isEmpty()) {
            database.change(tx -> begin(tx, object));
        }
        return object;
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "A notebook is named by its path or object id, not " + id, e);
        }
    }

    private void begin(Tx tx, TreeObject object) {
        long objectId = object.id();
        if (store.document(tx.sql(), objectId).isPresent()) {
            return;
        }
        Notebook stored = tree.stored(tx, objectId);
        store.insert(tx, Document.opened(object, stored, clock.millis()));
        int position = 0;
        for (Cell cell : stored.cells()) {
            store.insert(tx, objectId, text.fresh(cell), position++);
        }
    }

    /** What {@code caller} may do with the notebook. */
    public Set<Right> rights(Caller caller, long objectId) {
        return tree.rights(caller, tree.byId(caller, objectId));
    }

    /**
     * A question about a cell, for {@link Suggestions}.
     *
     * @param content what the client has in the cell; empty = what the server has
     */
    public Suggestions.Question question(
            Caller caller, long objectId, String cellId, Optional<String> content, int cursor) {
        tree.byId(caller, objectId);
        return database.write(tx -> new Suggestions.Question(
                text.document(tx, objectId).language(),
                content.orElseGet(() -> text.cell(tx, objectId, cellId).cell().text()),
                cursor));
    }

    /** Tells apart two documents of objects that come after one another: their logs have nothing in common. */
    public String epoch(long objectId) {
        return objectId + "-"
                + database.read(handle -> store.document(handle, objectId))
                        .map(Document::openedAt)
                        .orElse(0L);
    }

    /** What became of a push. */
    public sealed interface Pushed {
        /** It was applied; the cell is at {@code version} now. */
        record Accepted(long version) implements Pushed {}

        /**
         * It was made against an older text.
         *
         * @param changes what happened since that text; empty if that is not known any more
         * @param text the present one
         */
        record Behind(long version, Optional<List<Missed>> changes, String text) implements Pushed {}
    }

    /** Changes that a client has not seen; {@code version} is that of the text they were applied to. */
    public record Missed(long version, JsonNode body) {}

    /**
     * Changes the text of a cell, if {@code version} is the present one.
     *
     * @param client names the browser tab, so that it knows its own changes when it hears of them
     */
    public Pushed push(
            Caller caller, long objectId, String client, String cellId, long version, List<ChangeSet> changes) {
        return database.write(tx -> {
            Document document = edit(tx, caller, objectId);
            NotebookCell cell = text.cell(tx, objectId, cellId);
            if (cell.version() != version) {
                return behind(tx, objectId, cell, version);
            }
            NotebookCell changed = text.change(tx, new Hand(caller, client), objectId, cell, changes);
            tree.edited(tx, caller, objectId, document.language());
            return new Pushed.Accepted(changed.version());
        });
    }

    private Pushed behind(Tx tx, long objectId, NotebookCell cell, long version) {
        List<Missed> missed = log.changes(tx.sql(), objectId, cell.id(), version).stream()
                .map(entry -> new Missed(entry.version(), entry.body()))
                .toList();
        boolean whole = !missed.isEmpty() && missed.get(0).version() == version;
        return new Pushed.Behind(
                cell.version(),
                whole ? Optional.of(missed) : Optional.empty(),
                cell.cell().text());
    }

    private Document edit(Tx tx, Caller caller, long objectId) {
        tree.requireNotebook(tx, caller, Right.EDIT, objectId);
        Document document = text.document(tx, objectId);
        store.edited(tx, objectId, caller.id(), clock.millis());
        return document;
    }

    private void change(Caller caller, long objectId, EditStep step) {
        database.change(tx -> {
            Document document = edit(tx, caller, objectId);
            step.take(tx, document);
            tree.edited(tx, caller, objectId, text.document(tx, objectId).language());
        });
    }

    private interface EditStep {
        void take(Tx tx, Document document);
    }

    /** A new cell below {@code after}, or at the top if that is empty; doing it twice with one id makes one cell. */
    public void insert(Caller caller, long objectId, String client, String cellId, String after, String content) {
        insert(caller, objectId, client, cellId, after, content, JsonNodeFactory.instance.arrayNode());
    }

    /** As {@link #insert}, with what stood below a cell that was cut or deleted: it comes back as if it had come with a file. */
    public void insert(
            Caller caller,
            long objectId,
            String client,
            String cellId,
            String after,
            String content,
            ArrayNode outputs) {
        if (!CELL_ID.matcher(cellId).matches()) {
            throw PlatformException.invalid("A cell's id has 1 to 64 letters, digits and dashes.");
        }
        change(caller, objectId, (tx, document) -> {
            if (store.cell(tx.sql(), objectId, cellId).isEmpty()) {
                String extra = outputs.isEmpty() ? "" : Outputs.withOutputs("", outputs);
                NotebookCell cell = NotebookCell.fresh(cellId, new Cell(ChangeSet.stored(content)))
                        .carrying(false, extra);
                text.insert(tx, new Hand(caller, client), document, cell, after);
            }
        });
    }

    public void delete(Caller caller, long objectId, String client, String cellId) {
        onCell(caller, objectId, cellId, (tx, cell) -> {
            Optional<CellRun> run = runs.find(tx.sql(), objectId, cellId);
            if (run.filter(found -> found.state() == CellRunState.RUNNING).isPresent()) {
                throw PlatformException.invalidState("The cell is running. Interrupt it before you delete it.");
            }
            run.ifPresent(found -> contexts.forget(tx, found.commandIds()));
            text.delete(tx, new Hand(caller, client), objectId, cell);
        });
    }

    private void onCell(Caller caller, long objectId, String cellId, CellStep step) {
        change(caller, objectId, (tx, document) -> step.take(tx, text.cell(tx, objectId, cellId)));
    }

    private interface CellStep {
        void take(Tx tx, NotebookCell cell);
    }

    public void move(Caller caller, long objectId, String client, String cellId, String after) {
        if (cellId.equals(after)) {
            throw PlatformException.invalid("A cell cannot stand below itself.");
        }
        onCell(caller, objectId, cellId, (tx, cell) -> text.move(tx, new Hand(caller, client), objectId, cell, after));
    }

    public void title(Caller caller, long objectId, String client, String cellId, String title, boolean shown) {
        if (title.length() > LONGEST_TITLE || title.chars().anyMatch(Character::isISOControl)) {
            throw PlatformException.invalid("A title is one line of at most " + LONGEST_TITLE + " characters.");
        }
        onCell(
                caller,
                objectId,
                cellId,
                (tx, cell) -> text.title(tx, new Hand(caller, client), objectId, cell, ChangeSet.stored(title), shown));
    }

    /** Folds the code or the output of a cell away, or unfolds it. */
    public void collapse(Caller caller, long objectId, String client, String cellId, boolean code, boolean result) {
        onCell(
                caller,
                objectId,
                cellId,
                (tx, cell) -> text.fold(tx, new Hand(caller, client), objectId, cell, code, result));
    }

    /** Keeps how the results of a cell were arranged; {@code views} is a JSON object of at most 1 MB that the server does not look into. */
    public void views(Caller caller, long objectId, String client, String cellId, JsonNode views) {
        if (!views.isObject()) {
            throw PlatformException.invalid("Views of a cell are one JSON object.");
        }
        onCell(caller, objectId, cellId, (tx, cell) -> text.views(tx, new Hand(caller, client), objectId, cell, views));
    }

    /** @param word as behind a {@code %}: python, sql, scala, r, md, sh, fs, run, pip */
    public void language(Caller caller, long objectId, String client, String cellId, String word) {
        CellLanguage wanted = CellLanguage.ofMagic(word)
                .orElseThrow(() -> PlatformException.invalid("There are no cells of language " + word + "."));
        change(caller, objectId, (tx, document) -> {
            NotebookCell cell = text.cell(tx, objectId, cellId);
            if (cell.cell().language(document.language()) != wanted) {
                text.text(
                        tx,
                        new Hand(caller, client),
                        objectId,
                        cell,
                        cell.cell().textIn(wanted, document.language()));
            }
        });
    }

    public void notebookLanguage(Caller caller, long objectId, String client, String word) {
        Language wanted = Language.ofWord(word)
                .orElseThrow(() -> PlatformException.invalid("There are no notebooks of language " + word + "."));
        change(caller, objectId, (tx, document) -> {
            if (document.language() != wanted) {
                text.language(tx, new Hand(caller, client), document, wanted);
            }
        });
    }

    /** Keeps the present text as a revision, also if it is the last one's but there is a comment; 0 = nothing new. */
    public long save(Caller caller, long objectId, String comment) {
        if (comment.length() > LONGEST_COMMENT) {
            throw PlatformException.invalid("A comment has at most " + LONGEST_COMMENT + " characters.");
        }
        return database.write(tx -> {
            tree.requireNotebook(tx, caller, Right.EDIT, objectId);
            Document document = text.document(tx, objectId);
            return text.keep(tx, caller.principal(), document, "save", ChangeSet.stored(comment))
                    .orElse(0L);
        });
    }

    /** Newest first. */
    public List<Revision> revisions(Caller caller, long objectId) {
        tree.byId(caller, objectId);
        return database.read(handle -> revisions.list(handle, objectId));
    }

    public Revision.Content revision(Caller caller, long objectId, long number) {
        tree.byId(caller, objectId);
        return database.read(handle -> revisions.content(handle, objectId, number))
                .orElseThrow(() -> PlatformException.notFound("There is no revision " + number + "."));
    }

    /**
     * Forgets at most so many revisions that have {@code kept} newer ones of their notebook, for the platform itself; true if there may
     * be more. What somebody saved with a comment stays.
     */
    public boolean forgetRevisions(int kept, int most) {
        return database.write(tx -> {
            List<RevisionStore.Key> old = revisions.beyond(tx.sql(), kept, most);
            revisions.delete(tx, old);
            return old.size() == most;
        });
    }

    /** Makes the text what it was then, as a change for everybody who has the notebook open; what it was before stays a revision. */
    public void restore(Caller caller, long objectId, long number) {
        database.change(tx -> tree.requireNotebook(tx, caller, Right.EDIT, objectId));
        Revision.Content content = revision(caller, objectId, number);
        List<Wanted> wanted = content.cells().stream()
                .map(part ->
                        new Wanted(part.id(), new Cell(part.text(), part.title(), part.titleShown(), part.bare(), "")))
                .toList();
        change(caller, objectId, (tx, document) -> {
            text.keep(tx, caller.principal(), document, "edits", "");
            text.become(tx, Hand.server(caller), document, content.language(), wanted);
            text.keep(tx, caller.principal(), text.document(tx, objectId), "restore", "Revision " + number);
        });
    }
}
