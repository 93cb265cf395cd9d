package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.types.StructType;

/**
 * {@code information_schema}: what a catalog knows as tables, for {@code system} what all of them know. What the user may not
 * see is not in it, as everywhere.
 */
final class InformationSchema {
    static final String NAME = "information_schema";

    private static final String TABLE_NAME = "table_catalog string, table_schema string, table_name string, ";
    private static final String MADE =
            "created timestamp, created_by string, last_altered timestamp, last_altered_by string";
    private static final Map<String, String> TABLES = new TreeMap<>(Map.of(
            "information_schema_catalog_name", "catalog_name string",
            "catalogs", "catalog_name string, catalog_owner string, comment string, " + MADE,
            "schemata", "catalog_name string, schema_name string, schema_owner string, comment string, " + MADE,
            "tables",
                    TABLE_NAME
                            + "table_type string, is_insertable_into string, commit_action string, table_owner string, "
                            + "comment string, " + MADE + ", data_source_format string, storage_path string",
            "views",
                    TABLE_NAME + "view_definition string, check_option string, is_updatable string, "
                            + "is_insertable_into string",
            "columns",
                    TABLE_NAME + "column_name string, ordinal_position int, column_default string, is_nullable string, "
                            + "full_data_type string, data_type string, partition_ordinal_position int, comment string",
            "table_constraints",
                    "constraint_catalog string, constraint_schema string, constraint_name string, " + TABLE_NAME
                            + "constraint_type string, is_deferrable string, initially_deferred string, enforced string",
            "key_column_usage",
                    "constraint_catalog string, constraint_schema string, constraint_name string, " + TABLE_NAME
                            + "column_name string, ordinal_position int"));

    private final CatalogSessions.Entry session;
    private final String catalog;

    InformationSchema(CatalogSessions.Entry session, String catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    static boolean has(String[] namespace) {
        return namespace.length == 1 && namespace[0].equalsIgnoreCase(NAME);
    }

    static Identifier[] tables(String[] namespace) {
        return TABLES.keySet().stream()
                .map(name -> Identifier.of(namespace, name))
                .toArray(Identifier[]::new);
    }

    Table table(Identifier id) throws NoSuchTableException {
        String name = id.name().toLowerCase(Locale.ROOT);
        String columns = TABLES.get(name);
        if (columns == null) {
            throw new NoSuchTableException(id);
        }
        return new RowsTable(catalog + "." + NAME + "." + name, StructType.fromDDL(columns), () -> {
            var rows = new ArrayList<Object[]>();
            collect(name, rows::add);
            return rows;
        });
    }

    private List<JsonNode> catalogs() {
        return catalog.equals(SessionCatalogs.SYSTEM)
                ? session.rest().catalogs()
                : List.of(session.rest().catalog(catalog));
    }

    private void collect(String name, Consumer<Object[]> rows) {
        if (name.equals("information_schema_catalog_name")) {
            rows.accept(new Object[] {catalog});
            return;
        }
        for (JsonNode each : catalogs()) {
            String its = each.path("name").asText();
            if (name.equals("catalogs")) {
                rows.accept(join(new Object[] {its, text(each, "owner"), text(each, "comment")}, made(each)));
                continue;
            }
            var rest = new CatalogRest(session, its);
            for (JsonNode schema : rest.schemas()) {
                String schemaName = schema.path("name").asText();
                if (name.equals("schemata")) {
                    rows.accept(join(
                            new Object[] {its, schemaName, text(schema, "owner"), text(schema, "comment")},
                            made(schema)));
                } else {
                    rest.tables(schemaName)
                            .forEach(table -> ofTable(
                                    name,
                                    table,
                                    new Object[] {
                                        its, schemaName, table.path("name").asText()
                                    },
                                    rows));
                }
            }
            if (name.equals("schemata")) {
                rows.accept(join(new Object[] {its, NAME, "System user", null}, made(each)));
            }
        }
    }

    private static void ofTable(String name, JsonNode table, Object[] full, Consumer<Object[]> rows) {
        boolean view = Metastore.isView(table);
        switch (name) {
            case "tables" ->
                rows.accept(join(
                        join(full, new Object[] {
                            table.path("table_type").asText(),
                            view ? "NO" : "YES",
                            "PRESERVE",
                            text(table, "owner"),
                            text(table, "comment")
                        }),
                        join(
                                made(table),
                                new Object[] {text(table, "data_source_format"), text(table, "storage_location")})));
            case "views" -> {
                if (view) {
                    rows.accept(join(full, new Object[] {text(table, "view_definition"), "NONE", "NO", "NO"}));
                }
            }
            case "columns" -> table.path("columns").forEach(column -> rows.accept(join(full, column(column))));
            default -> constraints(name, table, full, rows);
        }
    }

    private static Object[] column(JsonNode column) {
        return new Object[] {
            column.path("name").asText(),
            column.path("position").asInt(),
            null,
            column.path("nullable").asBoolean(true) ? "YES" : "NO",
            text(column, "type_text"),
            text(column, "type_name"),
            column.hasNonNull("partition_index")
                    ? column.path("partition_index").asInt() + 1
                    : null,
            text(column, "comment")
        };
    }

    private static void constraints(String name, JsonNode table, Object[] full, Consumer<Object[]> rows) {
        V1Tables.properties(table).forEach((key, text) -> {
            Optional<Key> constraint = Key.of(key, text);
            if (constraint.isEmpty()) {
                return;
            }
            Object[] names =
                    join(new Object[] {full[0], full[1], constraint.get().name()}, full);
            if (name.equals("table_constraints")) {
                rows.accept(join(names, new Object[] {
                    constraint.get().type(), "YES", "YES", constraint.get().enforced()
                }));
                return;
            }
            int position = 1;
            for (String column : constraint.get().columns()) {
                rows.accept(join(names, new Object[] {column, position++}));
            }
        });
    }

    /** A constraint among the properties of a table, as SQL writes it there. */
    private record Key(String name, String type, List<String> columns, String enforced) {
        static Optional<Key> of(String property, String text) {
            if (property.startsWith("delta.constraints.")) {
                return Optional.of(
                        new Key(property.substring("delta.constraints.".length()), "CHECK", List.of(), "YES"));
            }
            if (!property.startsWith(KEYS)) {
                return Optional.empty();
            }
            String list = text.substring(text.indexOf('(') + 1, text.indexOf(')'));
            var columns = new ArrayList<String>();
            for (String column : list.split(",")) {
                columns.add(column.strip().replaceFirst(" .*", "").replace("`", ""));
            }
            String type = text.startsWith("PRIMARY") ? "PRIMARY KEY" : "FOREIGN KEY";
            return Optional.of(new Key(property.substring(KEYS.length()), type, columns, "NO"));
        }

        private static final String KEYS = "slipway.constraint.";
    }

    private static Object[] made(JsonNode thing) {
        return new Object[] {
            micros(thing, "created_at"),
            text(thing, "created_by"),
            micros(thing, "updated_at"),
            text(thing, "updated_by")
        };
    }

    private static Object micros(JsonNode thing, String field) {
        return thing.hasNonNull(field) ? thing.path(field).asLong() * 1000 : null;
    }

    private static Object text(JsonNode thing, String field) {
        return thing.hasNonNull(field) ? thing.path(field).asText() : null;
    }

    private static Object[] join(Object[] first, Object[] second) {
        var all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
