package io.slipway.wire.databricks.catalog;

import io.slipway.catalog.Metastore;
import io.slipway.catalog.Table;
import io.slipway.catalog.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Unity Catalog 2.1, {@code TableInfo}. */
record TableInfo(
        String name,
        String catalogName,
        String schemaName,
        String fullName,
        String tableId,
        TableType tableType,
        String securableType,
        String securableKind,
        boolean browseOnly,
        Optional<String> dataSourceFormat,
        List<ColumnInfo> columns,
        Optional<String> storageLocation,
        Optional<String> comment,
        Map<String, String> properties,
        Optional<String> viewDefinition,
        String owner,
        String metastoreId,
        long createdAt,
        String createdBy,
        long updatedAt,
        String updatedBy) {
    static TableInfo of(Table table, Metastore metastore) {
        return of(table, metastore, true, true);
    }

    static TableInfo of(Table table, Metastore metastore, boolean withColumns, boolean withProperties) {
        return new TableInfo(
                table.name(),
                table.catalogName(),
                table.schemaName(),
                table.fullName(),
                table.id(),
                table.type(),
                "TABLE",
                kind(table),
                false,
                table.format(),
                withColumns ? table.columns().stream().map(ColumnInfo::of).toList() : List.of(),
                table.storageLocation(),
                table.comment(),
                withProperties ? table.properties() : Map.of(),
                table.viewDefinition(),
                table.owner().name(),
                metastore.id(),
                table.audit().createdAt(),
                table.audit().createdBy().name(),
                table.audit().updatedAt(),
                table.audit().updatedBy().name());
    }

    private static String kind(Table table) {
        boolean delta = table.format().filter("DELTA"::equals).isPresent();
        return switch (table.type()) {
            case VIEW -> "TABLE_VIEW";
            case MANAGED -> delta ? "TABLE_DELTA" : "TABLE_STANDARD";
            case EXTERNAL -> delta ? "TABLE_DELTA_EXTERNAL" : "TABLE_EXTERNAL";
        };
    }
}
