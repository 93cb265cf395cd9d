package io.slipway.platform.catalog;

import io.slipway.kit.Clock;
import io.slipway.platform.identity.Caller;
import io.slipway.store.EventLog;
import io.slipway.store.Tx;

/**
 * Takes things out of the catalog together with what they hold. Files of managed tables are not touched here: their place is
 * noted in the same transaction, and {@link Tables#purgeDropped} deletes them later, whatever happens in between.
 */
final class Removal {
    private final EventLog events;
    private final Clock clock;
    private final CatalogStore catalogs = new CatalogStore();
    private final SchemaStore schemas = new SchemaStore();
    private final TableStore tables = new TableStore();
    private final LocationStore locations = new LocationStore();

    Removal(EventLog events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    void catalog(Tx tx, Caller caller, Catalog catalog) {
        schemas.list(tx.sql(), catalog, PageRequest.ALL).forEach(schema -> schema(tx, caller, schema));
        catalogs.delete(tx.sql(), catalog);
        events.append(tx, caller.userName(), "catalog.deleted", catalog.id(), catalog);
    }

    void schema(Tx tx, Caller caller, Schema schema) {
        tables.list(tx.sql(), schema, PageRequest.ALL).forEach(table -> table(tx, caller, table));
        schemas.delete(tx.sql(), schema);
        events.append(tx, caller.userName(), "schema.deleted", schema.id(), schema);
    }

    void table(Tx tx, Caller caller, Table table) {
        tables.delete(tx.sql(), table);
        if (table.type() == TableType.MANAGED) {
            table.storageLocation()
                    .ifPresent(place -> locations.insertDropped(tx.sql(), place, table.fullName(), clock.millis()));
        }
        events.append(tx, caller.userName(), "table.deleted", table.id(), table);
    }
}
