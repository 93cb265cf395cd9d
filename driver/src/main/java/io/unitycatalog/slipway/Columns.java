package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.util.CharVarcharUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns on the wire (ColumnInfo of the Unity Catalog API) and in Spark. */
final class Columns {
    private Columns() {}

    static ArrayNode toWire(StructType schema, List<String> partitionColumns) {
        ArrayNode columns = CatalogRest.object().arrayNode();
        // Delta keeps char and varchar as strings with a note of the length.
        for (StructField field : CharVarcharUtils.getRawSchema(schema).fields()) {
            ObjectNode column = columns.addObject()
                    .put("name", field.name())
                    .put("type_text", field.dataType().catalogString())
                    // As Databricks writes it: the whole field, with nullability and metadata.
                    .put("type_json", fieldJson(field))
                    .put("type_name", typeName(field.dataType()))
                    .put("position", columns.size() - 1)
                    .put("nullable", field.nullable());
            if (field.getComment().isDefined()) {
                column.put("comment", field.getComment().get());
            }
            int partition = partitionColumns.indexOf(field.name());
            if (partition >= 0) {
                column.put("partition_index", partition);
            }
        }
        return columns;
    }

    private static String fieldJson(StructField field) {
        String struct = new StructType(new StructField[] {field}).json();
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(struct)
                    .path("fields")
                    .path(0)
                    .toString();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static StructType toSpark(JsonNode table) {
        var schema = new StructType();
        for (JsonNode column : sorted(table, "position")) {
            schema = schema.add(field(column));
        }
        return schema;
    }

    private static StructField field(JsonNode column) {
        String name = column.path("name").asText();
        String json = column.path("type_json").asText("").strip();
        StructField field;
        if (json.startsWith("{") && json.contains("\"name\"") && json.contains("\"nullable\"")) {
            field = ((StructType) DataType.fromJson("{\"type\":\"struct\",\"fields\":[" + json + "]}")).fields()[0];
        } else {
            DataType type =
                    json.isEmpty() ? DataType.fromDDL(column.path("type_text").asText()) : DataType.fromJson(json);
            field = new StructField(
                    name, type, column.path("nullable").asBoolean(true), org.apache.spark.sql.types.Metadata.empty());
        }
        return column.hasNonNull("comment")
                ? field.withComment(column.path("comment").asText())
                : field;
    }

    static List<String> partitions(JsonNode table) {
        var names = new ArrayList<String>();
        for (JsonNode column : sorted(table, "partition_index")) {
            if (column.hasNonNull("partition_index")) {
                names.add(column.path("name").asText());
            }
        }
        return names;
    }

    private static List<JsonNode> sorted(JsonNode table, String by) {
        var columns = new ArrayList<JsonNode>();
        table.path("columns").forEach(columns::add);
        columns.sort(Comparator.comparingInt(column -> column.path(by).asInt()));
        return columns;
    }

    private static String typeName(DataType type) {
        String name = type.typeName().toUpperCase(Locale.ROOT);
        if (name.startsWith("DECIMAL")) {
            return "DECIMAL";
        }
        if (name.startsWith("INTERVAL")) {
            return "INTERVAL";
        }
        return switch (name) {
            case "INTEGER" -> "INT";
            case "VOID" -> "NULL";
            default -> name.replaceFirst("\\(.*", "").replaceFirst(" .*", "");
        };
    }
}
