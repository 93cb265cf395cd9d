package io.slipway.catalog;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to catalogs, schemas and tables; the event log keeps the whole row as it is after that. */
public sealed interface CatalogFact extends Fact {
    Object row();

    @Override
    default Object body() {
        return row();
    }

    record Created(Ref subject, Object row) implements CatalogFact {}

    record Changed(Ref subject, Object row) implements CatalogFact {}

    record Deleted(Ref subject, Object row) implements CatalogFact {}

    /** A place was given out for a table that will be created. */
    record Staged(Ref subject, Object row) implements CatalogFact {}
}
