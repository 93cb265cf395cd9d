package io.unitycatalog.slipway;

import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.expressions.Transform;

/** A new table in a format without a log: the catalog knows of it once its files are written. */
final class StagedFileTable extends FileTable implements StagedTable {
    private final Metastore metastore;
    private final Identifier id;

    StagedFileTable(
            Metastore metastore,
            Identifier id,
            Column[] columns,
            Transform[] partitions,
            Map<String, String> properties) {
        super(metastore, id, columns, partitions, properties);
        this.metastore = metastore;
        this.id = id;
    }

    @Override
    @SuppressWarnings("deprecation")
    public void commitStagedChanges() {
        try {
            metastore.createTable(id, columns(), partitioning(), properties());
        } catch (TableAlreadyExistsException | NoSuchNamespaceException meanwhile) {
            throw new CatalogFailure(meanwhile.getMessage(), meanwhile);
        }
    }

    @Override
    public void abortStagedChanges() {
        Staging.givenUp(metastore, id, properties());
    }
}
