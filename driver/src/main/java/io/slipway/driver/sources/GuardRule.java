package io.slipway.driver.sources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.PartialFunction;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Reads files with {@link GuardedFormat} where an option asks for it. A rule of the analyzer sees what every language, SQL, tables
 * and each batch of a stream read.
 */
final class GuardRule extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        return plan.resolveOperatorsUp(GUARD);
    }

    private static final PartialFunction<LogicalPlan, LogicalPlan> GUARD = new AbstractPartialFunction<>() {
        @Override
        public boolean isDefinedAt(LogicalPlan plan) {
            return plan instanceof LogicalRelation || isStream(plan);
        }

        @Override
        public LogicalPlan apply(LogicalPlan plan) {
            return plan instanceof LogicalRelation relation ? guarded(relation) : withColumn(plan);
        }
    };

    /** Its package is not the same in all versions of Spark. */
    private static boolean isStream(LogicalPlan plan) {
        return plan.getClass().getSimpleName().equals("StreamingRelation");
    }

    private static LogicalPlan guarded(LogicalRelation plan) {
        if (!(plan.relation() instanceof HadoopFsRelation files) || files.fileFormat() instanceof GuardedFormat) {
            return plan;
        }
        if (files.fileFormat() instanceof CloudFiles) {
            throw CloudFiles.batch();
        }
        Options options = Options.of(files.options());
        Optional<String> rescued = options.get(Options.RESCUED_DATA_COLUMN);
        boolean byName = options.flag(Options.BY_NAME, false) && GuardedFormat.ofRecords(files.fileFormat());
        if (rescued.isEmpty()
                && !byName
                && options.get(Options.BAD_RECORDS_PATH).isEmpty()) {
            return plan;
        }
        GuardedFormat.check(files.fileFormat(), options);
        List<AttributeReference> output = new ArrayList<>(CollectionConverters.asJava(plan.output()));
        StructType data = files.dataSchema();
        if (rescued.isPresent()
                && output.stream().noneMatch(column -> column.name().equals(rescued.get()))) {
            var column = new StructType().add(rescued.get(), DataTypes.StringType);
            data = data.add(column.fields()[0]);
            output.addAll(CollectionConverters.asJava(DataTypeUtils.toAttributes(column)));
        }
        var guarded = new HadoopFsRelation(
                files.location(),
                files.partitionSchema(),
                data,
                files.bucketSpec(),
                new GuardedFormat(files.fileFormat()),
                files.options(),
                files.sparkSession());
        return plan.copy(
                guarded,
                CollectionConverters.asScala(output).toSeq(),
                plan.catalogTable(),
                plan.isStreaming(),
                plan.stream());
    }

    /** The batches of this stream will have the column for what was rescued, so the stream has it too. */
    private static LogicalPlan withColumn(LogicalPlan stream) {
        var source = (DataSource) Copies.get(stream, "dataSource");
        Options options = Options.of(source.options());
        if (source.providingInstance() instanceof CloudFiles) {
            return options.get(CloudSchema.DATA).isPresent() ? stream : pinned(stream, source, options);
        }
        if (!(source.providingInstance() instanceof FileFormat format)) {
            return stream;
        }
        GuardedFormat.check(format, options);
        Optional<String> rescued = options.get(Options.RESCUED_DATA_COLUMN);
        StructType schema = source.sourceInfo().schema();
        if (rescued.isEmpty() || Arrays.asList(schema.fieldNames()).contains(rescued.get())) {
            return stream;
        }
        List<String> partitions =
                CollectionConverters.asJava(source.sourceInfo().partitionColumns());
        var columns = new ArrayList<>(Arrays.asList(schema.fields()));
        int end = (int) columns.stream()
                .filter(field -> !partitions.contains(field.name()))
                .count();
        columns.add(
                end,
                new StructField(
                        rescued.get(), DataTypes.StringType, true, org.apache.spark.sql.types.Metadata.empty()));
        var all = new StructType(columns.toArray(StructField[]::new));
        Object widened = Copies.of(source, Map.of(4, scala.Option.apply(all)));
        return (LogicalPlan) Copies.of(stream, Map.of(1, widened, 3, DataTypeUtils.toAttributes(all)));
    }

    /** The schema that Auto Loader keeps may go on while this plan lives; the plan has the one it was made with. */
    private static LogicalPlan pinned(LogicalPlan stream, DataSource source, Options options) {
        Optional<StructType> given = OptionConverters.toJava(source.userSpecifiedSchema());
        CloudOptions cloud = CloudOptions.of(options, given.isPresent());
        Columns columns = new CloudSchema(source.sparkSession(), cloud).columns(given);
        Map<String, String> all = options.written();
        all.put(CloudSchema.DATA, columns.data().json());
        all.put(CloudSchema.PARTITIONS, columns.partitions().json());
        Object with = Copies.of(source, Map.of(7, Options.scala(all)));
        return (LogicalPlan)
                Copies.of(stream, Map.of(1, with, 3, DataTypeUtils.toAttributes(columns.all(cloud.rescued()))));
    }
}
