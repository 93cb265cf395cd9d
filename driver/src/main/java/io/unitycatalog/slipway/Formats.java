package io.unitycatalog.slipway;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.execution.datasources.DataSource$;

/** The formats that tables of a catalog can have. What cannot be read later is refused before anything is made. */
final class Formats {
    private static final Set<String> FILES = Set.of("avro", "csv", "json", "orc", "parquet", "text", "xml");

    private Formats() {}

    static void require(String provider, Column[] columns) {
        String format = provider.toLowerCase(Locale.ROOT);
        if (format.equals("delta")) {
            return;
        }
        // Fails in Spark's own words where there is no such source.
        DataSource$.MODULE$.lookupDataSource(
                provider,
                ((org.apache.spark.sql.classic.SparkSession) SparkSession.active())
                        .sessionState()
                        .conf());
        if (!FILES.contains(format)) {
            throw new CatalogFailure(
                    400,
                    "UNSUPPORTED_DATASOURCE",
                    "a table of a catalog is Delta or one of "
                            + FILES.stream().sorted().toList() + ", not " + provider
                            + "; a temporary view takes it");
        }
        for (Column column : columns) {
            if (column.generationExpression() != null
                    || column.identityColumnSpec() != null
                    || column.defaultValue() != null) {
                throw new CatalogFailure(
                        400,
                        "UNSUPPORTED_FEATURE",
                        "the column " + column.name() + " is generated or has a default, which tables of " + provider
                                + " cannot have; Delta tables can");
            }
        }
    }

    /** The columns that are found in the files of a table of files, if none are named. */
    static Column[] columns(Column[] named, Map<String, String> properties) {
        if (named.length > 0
                || "delta".equalsIgnoreCase(properties.get("provider"))
                || "true".equals(properties.get("is_managed_location"))) {
            return named;
        }
        var options = new HashMap<String, String>();
        properties.forEach((key, value) -> {
            if (key.startsWith(Metastore.OPTION)) {
                options.put(key.substring(Metastore.OPTION.length()), value);
            }
        });
        return SparkColumns.columns(SparkSession.active()
                .read()
                .format(properties.get("provider"))
                .options(options)
                .load(properties.get("location"))
                .schema());
    }
}
