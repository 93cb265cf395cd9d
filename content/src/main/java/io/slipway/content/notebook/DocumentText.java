package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.content.tree.Cell;
import io.slipway.content.tree.Language;
import io.slipway.identity.Caller;
import io.slipway.identity.Principal;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Changes of a notebook's cells, each in its rows and in the log at once. Whoever calls has asked whether it is allowed. */
final class DocumentText {
    /** Whose change it is in the log when no client of the document made it. */
    static final String SERVER = "server";

    /** As the workspace limits imports; a notebook that cannot be exported is of no use. */
    private static final int LARGEST = 10 << 20;

    private static final int LARGEST_CELL = 6 << 20;
    private static final int LARGEST_VIEWS = 1 << 20;
    private static final int MOST_CELLS = 10_000;

    private final Clock clock;
    private final Ids ids;
    private final DocumentLog log;
    private final NotebookStore store = new NotebookStore();
    private final RevisionStore revisions = new RevisionStore();

    DocumentText(Clock clock, Ids ids, DocumentLog log) {
        this.clock = clock;
        this.ids = ids;
        this.log = log;
    }

    /** Who changes it. */
    record Hand(Caller caller, String client) {
        static Hand server(Caller caller) {
            return new Hand(caller, SERVER);
        }
    }

    Document document(Tx tx, long objectId) {
        return store.document(tx.sql(), objectId)
                .orElseThrow(() -> PlatformException.notFound("Notebook " + objectId + " is not open."));
    }

