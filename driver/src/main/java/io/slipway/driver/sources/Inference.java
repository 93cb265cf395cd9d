package io.slipway.driver.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds out which columns files have.
 *
 * @param types whether formats without types get any; else their columns are texts
 * @param partitionColumns those of the columns that folders are named after which are wanted; all if empty
 */
record Inference(
        SparkSession session,
        String format,
        Map<String, String> options,
        String base,
        boolean types,
        Optional<Set<String>> partitionColumns) {
    /** As many files as Auto Loader looks at. */
    private static final int FILES = 1000;

    Columns of(List<FileEntry> files) {
        List<String> paths = files.stream().limit(FILES).map(FileEntry::path).toList();
        boolean flat = Options.of(Options.scala(options)).flag("recursiveFileLookup", false)
                || partitionColumns.filter(Set::isEmpty).isPresent();
        if (flat) {
            return of(paths, true);
        }
        try {
            return of(paths, false);
        } catch (RuntimeException | AssertionError e) {
            // Folders that do not agree about the columns they are named after name none.
            if (String.valueOf(e.getMessage())
                    .toUpperCase(java.util.Locale.ROOT)
                    .contains("CONFLICTING")) {
                return of(paths, true);
            }
            throw e;
        }
    }

    private Columns of(List<String> paths, boolean flat) {
        var data = new StructType();
        var partitions = new StructType();
        SparkSession strict = strict();
        for (List<String> group : groups(paths)) {
            Dataset<Row> frame = reader(strict, flat).load(group.toArray(String[]::new));
            StructType found = partitions(frame);
            data = SchemaChanges.merged(data, without(frame.schema(), found));
            partitions = SchemaChanges.merged(partitions, found);
        }
        if (partitionColumns.isPresent()) {
            Set<String> wanted = partitionColumns.get();
            partitions = filtered(partitions, wanted);
            if (partitions.size() < wanted.size()) {
                throw new SourceRefusal(
                        "CF_PARTITON_INFERENCE_ERROR", "not all folders below " + base + " are named after " + wanted);
            }
        }
        return new Columns(typed(SchemaChanges.extended(new StructType(), data)), typed(partitions));
    }

    /** Fields whose names differ in small and capital letters only are no error here: the first is the column. */
    private SparkSession strict() {
        SparkSession strict = ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
        strict.conf().set("spark.sql.caseSensitive", "true");
        return strict;
    }

    private DataFrameReader reader(SparkSession strict, boolean flat) {
        DataFrameReader reader = strict.read()
                .format(format)
                .option("mergeSchema", "true")
                .option("__globPaths__", "false")
                .option("inferSchema", String.valueOf(types))
                .option("primitivesAsString", String.valueOf(!types))
                .options(options);
        return flat ? reader.option("recursiveFileLookup", "true") : reader.option("basePath", base);
    }

    /** Spark reads the header of one CSV file and the schema of one Avro file only. */
    private List<List<String>> groups(List<String> paths) {
        Options known = Options.of(Options.scala(options));
        if (format.equals("avro")) {
            return paths.stream().map(List::of).toList();
        }
        if (!format.equals("csv") || !known.flag("header", false)) {
            return List.of(paths);
        }
        var groups = new LinkedHashMap<String, List<String>>();
        for (String path : paths) {
            try {
                String header = CsvHeader.of(path, known, session.sparkContext().hadoopConfiguration());
                if (!header.isBlank()) {
                    groups.computeIfAbsent(header, each -> new ArrayList<>()).add(path);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return groups.isEmpty() ? List.of(paths) : List.copyOf(groups.values());
    }

    private static StructType partitions(Dataset<Row> frame) {
        var analyzed = ((org.apache.spark.sql.classic.Dataset<Row>) frame)
                .queryExecution()
                .analyzed();
        return analyzed instanceof LogicalRelation relation && relation.relation() instanceof HadoopFsRelation files
                ? files.partitionSchema()
                : new StructType();
    }

    private static StructType filtered(StructType schema, Set<String> names) {
        return new StructType(Arrays.stream(schema.fields())
                .filter(field -> names.contains(field.name()))
                .toArray(StructField[]::new));
    }

    private StructType without(StructType schema, StructType partitions) {
        String corrupt = Options.of(Options.scala(options))
                .get("columnNameOfCorruptRecord")
                .orElse(SQLConf.get().columnNameOfCorruptRecord());
        List<String> others = List.of(partitions.fieldNames());
        return new StructType(Arrays.stream(schema.fields())
                .filter(field -> !others.contains(field.name()) && !field.name().equals(corrupt))
                .toArray(StructField[]::new));
    }

    private StructType typed(StructType schema) {
        boolean texts = !types && CloudOptions.UNTYPED.contains(format);
        return new StructType(Arrays.stream(schema.fields())
                .map(field -> {
                    DataType type =
                            texts || field.dataType() instanceof NullType ? DataTypes.StringType : field.dataType();
                    return field.copy(field.name(), type, true, field.metadata());
                })
                .toArray(StructField[]::new));
    }
}
