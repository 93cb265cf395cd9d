package io.unitycatalog.slipway;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;

/** Delta's own staged table, which writes and commits in one step, with something to do after the commit. */
final class StagedDeltaTable implements StagedTable, SupportsWrite {
    private final StagedTable table;
    private final Runnable committed;

    StagedDeltaTable(StagedTable table, Runnable committed) {
        this.table = table;
        this.committed = committed;
    }

    @Override
    public void commitStagedChanges() {
        table.commitStagedChanges();
        committed.run();
    }

    /** Files of a new table that came to nothing lie in a place that the catalog gives up by itself. */
    @Override
    public void abortStagedChanges() {
        table.abortStagedChanges();
    }

    @Override
    public String name() {
        return table.name();
    }

    @Override
    public Column[] columns() {
        return table.columns();
    }

    @Override
    public Transform[] partitioning() {
        return table.partitioning();
    }

    @Override
    public Map<String, String> properties() {
        return table.properties();
    }

    @Override
    public Set<TableCapability> capabilities() {
        return table.capabilities();
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        return ((SupportsWrite) table).newWriteBuilder(info);
    }
}
