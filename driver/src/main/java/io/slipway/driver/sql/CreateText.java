package io.slipway.driver.sql;

import io.unitycatalog.slipway.SessionCatalogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;

/** The statement that makes a table of a catalog as it is now. */
final class CreateText {
    private static final List<String> NOT_WRITTEN = List.of(
            "provider", "location", "owner", "comment", "external", "is_managed_location", "Type", "table_type");

    private CreateText() {}

    static String of(SparkSession session, String name) throws AnalysisException {
        var known = session.catalog().getTable(CurrentNames.full(name));
        String full = quoted(known.catalog()) + "." + quoted(known.namespace()[0]) + "." + quoted(known.name());
        boolean managed = "MANAGED".equals(known.tableType());
        return text(session, known, "CREATE TABLE " + full, "", !managed, Map.of());
    }

    /**
     * The statement that makes another table with the same columns.
     *
     * @param beginning the statement up to the name of the new table
     * @param format of the new table; empty: the same
     * @param properties of the new table, besides those of the old one
     */
    static String like(
            SparkSession session, String name, String beginning, String format, Map<String, String> properties)
            throws AnalysisException {
        return text(session, session.catalog().getTable(CurrentNames.full(name)), beginning, format, false, properties);
    }

    private static String text(
            SparkSession session,
            org.apache.spark.sql.catalog.Table known,
            String beginning,
            String format,
            boolean placed,
            Map<String, String> more) {
        Table table = load(session, known.catalog(), known.namespace(), known.name());
        Map<String, String> properties = new TreeMap<>(table.properties());
        properties.putAll(more);
        if (!format.isEmpty()) {
            properties.put("provider", format);
        }
        var columns = new ArrayList<String>();
        for (Column column : table.columns()) {
            columns.add("  " + column(table, column));
        }
        properties.forEach((key, value) -> {
            if (key.startsWith(Constraints.KEY)) {
                columns.add("  CONSTRAINT " + quoted(key.substring(Constraints.KEY.length())) + " " + value);
            }
        });
        var text = new StringBuilder(beginning).append(" (\n");
        text.append(String.join(",\n", columns)).append(")\n");
        text.append("USING ")
                .append(properties.getOrDefault("provider", "delta"))
                .append('\n');
        var options = new TreeMap<String, String>();
        var written = new TreeMap<String, String>();
        properties.forEach((key, value) -> {
            if (key.startsWith("option.")) {
                options.put(key.substring("option.".length()), value);
            } else if (!NOT_WRITTEN.contains(key) && !key.startsWith(Constraints.KEY)) {
                written.put(key, value);
            }
        });
        options.keySet().forEach(written::remove);
        if (!options.isEmpty()) {
            text.append("OPTIONS (\n  ").append(list(options)).append(")\n");
        }
        text.append(partitions(table.partitioning()));
        if (properties.containsKey("comment")) {
            text.append("COMMENT ")
                    .append(Constraints.quoted(properties.get("comment")))
                    .append('\n');
        }
        if (placed && properties.containsKey("location")) {
            text.append("LOCATION ")
                    .append(Constraints.quoted(properties.get("location")))
                    .append('\n');
        }
        if (!written.isEmpty()) {
            text.append("TBLPROPERTIES (\n  ").append(list(written)).append(")\n");
        }
        return text.toString();
    }

    private static String list(Map<String, String> properties) {
        return Constraints.listed(properties).replace("', '", "',\n  '");
    }

    private static Table load(SparkSession session, String catalog, String[] namespace, String name) {
        try {
            return ((TableCatalog) SessionCatalogs.plugin(session, catalog)).loadTable(Identifier.of(namespace, name));
        } catch (NoSuchTableException e) {
            throw new SqlRefusal("TABLE_OR_VIEW_NOT_FOUND", name + " was dropped meanwhile");
        }
    }

    /** What Delta keeps of a column in its log, which it does not show otherwise. */
    private static Metadata notes(Table table, String column) {
        try {
            Object snapshot = table.getClass().getMethod("initialSnapshot").invoke(table);
            Object metadata = snapshot.getClass().getMethod("metadata").invoke(snapshot);
            var schema = (StructType) metadata.getClass().getMethod("schema").invoke(metadata);
            return schema.apply(column).metadata();
        } catch (ReflectiveOperationException | IllegalArgumentException none) {
            return Metadata.empty();
        }
    }

    private static String column(Table table, Column column) {
        Metadata notes = notes(table, column.name());
        var text = new StringBuilder(quoted(column.name()))
                .append(' ')
                .append(column.dataType().sql());
        if (!column.nullable()) {
            text.append(" NOT NULL");
        }
        if (notes.contains("CURRENT_DEFAULT")) {
            text.append(" DEFAULT ").append(notes.getString("CURRENT_DEFAULT"));
        }
        if (notes.contains("delta.generationExpression")) {
            text.append(" GENERATED ALWAYS AS (")
                    .append(notes.getString("delta.generationExpression"))
                    .append(')');
        }
        if (notes.contains("delta.identity.start")) {
            text.append(" GENERATED ")
                    .append(notes.getBoolean("delta.identity.allowExplicitInsert") ? "BY DEFAULT" : "ALWAYS")
                    .append(" AS IDENTITY (START WITH ")
                    .append(notes.getLong("delta.identity.start"))
                    .append(" INCREMENT BY ")
                    .append(notes.getLong("delta.identity.step"))
                    .append(')');
        }
        if (column.comment() != null) {
            text.append(" COMMENT ").append(Constraints.quoted(column.comment()));
        }
        return text.toString();
    }

    private static String partitions(Transform[] transforms) {
        var names = new ArrayList<String>();
        boolean clustered = false;
        for (Transform transform : transforms) {
            clustered |= transform.name().equals("cluster_by");
            for (var reference : transform.references()) {
                names.add(String.join(".", reference.fieldNames()));
            }
        }
        return names.isEmpty()
                ? ""
                : (clustered ? "CLUSTER BY (" : "PARTITIONED BY (") + String.join(", ", names) + ")\n";
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z_]\\w*") ? name : "`" + name.replace("`", "``") + "`";
    }
}