    NotebookCell cell(Tx tx, long objectId, String cellId) {
        return store.cell(tx.sql(), objectId, cellId)
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.NOT_FOUND, "Cell " + cellId + " has been deleted.", Map.of("reason", "CellGone")));
    }

    /** Applies changes of a cell's text, one after the other; its version grows by their number. */
    NotebookCell change(Tx tx, Hand by, long objectId, NotebookCell cell, List<ChangeSet> changes) {
        String text = cell.cell().text();
        ObjectNode body = DocumentLog.body();
        body.put("client", by.client());
        body.put("by", by.caller().name());
        ArrayNode list = body.putArray("changes");
        for (ChangeSet change : changes) {
            text = change.apply(text);
            list.add(change.json());
        }
        boolean grows = text.length() > cell.cell().text().length();
        if (text.length() > LARGEST_CELL) {
            throw tooLarge("A cell", LARGEST_CELL);
        }
        NotebookCell changed = cell.text(text, cell.version() + changes.size());
        store.update(tx, objectId, changed);
        if (grows && text.length() - cell.cell().text().length() > 1_000) {
            requireRoom(tx, objectId);
        }
        log.add(tx, objectId, "changes", cell.id(), cell.version(), body);
        return changed;
    }

    private void requireRoom(Tx tx, long objectId) {
        if (store.size(tx.sql(), objectId) > LARGEST) {
            throw tooLarge("A notebook", LARGEST);
        }
    }

    private static PlatformException tooLarge(String what, int limit) {
        return new PlatformException(
                ErrorCode.TOO_LARGE, what + " holds at most " + (limit >> 20) + " MB of text. Keep data in files.");
    }

    /** @param after the cell above; empty = at the top */
    void insert(Tx tx, Hand by, Document document, NotebookCell cell, String after) {
        if (store.count(tx.sql(), document.objectId()) >= MOST_CELLS) {
            throw new PlatformException(
                    ErrorCode.RESOURCE_EXHAUSTED, "A notebook has at most " + MOST_CELLS + " cells.");
        }
        store.insert(tx, document.objectId(), cell, room(tx, document.objectId(), after));
        requireRoom(tx, document.objectId());
        ObjectNode body = op("insert", by).put("after", after);
        body.set("cell", Views.cell(cell, document.language(), Optional.empty()));
        log.cell(tx, document.objectId(), cell, body);
    }

    /** Makes room below a cell; at the end if somebody has just deleted it: what was typed still has a place. */
    private int room(Tx tx, long objectId, String after) {
        int position = after.isEmpty()
                ? 0
                : 1 + store.position(tx.sql(), objectId, after).orElseGet(() -> store.lastPosition(tx.sql(), objectId));
        store.shift(tx, objectId, position);
        return position;
    }

    void delete(Tx tx, Hand by, long objectId, NotebookCell cell) {
        store.delete(tx, objectId, cell.id());
        log.cell(tx, objectId, cell, op("delete", by));
    }

    void move(Tx tx, Hand by, long objectId, NotebookCell cell, String after) {
        store.move(tx, objectId, cell.id(), room(tx, objectId, after));
        log.cell(tx, objectId, cell, op("move", by).put("after", after));
    }

    void title(Tx tx, Hand by, long objectId, NotebookCell cell, String title, boolean shown) {
        store.update(tx, objectId, cell.title(title, shown));
        log.cell(tx, objectId, cell, op("title", by).put("title", title).put("shown", shown));
    }

    void fold(Tx tx, Hand by, long objectId, NotebookCell cell, boolean code, boolean result) {
        store.update(tx, objectId, cell.folded(code, result));
        log.cell(tx, objectId, cell, op("collapse", by).put("code", code).put("result", result));
    }

    void views(Tx tx, Hand by, long objectId, NotebookCell cell, JsonNode views) {
        String written = views.toString();
        if (written.length() > LARGEST_VIEWS) {
            throw tooLarge("How results are shown", LARGEST_VIEWS);
        }
        store.update(tx, objectId, cell.viewed(written));
        ObjectNode body = op("view", by);
        body.set("views", views);
        log.cell(tx, objectId, cell, body);
    }

    /** The notebook's own language; cells keep what they are written in. */
    void language(Tx tx, Hand by, Document document, Language language) {
        for (NotebookCell cell : store.cells(tx.sql(), document.objectId())) {
            if (!cell.cell().hasMagic() && !cell.cell().text().isBlank()) {
                text(
                        tx,
                        by,
                        document.objectId(),
                        cell,
                        "%" + document.language().word() + "\n" + cell.cell().text());
            }
        }
        setLanguage(tx, by, document.objectId(), language);
    }

    private void setLanguage(Tx tx, Hand by, long objectId, Language language) {
        store.language(tx, objectId, language);
        log.add(tx, objectId, "op", "", op("notebookLanguage", by).put("language", language.word()));
    }

    /** Makes the cell's text {@code text} by a change of the server's. */
    void text(Tx tx, Hand by, long objectId, NotebookCell cell, String text) {
        ChangeSet change = ChangeSet.between(cell.cell().text(), text);
        if (!change.empty()) {
            change(tx, new Hand(by.caller(), SERVER), objectId, cell, List.of(change));
        }
    }

    private static ObjectNode op(String name, Hand by) {
        return DocumentLog.body()
                .put("op", name)
                .put("client", by.client())
                .put("by", by.caller().name());
    }

    /** Rows for cells that were read from a file or document. */
    NotebookCell fresh(Cell read) {
        String text = ChangeSet.stored(read.text());
        return NotebookCell.fresh(
                ids.uuid(),
                new Cell(text, ChangeSet.stored(read.title()), read.titleShown(), read.bare(), read.extra()));
    }

    /** Turns what is there into {@code wanted} by the fewest operations; cells that stay keep their ids and their outputs. */
    void become(Tx tx, Hand by, Document document, Language language, List<Wanted> wanted) {
        long objectId = document.objectId();
        if (language != document.language()) {
            setLanguage(tx, by, objectId, language);
        }
        List<NotebookCell> present = store.cells(tx.sql(), objectId);
        List<Optional<NotebookCell>> partners = CellMatching.match(present, wanted);
        Set<String> kept = partners.stream()
                .flatMap(Optional::stream)
                .map(NotebookCell::id)
                .collect(Collectors.toSet());
        present.stream().filter(cell -> !kept.contains(cell.id())).forEach(cell -> delete(tx, by, objectId, cell));
        List<String> order = new ArrayList<>(store.cellIds(tx.sql(), objectId));
        String above = "";
        Document now = document(tx, objectId);
        for (int i = 0; i < wanted.size(); i++) {
            Optional<NotebookCell> partner = partners.get(i);
            if (partner.isEmpty()) {
                NotebookCell cell = fresh(wanted.get(i).cell());
                NotebookCell made = wanted.get(i).id().isEmpty()
                                || order.contains(wanted.get(i).id())
                        ? cell
                        : NotebookCell.fresh(wanted.get(i).id(), cell.cell());
                insert(tx, by, now, made, above);
                order.add(i, made.id());
                above = made.id();
            } else {
                NotebookCell cell = partner.get();
                if (!order.get(i).equals(cell.id())) {
                    move(tx, by, objectId, cell, above);
                    order.remove(cell.id());
                    order.add(i, cell.id());
                }
                alter(tx, by, objectId, cell, wanted.get(i).cell());
                above = cell.id();
            }
        }
    }

    private void alter(Tx tx, Hand by, long objectId, NotebookCell cell, Cell wanted) {
        text(tx, by, objectId, cell, ChangeSet.stored(wanted.text()));
        if (!cell.cell().title().equals(wanted.title()) || cell.cell().titleShown() != wanted.titleShown()) {
            title(tx, by, objectId, this.cell(tx, objectId, cell.id()), wanted.title(), wanted.titleShown());
        }
        NotebookCell now = this.cell(tx, objectId, cell.id());
        if (!wanted.extra().isEmpty() || now.cell().bare() != wanted.bare()) {
            String extra = wanted.extra().isEmpty() ? now.cell().extra() : wanted.extra();
            store.update(tx, objectId, now.carrying(wanted.bare(), extra));
        }
    }

    /** A cell that shall be there; {@code id} empty = whichever fits. */
    record Wanted(String id, Cell cell) {}

    /** Keeps the present text as a revision unless it is the last one; returns its number if one was made. */
    Optional<Long> keep(Tx tx, Principal by, Document document, String reason, String comment) {
        Revision.Content content = new Revision.Content(
                document.language(),
                store.cells(tx.sql(), document.objectId()).stream()
                        .map(Revision.Part::of)
                        .toList());
        store.saved(tx, document.objectId());
        boolean same = revisions
                .last(tx.sql(), document.objectId())
                .filter(content::equals)
                .isPresent();
        if (same && comment.isEmpty()) {
            return Optional.empty();
        }
        long number = revisions.insert(tx, document.objectId(), clock.millis(), by.id(), reason, comment, content);
        ObjectNode body = DocumentLog.body()
                .put("revision", number)
                .put("by", by.name())
                .put("at", clock.millis())
                .put("reason", reason)
                .put("comment", comment);
        log.add(tx, document.objectId(), "saved", "", body);
        return Optional.of(number);
    }
}
