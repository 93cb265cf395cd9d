package io.unitycatalog.slipway;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.unsafe.types.UTF8String;

/** A table whose rows are made when they are read: texts, numbers and times in microseconds. */
final class RowsTable implements SupportsRead {
    private final String name;
    private final StructType schema;
    private final Supplier<List<Object[]>> rows;

    RowsTable(String name, StructType schema, Supplier<List<Object[]>> rows) {
        this.name = name;
        this.schema = schema;
        this.rows = rows;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Column[] columns() {
        return SparkColumns.columns(schema);
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return () -> new LocalScan() {
            @Override
            public InternalRow[] rows() {
                return rows.get().stream().map(RowsTable::internal).toArray(InternalRow[]::new);
            }

            @Override
            public StructType readSchema() {
                return schema;
            }
        };
    }

    private static InternalRow internal(Object[] row) {
        var values = new Object[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i] = row[i] instanceof String text ? UTF8String.fromString(text) : row[i];
        }
        return new GenericInternalRow(values);
    }
}
