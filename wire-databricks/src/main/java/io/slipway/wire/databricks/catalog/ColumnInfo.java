package io.slipway.wire.databricks.catalog;

import io.slipway.catalog.Column;
import io.slipway.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Unity Catalog 2.1, {@code ColumnInfo}; on the way in everything but the name may be missing. */
record ColumnInfo(
        Optional<String> name,
        Optional<String> typeText,
        Optional<String> typeJson,
        Optional<String> typeName,
        Optional<Integer> typePrecision,
        Optional<Integer> typeScale,
        Optional<Integer> position,
        Optional<Boolean> nullable,
        Optional<Integer> partitionIndex,
        Optional<String> comment) {
    static ColumnInfo of(Column column) {
        return new ColumnInfo(
                Optional.of(column.name()),
                Optional.of(column.typeText()),
                Optional.of(column.typeJson()),
                Optional.of(column.typeName()),
                column.typePrecision(),
                column.typeScale(),
                Optional.of(column.position()),
                Optional.of(column.nullable()),
                column.partitionIndex(),
                column.comment());
    }

    static List<Column> columns(List<ColumnInfo> sent) {
        List<Column> columns = new ArrayList<>();
        for (ColumnInfo column : sent) {
            columns.add(column.column(columns.size()));
        }
        return columns;
    }

    private Column column(int place) {
        String kind = typeName.orElse("").toUpperCase(Locale.ROOT);
        return new Column(
                Request.require(name, "columns.name"),
                typeText.orElse(kind.toLowerCase(Locale.ROOT)),
                typeJson.orElse(""),
                kind,
                typePrecision,
                typeScale,
                position.orElse(place),
                nullable.orElse(true),
                partitionIndex,
                comment);
    }
}
