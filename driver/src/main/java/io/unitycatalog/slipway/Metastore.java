package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.Option;

/** What the REST catalog knows, as Spark's catalog interface; Delta's catalog stands on top of it and adds the Delta log. */
final class Metastore implements TableCatalog, SupportsNamespaces {
    private static final Set<String> NOT_PROPERTIES = Set.of(
            "location", "provider", "comment", "owner", "external", "is_managed_location", "collation", "table_type");

    /** What stands before the options of a table of files among its properties. */
    static final String OPTION = "option.";

    private final CatalogSessions.Entry session;
    private final CatalogRest rest;
    private final String name;

    Metastore(CatalogSessions.Entry session, String name) {
        this.session = session;
        this.rest = new CatalogRest(session, name);
        this.name = name;
    }

    CatalogRest rest() {
        return rest;
    }

    @Override
    public void initialize(String catalogName, CaseInsensitiveStringMap options) {}

    @Override
    public String name() {
        return name;
    }

    /**
     * The catalog's own answer, table or view. A name that it refuses names no table of it: Delta then takes it for a path, and
     * Spark for a file.
     */
    JsonNode lookUp(Identifier id) throws NoSuchTableException {
        if (id.namespace().length != 1) {
            throw new NoSuchTableException(id);
        }
        try {
            return rest.table(id.namespace()[0], id.name());
        } catch (CatalogFailure e) {
            if (e.missing() || e.malformed()) {
                throw new NoSuchTableException(id);
            }
            throw e;
        }
    }

    static boolean isView(JsonNode table) {
        return "VIEW".equals(table.path("table_type").asText());
    }

    static boolean isDelta(JsonNode table) {
        return "DELTA".equals(table.path("data_source_format").asText());
    }

    @Override
    public Table loadTable(Identifier id) throws NoSuchTableException {
        JsonNode table = lookUp(id);
        if (isView(table)) {
            throw new NoSuchTableException(id);
        }
        String place = table.path("storage_location").asText("");
        if (!place.isEmpty()) {
            session.knows(new Path(place), new CatalogSessions.KnownTable(this, id));
        }
        return V1Tables.of(name, id.namespace()[0], table);
    }

