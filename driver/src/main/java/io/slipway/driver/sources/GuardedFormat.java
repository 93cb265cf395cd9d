package io.slipway.driver.sources;

import java.io.Serializable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.csv.CSVFileFormat;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.execution.datasources.xml.XmlFileFormat;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;

/**
 * A format of Spark whose rows and files that cannot be read are put aside, or rescued in a column. Of JSON and CSV each record
 * is looked at; of the others, whether a file can be read at all.
 */
record GuardedFormat(FileFormat inner) implements FileFormat, Serializable {
    private static final long serialVersionUID = 1L;

    static boolean ofRecords(FileFormat format) {
        return format instanceof JsonFileFormat || format instanceof CSVFileFormat;
    }

    /** Fails when the format cannot do what the options ask for. */
    static void check(FileFormat format, Options options) {
        options.get(Options.RESCUED_DATA_COLUMN)
                .filter(column -> !ofRecords(format))
                .ifPresent(column -> {
                    throw new SourceRefusal(
                            "UNSUPPORTED_FEATURE", "rescuedDataColumn is for JSON and CSV files, not for " + format);
                });
        if (options.get(Options.BAD_RECORDS_PATH).isPresent() && format instanceof XmlFileFormat) {
            throw new SourceRefusal("UNSUPPORTED_FEATURE", "badRecordsPath is not for XML files");
        }
    }

    @Override
    public Option<StructType> inferSchema(SparkSession session, Map<String, String> options, Seq<FileStatus> files) {
        return inner.inferSchema(session, options, files);
    }

    @Override
    public OutputWriterFactory prepareWrite(
            SparkSession session, Job job, Map<String, String> options, StructType schema) {
        return inner.prepareWrite(session, job, options, schema);
    }

    @Override
    public boolean isSplitable(SparkSession session, Map<String, String> options, Path path) {
        return inner.isSplitable(session, options, path);
    }

    @Override
    public boolean supportBatch(SparkSession session, StructType schema) {
        return inner.supportBatch(session, schema);
    }

    @Override
    public Option<Seq<String>> vectorTypes(StructType required, StructType partitions, SQLConf conf) {
        return inner.vectorTypes(required, partitions, conf);
    }

    @Override
    public boolean supportDataType(DataType type) {
        return inner.supportDataType(type);
    }

    @Override
    public boolean supportFieldName(String name) {
        return inner.supportFieldName(name);
    }

    @Override
    public Seq<StructField> metadataSchemaFields() {
        return inner.metadataSchemaFields();
    }

    @Override
    public Map<String, Function1<PartitionedFile, Object>> fileConstantMetadataExtractors() {
        return inner.fileConstantMetadataExtractors();
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
        return GuardedReader.of(
                inner, session, data, required, Options.of(options), new SerializableConfiguration(conf));
    }

    @Override
    public Function1<PartitionedFile, Iterator<InternalRow>> buildReaderWithPartitionValues(
            SparkSession session,
            StructType data,
            StructType partitions,
            StructType required,
            Seq<Filter> filters,
            Map<String, String> options,
            Configuration conf) {
        Options known = Options.of(options);
        Function1<PartitionedFile, Iterator<InternalRow>> rows = ofRecords(inner)
                ? FileFormat.super.buildReaderWithPartitionValues(
                        session, data, partitions, required, filters, options, conf)
                : inner.buildReaderWithPartitionValues(session, data, partitions, required, filters, options, conf);
        return known.get(Options.BAD_RECORDS_PATH)
                .<Function1<PartitionedFile, Iterator<InternalRow>>>map(path -> new ReadableFiles(
                        rows,
                        new StructType(Stream.of(required, partitions)
                                .flatMap(each -> Stream.of(each.fields()))
                                .toArray(StructField[]::new)),
                        BadRecords.below(path, new SerializableConfiguration(conf))))
                .orElse(rows);
    }
}
