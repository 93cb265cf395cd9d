package io.slipway.driver.sources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.jdk.javaapi.CollectionConverters;

/** Files as a table, or as one batch of a stream: its columns are in the order that the schema tells. */
record FileBatch(SparkSession session, CloudOptions options, Columns columns) {
    Dataset<Row> of(List<FileEntry> files, String base) {
        return Dataset$.MODULE$.ofRows((org.apache.spark.sql.classic.SparkSession) session, plan(files, base, true));
    }

    LogicalRelation plan(List<FileEntry> files, String base, boolean streaming) {
        DataFrameReader reader = session.read()
                .format(options.format())
                .options(options.reading())
                // A name with wildcards in it is the name of a file here.
                .option("__globPaths__", "false")
                .schema(columns.all(options.rescues() ? java.util.Optional.empty() : options.rescued()));
        reader = columns.partitions().isEmpty()
                ? reader.option("recursiveFileLookup", "true")
                : reader.option("basePath", base);
        if (options.rescues() && options.rescued().isPresent()) {
            reader =
                    reader.option(Options.RESCUED_DATA_COLUMN, options.rescued().get());
        }
        if (options.format().equals("csv")) {
            reader = reader.option(Options.BY_NAME, "true");
        }
        if (options.format().equals("xml")
                && options.rescued().isPresent()
                && options.all().get("mode").isEmpty()) {
            // What does not fit cannot be rescued, and must not be lost.
            reader = reader.option("mode", "FAILFAST");
        }
        Dataset<Row> frame = reader.load(files.stream().map(FileEntry::path).toArray(String[]::new));
        LogicalPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) frame)
                .queryExecution()
                .analyzed();
        return inOrder((LogicalRelation) plan, streaming);
    }

    private LogicalRelation inOrder(LogicalRelation plan, boolean streaming) {
        Map<String, AttributeReference> byName = new HashMap<>();
        CollectionConverters.asJava(plan.output()).forEach(column -> byName.put(column.name(), column));
        var output = new ArrayList<AttributeReference>();
        for (String name : columns.all(options.rescued()).fieldNames()) {
            AttributeReference column = byName.get(name);
            if (column == null) {
                throw new IllegalStateException("the files of the batch have no column " + name);
            }
            output.add(column);
        }
        return plan.copy(
                plan.relation(),
                CollectionConverters.asScala(output).toSeq(),
                plan.catalogTable(),
                streaming,
                plan.stream());
    }
}
