package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.Kind;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.store.Facts;
import io.slipway.store.Tx;

/** Writes what those who watch a notebook are told, numbered, in the transaction that makes it true. */
final class DocumentLog {
    /** Who comes back after more than this gets the whole notebook. */
    static final int KEPT = 5_000;

    private static final int PRUNED_EVERY = 500;

    private final Facts facts;
    private final NotebookStore documents = new NotebookStore();
    private final LogStore log = new LogStore();

    DocumentLog(Facts facts) {
        this.facts = facts;
    }

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    void add(Tx tx, long objectId, String type, String cellId, JsonNode body) {
        add(tx, objectId, type, cellId, 0, body);
    }

    void add(Tx tx, long objectId, String type, String cellId, long version, JsonNode body) {
        NotebookStore.Numbered next = documents.nextNumber(tx, objectId);
        long number = next.number();
        log.insert(tx, objectId, new LogStore.Entry(number, type, cellId, version, body));
        if (number % PRUNED_EVERY == 0) {
            log.prune(tx, objectId, number - KEPT);
        }
        facts.tell(tx, PrincipalId.SYSTEM, new NotebookFact.News(Ref.of(Kind.NOTEBOOK, next.workspace(), objectId)));
    }

    void cell(Tx tx, long objectId, NotebookCell cell, ObjectNode body) {
        add(tx, objectId, "op", cell.id(), body);
    }

    /** How the last run of a cell stands. */
    void state(Tx tx, CellRun run) {
        add(tx, run.objectId(), "state", run.cellId(), Views.run(run));
    }
}
