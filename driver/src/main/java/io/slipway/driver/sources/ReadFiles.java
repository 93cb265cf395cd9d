package io.slipway.driver.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** {@code read_files('path', option => value …)}: files as a table, with the columns that Auto Loader would find and with types. */
final class ReadFiles {
    /** Options of Auto Loader, which here are named without its prefix. */
    private static final Set<String> CLOUD = Set.of(
            "format", "schemahints", "infercolumntypes", "partitioncolumns", "schemaevolutionmode", "usestrictglobber");

    private static final Set<String> OF_STREAMS = Set.of(
            "allowoverwrites",
            "includeexistingfiles",
            "maxfilespertrigger",
            "maxbytespertrigger",
            "schemalocation",
            "schematrackinglocation",
            "usenotifications",
            "usemanagedfileevents",
            "backfillinterval");

    private ReadFiles() {}

    static LogicalPlan plan(SparkSession session, List<Expression> arguments) {
        Map<String, String> given = arguments(arguments);
        var cloud = new LinkedHashMap<String, String>();
        var filters = new LinkedHashMap<String, String>();
        Optional<StructType> schema = Optional.empty();
        for (Map.Entry<String, String> option : given.entrySet()) {
            String name = option.getKey().toLowerCase(Locale.ROOT);
            String own = name.startsWith("cloudfiles.") ? name.substring("cloudfiles.".length()) : name;
            if (OF_STREAMS.contains(own)) {
                throw new SourceRefusal(
                        "CF_STREAMING_OPTION", option.getKey() + " is for streams, and this read_files is none");
            }
            if (name.equals("schema")) {
                schema = Optional.of(StructType.fromDDL(option.getValue()));
            } else if (name.equals("modifiedafter") || name.equals("modifiedbefore")) {
                filters.put(option.getKey(), option.getValue());
            } else {
                boolean ofCloud = CLOUD.contains(name) || !own.equals(name);
                cloud.put(ofCloud ? CloudOptions.PREFIX + own : option.getKey(), option.getValue());
            }
        }
        cloud.putIfAbsent(CloudOptions.PREFIX + "infercolumntypes", "true");
        try {
            return plan(session, cloud, filters, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LogicalPlan plan(
            SparkSession session, Map<String, String> cloud, Map<String, String> filters, Optional<StructType> schema)
            throws IOException {
        Configuration conf = session.sparkContext().hadoopConfiguration();
        Options options = Options.of(Options.scala(cloud));
        String path = options.get("path").orElseThrow();
        List<FileEntry> files = new FileListing(path, options.get("pathGlobFilter"), conf).files();
        if (files.isEmpty() && schema.isEmpty()) {
            throw new SourceRefusal(
                    "CF_EMPTY_DIR_FOR_SCHEMA_INFERENCE", "there are no files at " + path + " to infer a schema from");
        }
        if (CloudOptions.cloud(options, "format").isEmpty()) {
            cloud.put(
                    CloudOptions.PREFIX + "format",
                    FileKind.of(files, conf)
                            .orElseThrow(() -> new SourceRefusal(
                                    "CF_FORMAT_NOT_FOUND",
                                    "neither the names nor the content of the files at " + path
                                            + " tell their format; name it: format => 'csv'")));
        }
        CloudOptions known = CloudOptions.of(Options.of(Options.scala(cloud)), schema.isPresent());
        known.reading().putAll(filters);
        var kept = new CloudSchema(session, known);
        Columns columns = kept.once(schema);
        return new FileBatch(session, known, columns)
                .plan(files, known.listing(conf).base(), false);
    }

    private static Map<String, String> arguments(List<Expression> arguments) {
        var given = new LinkedHashMap<String, String>();
        for (Expression argument : arguments) {
            boolean named = argument instanceof NamedArgumentExpression;
            if (!named && !given.isEmpty()) {
                throw new SourceRefusal(
                        "CF_INCORRECT_SQL_PARAMS",
                        "read_files takes a path and then options by their names: header => true");
            }
            String key = argument instanceof NamedArgumentExpression option ? option.key() : "path";
            given.put(key, text(argument instanceof NamedArgumentExpression option ? option.value() : argument));
        }
        if (given.keySet().stream().noneMatch(key -> key.equalsIgnoreCase("path"))) {
            throw new SourceRefusal("CF_SOURCE_DIRECTORY_PATH_REQUIRED", "read_files takes the path to read");
        }
        return given;
    }

    private static String text(Expression value) {
        if (!value.foldable()) {
            throw new SourceRefusal("CF_INCORRECT_SQL_PARAMS", value.sql() + " is not a constant");
        }
        @Nullable Object result = value.eval(null);
        if (result == null) {
            throw new SourceRefusal("CF_INCORRECT_SQL_PARAMS", "an option of read_files is NULL");
        }
        return result.toString();
    }
}
