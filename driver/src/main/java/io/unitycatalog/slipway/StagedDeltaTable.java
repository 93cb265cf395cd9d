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
    private final Runnable aborted;
    private boolean done;

    /**
     * @param committed to be done after the commit
     * @param aborted to be done where it has not come to a commit
     */
    StagedDeltaTable(StagedTable table, Runnable committed, Runnable aborted) {
        this.table = table;
        this.committed = committed;
        this.aborted = aborted;
    }

    @Override
    public void commitStagedChanges() {
        table.commitStagedChanges();
        done = true;
        committed.run();
    }

    @Override
    public void abortStagedChanges() {
        table.abortStagedChanges();
        if (!done) {
            aborted.run();
        }
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
