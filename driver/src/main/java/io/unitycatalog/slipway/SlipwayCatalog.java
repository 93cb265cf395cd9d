package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.DelegatingCatalogExtension;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A catalog of the platform in Spark: names, columns and places come from the REST catalog, as the session's user; what Delta
 * tables are comes from Delta's own catalog, which is put on top and asked first. Delta takes this role only from catalogs
 * whose package begins with {@code io.unitycatalog}.
 */
public class SlipwayCatalog implements TableCatalog, SupportsNamespaces {
    private static final Logger log = LoggerFactory.getLogger(SlipwayCatalog.class);
    private static final String DELTA = "org.apache.spark.sql.delta.catalog.DeltaCatalog";

    private String name = "";
    private String defaultSchema = "default";
    private Metastore metastore;
    private TableCatalog delta;

    @Override
    public void initialize(String catalogName, CaseInsensitiveStringMap options) {
        name = catalogName;
        defaultSchema = options.getOrDefault("defaultSchema", "default");
        CatalogSessions.Entry session = CatalogSessions.find(options.getOrDefault("session", ""));
        metastore = new Metastore(new CatalogRest(session, catalogName), catalogName);
        try {
            delta = Class.forName(DELTA)
                    .asSubclass(TableCatalog.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Delta is not on the class path", e);
        }
        delta.initialize(catalogName, options);
        ((DelegatingCatalogExtension) delta).setDelegateCatalog(metastore);
    }

    Metastore metastore() {
        return metastore;
    }

    /** {@code delta.`/folder`}: Delta's own business, no table of any catalog. */
    private static boolean isPath(Identifier id) {
        return id.namespace().length == 1
                && id.namespace()[0].equalsIgnoreCase("delta")
                && id.name().contains("/");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String[] defaultNamespace() {
        return new String[] {defaultSchema};
    }

    @Override
    public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
        return metastore.listTables(namespace);
    }

    @Override
    public Table loadTable(Identifier id) throws NoSuchTableException {
        return delta.loadTable(id);
    }

    @Override
    public Table loadTable(Identifier id, String version) throws NoSuchTableException {
        return delta.loadTable(id, version);
    }

    @Override
    public Table loadTable(Identifier id, long timestamp) throws NoSuchTableException {
        return delta.loadTable(id, timestamp);
    }

    @Override
    public boolean tableExists(Identifier id) {
        if (isPath(id)) {
            return delta.tableExists(id);
        }
        try {
            return !Metastore.isView(metastore.lookUp(id));
        } catch (NoSuchTableException missing) {
            return false;
        }
    }

    @Override
    @SuppressWarnings("deprecation") // What every version since 4.0 calls in the end.
    public Table createTable(Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        return createTable(id, SparkColumns.struct(columns), partitions, properties);
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public Table createTable(Identifier id, StructType schema, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        if (isPath(id)) {
            return delta.createTable(id, schema, partitions, properties);
        }
        var complete = new HashMap<>(properties);
        complete.putIfAbsent("provider", "delta");
        if (complete.containsKey("location")) {
            complete.put("external", "true");
        } else {
            complete.put("location", stagingLocation(id));
            complete.put("is_managed_location", "true");
        }
        return delta.createTable(id, schema, partitions, complete);
    }

    private String stagingLocation(Identifier id) throws NoSuchNamespaceException, TableAlreadyExistsException {
        try {
            return metastore.rest().stagingLocation(id.namespace()[0], id.name());
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

    @Override
    @SuppressWarnings("deprecation")
    public Table alterTable(Identifier id, TableChange... changes) throws NoSuchTableException {
        if (isPath(id)) {
            return delta.alterTable(id, changes);
        }
        JsonNode known = metastore.lookUp(id);
        Table altered = delta.alterTable(id, changes);
        if ("DELTA".equals(known.path("data_source_format").asText())) {
            // Delta wrote its log only; the catalog lists columns and properties too.
            altered = delta.loadTable(id);
            metastore.sync(id, known, altered.schema(), changes);
        }
        return altered;
    }

    /** The files of a managed table belong to it alone and go with it. */
    @Override
    public boolean dropTable(Identifier id) {
        JsonNode known;
        try {
            known = metastore.lookUp(id);
        } catch (NoSuchTableException missing) {
            return false;
        }
        boolean dropped = delta.dropTable(id);
        if (dropped && "MANAGED".equals(known.path("table_type").asText())) {
            deleteFiles(known.path("storage_location").asText(""));
        }
        return dropped;
    }

    private static void deleteFiles(String location) {
        if (location.isEmpty()) {
            return;
        }
        try {
            var path = new Path(location);
            path.getFileSystem(SparkSession.active().sparkContext().hadoopConfiguration())
                    .delete(path, true);
        } catch (IOException e) {
            log.warn("the files of a dropped table are left in {}", location, e);
        }
    }

    @Override
    public void renameTable(Identifier from, Identifier to) throws NoSuchTableException, TableAlreadyExistsException {
        metastore.renameTable(from, to);
    }

    @Override
    public void invalidateTable(Identifier id) {
        delta.invalidateTable(id);
    }

    @Override
    public String[][] listNamespaces() {
        return metastore.listNamespaces();
    }

    @Override
    public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
        return metastore.listNamespaces(namespace);
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
        return metastore.loadNamespaceMetadata(namespace);
    }

    @Override
    public void createNamespace(String[] namespace, Map<String, String> metadata)
            throws NamespaceAlreadyExistsException {
        metastore.createNamespace(namespace, metadata);
    }

    @Override
    public void alterNamespace(String[] namespace, NamespaceChange... changes) throws NoSuchNamespaceException {
        metastore.alterNamespace(namespace, changes);
    }

    @Override
    public boolean dropNamespace(String[] namespace, boolean cascade)
            throws NoSuchNamespaceException, NonEmptyNamespaceException {
        return metastore.dropNamespace(namespace, cascade);
    }
}