    @Override
    public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
        return list(namespace, false);
    }

    Identifier[] list(String[] namespace, boolean views) throws NoSuchNamespaceException {
        return entries(namespace).stream()
                .filter(table -> isView(table) == views)
                .map(table -> Identifier.of(namespace, table.path("name").asText()))
                .toArray(Identifier[]::new);
    }

    List<JsonNode> entries(String[] namespace) throws NoSuchNamespaceException {
        try {
            return rest.tables(single(namespace));
        } catch (CatalogFailure e) {
            if (e.missing()) {
                throw new NoSuchNamespaceException(namespace);
            }
            throw e;
        }
    }

    @Override
    @SuppressWarnings("deprecation") // What every version since 4.0 calls in the end.
    public Table createTable(Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        return create(id, SparkColumns.struct(columns), partitions, properties);
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public Table createTable(Identifier id, StructType schema, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        return create(id, schema, partitions, properties);
    }

    private Table create(Identifier id, StructType schema, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        boolean managed = "true".equals(properties.get("is_managed_location"));
        ObjectNode request = CatalogRest.object()
                .put("name", id.name())
                .put("catalog_name", name)
                .put("schema_name", single(id.namespace()))
                .put("table_type", managed ? "MANAGED" : "EXTERNAL")
                .put(
                        "data_source_format",
                        properties.getOrDefault("provider", "delta").toUpperCase(Locale.ROOT))
                .put("storage_location", properties.get("location"));
        if (properties.get("comment") != null) {
            request.put("comment", properties.get("comment"));
        }
        request.set("columns", Columns.toWire(schema, SparkColumns.names(partitions)));
        request.set("properties", stored(properties));
        return V1Tables.of(name, id.namespace()[0], post(id, request));
    }

    JsonNode post(Identifier id, ObjectNode request) throws TableAlreadyExistsException, NoSuchNamespaceException {
        try {
            return rest.createTable(request);
        } catch (CatalogFailure e) {
            if (e.exists()) {
                throw new TableAlreadyExistsException(id);
            }
            if (e.missing()) {
                throw new NoSuchNamespaceException(id.namespace());
            }
            throw e;
        }
    }

    private static ObjectNode stored(Map<String, String> properties) {
        ObjectNode stored = CatalogRest.object();
        properties.forEach((key, value) -> {
            // Spark writes each option twice, and the one without the prefix looks like a property; credentials are
            // never kept.
            boolean option = !key.startsWith(OPTION) && properties.containsKey(OPTION + key);
            if (!NOT_PROPERTIES.contains(key) && !option && !key.startsWith("fs.") && !key.startsWith(OPTION + "fs.")) {
                stored.put(key, value);
            }
        });
        return stored;
    }

    /** For tables that are not Delta: everything a change can say is in the catalog. */
    @Override
    public Table alterTable(Identifier id, TableChange... changes) throws NoSuchTableException {
        JsonNode table = lookUp(id);
        StructType schema = SparkColumns.apply(Columns.toSpark(table), changes);
        sync(id, table, schema, changes);
        return loadTable(id);
    }

    /** Tells the catalog all that a table says of itself. */
    void describe(Identifier id, Table table) throws NoSuchTableException {
        JsonNode known = lookUp(id);
        Map<String, String> properties = table.properties();
        ObjectNode patch = CatalogRest.object();
        patch.set(
                "columns",
                Columns.toWire(SparkColumns.struct(table.columns()), SparkColumns.names(table.partitioning())));
        patch.set("properties", stored(properties));
        String comment = properties.getOrDefault("comment", "");
        if (!comment.equals(known.path("comment").asText(""))) {
            patch.put("comment", comment);
        }
        rest.patchTable(id.namespace()[0], id.name(), patch);
    }

    void describeColumns(Identifier id, StructType schema, List<String> partitionColumns) {
        ObjectNode patch = CatalogRest.object();
        patch.set("columns", Columns.toWire(schema, partitionColumns));
        rest.patchTable(id.namespace()[0], id.name(), patch);
    }

    /** Fails where the user may not change the table: an empty change needs the same right. */
    void requireManage(Identifier id) {
        rest.patchTable(id.namespace()[0], id.name(), CatalogRest.object());
    }

    /** Where the files of a new managed table will go. */
    String stagingLocation(Identifier id) throws NoSuchNamespaceException, TableAlreadyExistsException {
        try {
            return rest.stagingLocation(single(id.namespace()), id.name());
        } catch (CatalogFailure e) {
            if (e.missing()) {
                throw new NoSuchNamespaceException(id.namespace());
            }
            if (e.exists()) {
                throw new TableAlreadyExistsException(id);
            }
            throw e;
        }
    }

    /** Tells the catalog the columns, properties and comment that a changed table has now. */
    void sync(Identifier id, JsonNode table, StructType schema, TableChange... changes) {
        ObjectNode patch = CatalogRest.object();
        if (!Columns.toSpark(table).equals(schema)) {
            patch.set("columns", Columns.toWire(schema, Columns.partitions(table)));
        }
        Map<String, String> properties = V1Tables.properties(table);
        var before = new HashMap<>(properties);
        for (TableChange change : changes) {
            if (change instanceof TableChange.SetProperty set && set.property().equals("comment")) {
                patch.put("comment", set.value());
            } else if (change instanceof TableChange.SetProperty set
                    && set.property().equals("owner")) {
                patch.put("owner", set.value());
            } else if (change instanceof TableChange.SetProperty set) {
                properties.put(set.property(), set.value());
            } else if (change instanceof TableChange.RemoveProperty remove
                    && remove.property().equals("comment")) {
                patch.put("comment", "");
            } else if (change instanceof TableChange.RemoveProperty remove) {
                properties.remove(remove.property());
            }
        }
        if (!properties.equals(before)) {
            patch.set("properties", stored(properties));
        }
        if (!patch.isEmpty()) {
            rest.patchTable(id.namespace()[0], id.name(), patch);
        }
    }

    @Override
    public boolean dropTable(Identifier id) {
        return drop(id).isPresent();
    }

    /** The files of a managed table belong to it alone and go with it. */
    boolean dropWithFiles(Identifier id) {
        Optional<JsonNode> dropped = drop(id);
        dropped.filter(table -> "MANAGED".equals(table.path("table_type").asText()))
                .ifPresent(
                        table -> Folders.delete(table.path("storage_location").asText("")));
        return dropped.isPresent();
    }

    /** Spark remembers the list of files of tables without a log. */
    void forgetFiles(Identifier id) {
        ((SparkSession) org.apache.spark.sql.SparkSession.active())
                .sessionState()
                .catalog()
                .invalidateCachedTable(
                        new TableIdentifier(id.name(), Option.apply(id.namespace()[0]), Option.apply(name)));
    }

    private Optional<JsonNode> drop(Identifier id) {
        try {
            JsonNode table = lookUp(id);
            if (isView(table)) {
                return Optional.empty();
            }
            rest.deleteTable(id.namespace()[0], id.name());
            forgetFiles(id);
            return Optional.of(table);
        } catch (NoSuchTableException missing) {
            return Optional.empty();
        }
    }

    @Override
    public void renameTable(Identifier from, Identifier to) throws NoSuchTableException, TableAlreadyExistsException {
        // The new name comes as it was written: alone, with its schema, or with catalog and schema.
        String[] target = to.namespace();
        boolean sameSchema = target.length == 0 || from.namespace()[0].equals(target[target.length - 1]);
        if (target.length > 2 || (target.length == 2 && !target[0].equals(name))) {
            sameSchema = false;
        }
        if (!sameSchema) {
            throw new UnsupportedOperationException("a table cannot be renamed into another schema");
        }
        try {
            rest.patchTable(
                    from.namespace()[0], from.name(), CatalogRest.object().put("new_name", to.name()));
        } catch (CatalogFailure e) {
            if (e.missing()) {
                throw new NoSuchTableException(from);
            }
            if (e.exists()) {
                throw new TableAlreadyExistsException(to);
            }
            throw e;
        }
    }

    @Override
    public String[][] listNamespaces() {
        return rest.schemas().stream()
                .map(schema -> new String[] {schema.path("name").asText()})
                .toArray(String[][]::new);
    }

    @Override
    public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length == 0) {
            return listNamespaces();
        }
        loadNamespaceMetadata(namespace);
        return new String[0][];
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length != 1) {
            throw new NoSuchNamespaceException(namespace);
        }
        JsonNode schema;
        try {
            schema = rest.schema(namespace[0]);
        } catch (CatalogFailure e) {
            if (e.missing()) {
                throw new NoSuchNamespaceException(namespace);
            }
            throw e;
        }
        Map<String, String> metadata = V1Tables.properties(schema);
        for (String field : List.of("owner", "comment")) {
            if (schema.hasNonNull(field)) {
                metadata.put(field, schema.path(field).asText());
            }
        }
        if (schema.hasNonNull("storage_location")) {
            metadata.put("location", schema.path("storage_location").asText());
        }
        return metadata;
    }

    @Override
    public void createNamespace(String[] namespace, Map<String, String> metadata)
            throws NamespaceAlreadyExistsException {
        ObjectNode request = CatalogRest.object().put("name", single(namespace));
        if (metadata.get("comment") != null) {
            request.put("comment", metadata.get("comment"));
        }
        if (metadata.get("location") != null) {
            request.put("storage_root", metadata.get("location"));
        }
        request.set("properties", stored(metadata));
        try {
            rest.createSchema(request);
        } catch (CatalogFailure e) {
            if (e.exists()) {
                throw new NamespaceAlreadyExistsException(namespace);
            }
            throw e;
        }
    }

    @Override
    public void alterNamespace(String[] namespace, NamespaceChange... changes) throws NoSuchNamespaceException {
        Map<String, String> metadata = loadNamespaceMetadata(namespace);
        ObjectNode patch = CatalogRest.object();
        for (NamespaceChange change : changes) {
            if (change instanceof NamespaceChange.SetProperty set) {
                if (set.property().equals("comment") || set.property().equals("owner")) {
                    patch.put(set.property(), set.value());
                } else {
                    metadata.put(set.property(), set.value());
                }
            } else if (change instanceof NamespaceChange.RemoveProperty remove
                    && remove.property().equals("comment")) {
                patch.put("comment", "");
            } else if (change instanceof NamespaceChange.RemoveProperty remove) {
                metadata.remove(remove.property());
            }
        }
        patch.set("properties", stored(metadata));
        rest.patchSchema(namespace[0], patch);
    }

    @Override
    public boolean dropNamespace(String[] namespace, boolean cascade)
            throws NoSuchNamespaceException, NonEmptyNamespaceException {
        try {
            rest.deleteSchema(single(namespace), cascade);
            return true;
        } catch (CatalogFailure e) {
            if (e.missing()) {
                throw new NoSuchNamespaceException(namespace);
            }
            if (e.notEmpty()) {
                throw new NonEmptyNamespaceException(namespace);
            }
            throw e;
        }
    }

    private static String single(String[] namespace) {
        if (namespace.length != 1) {
            throw new IllegalArgumentException("a schema name has one part, not " + String.join(".", namespace));
        }
        return namespace[0];
    }
}
