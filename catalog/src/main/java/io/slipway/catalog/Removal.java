package io.slipway.catalog;

import io.slipway.identity.Caller;
import io.slipway.kit.Clock;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.store.Facts;
import io.slipway.store.Tx;

/**
 * Takes things out of the catalog together with what they hold. Files of managed tables are not touched here: their place is
 * noted in the same transaction, and {@link Leftovers} deletes them later, whatever happens in between.
 */
final class Removal {
    private final Facts facts;
    private final Clock clock;
    private final CatalogStore catalogs = new CatalogStore();
    private final SchemaStore schemas = new SchemaStore();
    private final TableStore tables = new TableStore();
    private final LocationStore locations = new LocationStore();

    Removal(Facts facts, Clock clock) {
        this.facts = facts;
        this.clock = clock;
    }

    void catalog(Tx tx, Caller caller, Catalog catalog) {
        schemas.list(tx.sql(), catalog, PageRequest.ALL).forEach(schema -> schema(tx, caller, schema));
        catalogs.delete(tx.sql(), catalog);
        facts.tell(tx, caller.id(), new CatalogFact.Deleted(Ref.ofAccount(Kind.CATALOG, catalog.id()), catalog));
    }

    void schema(Tx tx, Caller caller, Schema schema) {
        tables.list(tx.sql(), schema, PageRequest.ALL).forEach(table -> table(tx, caller, table));
        schemas.delete(tx.sql(), schema);
        facts.tell(tx, caller.id(), new CatalogFact.Deleted(Ref.ofAccount(Kind.SCHEMA, schema.id()), schema));
    }

    void table(Tx tx, Caller caller, Table table) {
        tables.delete(tx.sql(), table);
        if (table.type() == TableType.MANAGED) {
            table.storageLocation()
                    .ifPresent(place -> locations.insertDropped(tx.sql(), place, table.fullName(), clock.millis()));
        }
        facts.tell(tx, caller.id(), new CatalogFact.Deleted(Ref.ofAccount(Kind.TABLE, table.id()), table));
    }
}
