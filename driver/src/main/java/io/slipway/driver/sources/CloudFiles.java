package io.slipway.driver.sources;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.streaming.Source;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.StreamSourceProvider;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.OptionConverters;

/**
 * Auto Loader: {@code readStream.format("cloudFiles")}. It is a file format too, since Spark gives the column {@code _metadata}
 * only to streams of such; as one it reads and writes nothing.
 */
public final class CloudFiles implements StreamSourceProvider, DataSourceRegister, FileFormat {
    @Override
    public String shortName() {
        return "cloudFiles";
    }

    @Override
    public Tuple2<String, StructType> sourceSchema(
            SQLContext context, Option<StructType> schema, String provider, Map<String, String> parameters) {
        Optional<StructType> given = OptionConverters.toJava(schema);
        CloudOptions options = CloudOptions.of(Options.of(parameters), given.isPresent());
        Columns columns = new CloudSchema(context.sparkSession(), options).columns(given);
        return new Tuple2<>("CloudFiles[" + options.path() + "]", columns.all(options.rescued()));
    }

    @Override
    public Source createSource(
            SQLContext context,
            String metadataPath,
            Option<StructType> schema,
            String provider,
            Map<String, String> parameters) {
        Optional<StructType> given = OptionConverters.toJava(schema);
        CloudOptions options = CloudOptions.of(Options.of(parameters), given.isPresent());
        var kept = new CloudSchema(context.sparkSession(), options);
        return new CloudFilesSource(kept, kept.columns(given), metadataPath);
    }

    static SourceRefusal batch() {
        return new SourceRefusal(
                "CF_INCORRECT_BATCH_USAGE",
                "cloudFiles is a source of streams: use spark.readStream instead of spark.read");
    }

    @Override
    public Option<StructType> inferSchema(SparkSession session, Map<String, String> options, Seq<FileStatus> files) {
        throw batch();
    }

    @Override
    public Function1<PartitionedFile, Iterator<InternalRow>> buildReader(
            SparkSession session,
            StructType data,
            StructType partitions,
            StructType required,
            Seq<Filter> filters,
            Map<String, String> options,
            Configuration conf) {
        throw batch();
    }

    @Override
    public OutputWriterFactory prepareWrite(
            SparkSession session, Job job, Map<String, String> options, StructType schema) {
        throw new SourceRefusal("UNSUPPORTED_FEATURE", "cloudFiles is a source, nothing is written to it");
    }
}
