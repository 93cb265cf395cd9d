package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.DelegatingCatalogExtension;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalogCapability;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableWritePrivilege;
import org.apache.spark.sql.connector.catalog.V1Table;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A catalog of the platform in Spark: names, columns and places come from the REST catalog, as the session's user; what Delta
 * tables are comes from Delta's own catalog, which is put on top and asked first. Delta takes this role only from catalogs
 * whose package begins with {@code io.unitycatalog}.
 */
public class SlipwayCatalog implements StagingTableCatalog, SupportsNamespaces, FunctionCatalog {
    private static final String DELTA = "org.apache.spark.sql.delta.catalog.DeltaCatalog";

    private String name = "";
    private String defaultSchema = "default";
    private Metastore metastore;
    private StagingTableCatalog delta;
    private Staging staging;
    private InformationSchema information;

    @Override
    public void initialize(String catalogName, CaseInsensitiveStringMap options) {
        name = catalogName;
        defaultSchema = options.getOrDefault("defaultSchema", "default");
        CatalogSessions.Entry session = CatalogSessions.find(options.getOrDefault("session", ""));
        metastore = new Metastore(session, catalogName);
        try {
            delta = Class.forName(DELTA)
                    .asSubclass(StagingTableCatalog.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Delta is not on the class path", e);
        }
        delta.initialize(catalogName, options);
        ((DelegatingCatalogExtension) delta).setDelegateCatalog(metastore);
        staging = new Staging(metastore, delta);
        information = new InformationSchema(session, catalogName);
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

    /** What Delta does with columns; tables of other formats are refused one by one. */
    @Override
    public Set<TableCatalogCapability> capabilities() {
        return Set.of(
                TableCatalogCapability.SUPPORT_COLUMN_DEFAULT_VALUE,
                TableCatalogCapability.SUPPORTS_CREATE_TABLE_WITH_GENERATED_COLUMNS,
                TableCatalogCapability.SUPPORTS_CREATE_TABLE_WITH_IDENTITY_COLUMNS);
    }

    @Override
    public String[] defaultNamespace() {
        return new String[] {defaultSchema};
    }

    @Override
    public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
        return InformationSchema.has(namespace) ? InformationSchema.tables(namespace) : metastore.listTables(namespace);
    }

    @Override
    public Table loadTable(Identifier id) throws NoSuchTableException {
        return InformationSchema.has(id.namespace()) ? information.table(id) : delta.loadTable(id);
    }

    /** Spark writes rows into tables of files by itself in SQL only; what replaces rows by partition is left to it. */
    @Override
    public Table loadTable(Identifier id, Set<TableWritePrivilege> privileges) throws NoSuchTableException {
        Table table = loadTable(id);
        return table instanceof V1Table files && privileges.equals(Set.of(TableWritePrivilege.INSERT))
                ? FileTable.of(metastore, id, files)
                : table;
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
        if (InformationSchema.has(id.namespace())) {
            return Arrays.asList(InformationSchema.tables(id.namespace())).contains(id);
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
        if (isPath(id)) {
            return delta.createTable(id, columns, partitions, properties);
        }
        Map<String, String> complete = staging.placed(id, columns, properties);
        Table made = delta.createTable(
                id, SparkColumns.deltaStruct(Formats.columns(columns, complete)), partitions, complete);
        staging.told(id, complete);
        return made;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public Table createTable(Identifier id, StructType schema, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        return createTable(id, SparkColumns.columns(schema), partitions, properties);
    }

    @Override
    @SuppressWarnings("deprecation")
    public StagedTable stageCreate(
            Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        return isPath(id)
                ? delta.stageCreate(id, columns, partitions, properties)
                : staging.create(id, columns, partitions, properties);
    }

    @Override
    @SuppressWarnings("deprecation")
    public StagedTable stageReplace(
            Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws NoSuchTableException, NoSuchNamespaceException {
        return isPath(id)
                ? delta.stageReplace(id, columns, partitions, properties)
                : staging.replace(id, columns, partitions, properties);
    }

    @Override
    @SuppressWarnings("deprecation")
    public StagedTable stageCreateOrReplace(
            Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws NoSuchNamespaceException {
        return isPath(id)
                ? delta.stageCreateOrReplace(id, columns, partitions, properties)
                : staging.createOrReplace(id, columns, partitions, properties);
    }

    @Override
    @SuppressWarnings("deprecation")
    public Table alterTable(Identifier id, TableChange... changes) throws NoSuchTableException {
        if (isPath(id)) {
            return delta.alterTable(id, changes);
        }
        JsonNode known = metastore.lookUp(id);
        Table altered = delta.alterTable(id, changes);
        if (Metastore.isDelta(known)) {
            // Delta wrote its log only; the catalog lists columns and properties too.
            altered = delta.loadTable(id);
            metastore.sync(id, known, altered.schema(), changes);
        }
        return altered;
    }

    @Override
    public boolean dropTable(Identifier id) {
        return metastore.dropWithFiles(id);
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
        if (name.equals(SessionCatalogs.SYSTEM)) {
            return new String[][] {{InformationSchema.NAME}};
        }
        String[][] own = metastore.listNamespaces();
        String[][] schemas = Arrays.copyOf(own, own.length + 1);
        schemas[own.length] = new String[] {InformationSchema.NAME};
        return schemas;
    }

    @Override
    public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
        return namespace.length == 0
                ? listNamespaces()
                : InformationSchema.has(namespace) ? new String[0][] : metastore.listNamespaces(namespace);
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
        return InformationSchema.has(namespace) ? Map.of() : metastore.loadNamespaceMetadata(namespace);
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

    /** There are none yet; said so, an unknown function is told as one, with its name. */
    @Override
    public Identifier[] listFunctions(String[] namespace) {
        return new Identifier[0];
    }

    @Override
    public UnboundFunction loadFunction(Identifier id) throws NoSuchFunctionException {
        throw new NoSuchFunctionException(id);
    }
}
