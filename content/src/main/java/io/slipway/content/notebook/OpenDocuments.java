package io.slipway.content.notebook;

import io.slipway.content.notebook.DocumentText.Hand;
import io.slipway.content.notebook.DocumentText.Wanted;
import io.slipway.content.tree.Cell;
import io.slipway.content.tree.Notebook;
import io.slipway.content.tree.OpenNotebooks;
import io.slipway.content.tree.TreeObject;
import io.slipway.identity.Caller;
import io.slipway.kit.Kind;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.store.Base;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What the tree sees of open notebooks: their present text, and a way to write over it without taking it from anybody. */
public final class OpenDocuments implements OpenNotebooks {
    private final DocumentText text;
    private final Facts facts;
    private final NotebookStore store = new NotebookStore();
    private final CellRunStore runs = new CellRunStore();
    private final RunOutputs outputs;

    public OpenDocuments(Base base) {
        facts = base.facts();
        outputs = new RunOutputs(base.database());
        text = new DocumentText(base.clock(), base.ids(), new DocumentLog(facts));
    }

    DocumentText text() {
        return text;
    }

    @Override
    public Optional<Notebook> find(Handle handle, long objectId) {
        return find(handle, objectId, NotebookCell::cell);
    }

    @Override
    public Optional<Notebook> withOutputs(Handle handle, long objectId) {
        Map<String, CellRun> byCell = new HashMap<>();
        runs.of(handle, objectId).forEach(run -> byCell.put(run.cellId(), run));
        return find(
                handle,
                objectId,
                cell -> Optional.ofNullable(byCell.get(cell.id()))
                        .map(run -> outputs.of(run))
                        .map(put -> cell.carrying(
                                cell.cell().bare(),
                                Outputs.withOutputs(cell.cell().extra(), put)))
                        .orElse(cell)
                        .cell());
    }

    private Optional<Notebook> find(Handle handle, long objectId, Function<NotebookCell, Cell> read) {
        return store.document(handle, objectId)
                .map(document -> new Notebook(
                        document.language(),
                        store.cells(handle, objectId).stream().map(read).toList(),
                        document.environment(),
                        document.extra()));
    }

    /** The text that is written over stays in a revision. */
    @Override
    public void replaced(Tx tx, Caller by, long objectId, Notebook notebook) {
        store.document(tx.sql(), objectId).ifPresent(document -> {
            text.keep(tx, by.principal(), document, "overwritten", "");
            List<Wanted> wanted =
                    notebook.cells().stream().map(cell -> new Wanted("", cell)).toList();
            text.become(tx, Hand.server(by), document, notebook.language(), wanted);
            store.carried(tx, objectId, notebook.extra(), notebook.environment());
        });
    }

    @Override
    public void gone(Tx tx, TreeObject object) {
        store.delete(tx, object.id());
        facts.tell(
                tx, PrincipalId.SYSTEM, new NotebookFact.News(Ref.of(Kind.NOTEBOOK, object.workspace(), object.id())));
    }
}
