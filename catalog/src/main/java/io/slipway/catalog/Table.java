package io.slipway.catalog;

import io.slipway.identity.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table or view.
 *
 * @param format upper case, such as {@code DELTA}; empty for views
 * @param storageLocation URI; empty for views
 */
public record Table(
        String id,
        String catalogName,
        String schemaName,
        String name,
        TableType type,
        Optional<String> format,
        Optional<String> storageLocation,
        List<Column> columns,
        Optional<String> comment,
        Map<String, String> properties,
        Optional<String> viewDefinition,
        Principal owner,
        Audit audit) {
    public Table {
        columns = List.copyOf(columns);
        properties = Map.copyOf(properties);
    }

    public String fullName() {
        return catalogName + "." + schemaName + "." + name;
    }

    /** What a creation asks for. */
    public record Spec(
            String catalogName,
            String schemaName,
            String name,
            TableType type,
            Optional<String> format,
            Optional<String> storageLocation,
            List<Column> columns,
            Optional<String> comment,
            Map<String, String> properties,
            Optional<String> viewDefinition) {}

    /** What to change; empty = leave as it is. Columns and properties replace all of them. */
    public record Change(
            Optional<String> newName,
            Optional<List<Column>> columns,
            Optional<Map<String, String>> properties,
            Optional<String> comment,
            Optional<String> viewDefinition,
            Optional<String> owner) {}

    /** One line of an overview. */
    public record Summary(String fullName, TableType type) {}
}
