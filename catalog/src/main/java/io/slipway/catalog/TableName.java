package io.slipway.catalog;

import java.util.List;

/** A checked {@code catalog.schema.table}. */
record TableName(String catalog, String schema, String table) {
    static TableName of(String catalog, String schema, String table) {
        return new TableName(ObjectName.of(catalog), ObjectName.of(schema), ObjectName.of(table));
    }

    static TableName of(String fullName) {
        List<String> parts = ObjectName.split(fullName, 3, "catalog.schema.table");
        return new TableName(parts.get(0), parts.get(1), parts.get(2));
    }

    @Override
    public String toString() {
        return catalog + "." + schema + "." + table;
    }
}
