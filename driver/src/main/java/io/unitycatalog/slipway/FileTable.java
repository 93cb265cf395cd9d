package io.unitycatalog.slipway;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.V1Table;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.V1Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.sources.InsertableRelation;

/** A folder of files in a format without a log, to be written: what Spark can do with such a table of a catalog only by itself. */
class FileTable implements SupportsWrite {
    private final Metastore metastore;
    private final Identifier id;
    private final Column[] columns;
    private final Transform[] partitions;
    private final Map<String, String> properties;

    /** @param properties with the format as {@code provider} and the folder as {@code location} */
    FileTable(
            Metastore metastore,
            Identifier id,
            Column[] columns,
            Transform[] partitions,
            Map<String, String> properties) {
        this.metastore = metastore;
        this.id = id;
        this.columns = columns;
        this.partitions = partitions;
        this.properties = Map.copyOf(properties);
    }

    static FileTable of(Metastore metastore, Identifier id, V1Table table) {
        return new FileTable(metastore, id, table.columns(), table.partitioning(), table.properties());
    }

    @Override
    public String name() {
        return id.name();
    }

    @Override
    public Column[] columns() {
        return columns;
    }

    @Override
    public Transform[] partitioning() {
        return partitions;
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.V1_BATCH_WRITE, TableCapability.TRUNCATE);
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        var options = new HashMap<String, String>();
        properties.forEach((key, value) -> {
            if (key.startsWith("option.")) {
                options.put(key.substring("option.".length()), value);
            }
        });
        options.putAll(info.options().asCaseSensitiveMap());
        return new Builder(options);
    }

    private final class Builder implements WriteBuilder, SupportsTruncate {
        private final Map<String, String> options;
        private SaveMode mode = SaveMode.Append;

        private Builder(Map<String, String> options) {
            this.options = options;
        }

        @Override
        public WriteBuilder truncate() {
            mode = SaveMode.Overwrite;
            return this;
        }

        @Override
        public V1Write build() {
            return new V1Write() {
                @Override
                public InsertableRelation toInsertableRelation() {
                    return (rows, overwrite) -> {
                        rows.write()
                                .format(properties.get("provider"))
                                .options(options)
                                .mode(mode)
                                .partitionBy(SparkColumns.names(partitions).toArray(String[]::new))
                                .save(properties.get("location"));
                        metastore.forgetFiles(id);
                    };
                }
            };
        }
    }
}
