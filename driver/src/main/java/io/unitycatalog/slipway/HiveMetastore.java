package io.unitycatalog.slipway;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.DelegatingCatalogExtension;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@code hive_metastore}, another name of Spark's own catalog. It says that it is called {@code spark_catalog}, by which Spark
 * knows that all its statements work there, also those that are made for no other catalog.
 */
@SuppressWarnings("deprecation") // What every version since 4.0 calls in the end.
public final class HiveMetastore extends DelegatingCatalogExtension implements StagingTableCatalog {
    private StagingTableCatalog own;

    @Override
    public void initialize(String name, CaseInsensitiveStringMap options) {
        CatalogPlugin plugin = SessionCatalogs.plugin(SparkSession.active(), "spark_catalog");
        setDelegateCatalog(plugin);
        own = (StagingTableCatalog) plugin;
    }

    @Override
    public StagedTable stageCreate(
            Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        return own.stageCreate(id, columns, partitions, properties);
    }

    @Override
    public StagedTable stageReplace(
            Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws NoSuchTableException, NoSuchNamespaceException {
        return own.stageReplace(id, columns, partitions, properties);
    }

    @Override
    public StagedTable stageCreateOrReplace(
            Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws NoSuchNamespaceException {
        return own.stageCreateOrReplace(id, columns, partitions, properties);
    }
}
