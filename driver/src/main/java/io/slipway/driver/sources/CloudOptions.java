package io.slipway.driver.sources;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.network.util.JavaUtils;

/**
 * Options of Auto Loader. What is not known, and what would be another way to find files than listing them, is refused by name.
 *
 * @param reading the options of the format
 */
record CloudOptions(
        String path,
        String format,
        Options all,
        Optional<String> schemaLocation,
        boolean inferTypes,
        SchemaHints hints,
        Mode mode,
        Optional<String> rescued,
        long maxFiles,
        OptionalLong maxBytes,
        Map<String, String> reading) {
    /** What becomes of columns that the schema has not. */
    enum Mode {
        ADDNEWCOLUMNS,
        RESCUE,
        FAILONNEWCOLUMNS,
        NONE
    }

    static final String PREFIX = "cloudFiles.";
    private static final Set<String> FORMATS =
            Set.of("json", "csv", "xml", "parquet", "avro", "orc", "text", "binaryfile");
    private static final Set<String> FIXED = Set.of("text", "binaryfile");
    /** Formats without types of their own. */
    static final Set<String> UNTYPED = Set.of("json", "csv", "xml");

    private static final Set<String> KNOWN = Set.of(
            "format",
            "schemalocation",
            "infercolumntypes",
            "schemahints",
            "schemaevolutionmode",
            "rescueddatacolumn",
            "includeexistingfiles",
            "allowoverwrites",
            "maxfilespertrigger",
            "maxbytespertrigger",
            "partitioncolumns",
            "validateoptions",
            "usestrictglobber",
            "usenotifications",
            "usemanagedfileevents",
            "backfillinterval",
            "useincrementallisting",
            "maxfileage",
            "cleansource");
    /** Those of notifications, and those that name the cloud to ask. */
    private static final Set<String> NOTIFICATIONS = Set.of(
            "fetchparallelism",
            "pathrewrites",
            "resourcetag",
            "region",
            "queueurl",
            "awsaccesskey",
            "awssecretkey",
            "rolearn",
            "roleexternalid",
            "rolesessionname",
            "stsendpoint",
            "databricks.servicecredential",
            "clientid",
            "clientsecret",
            "connectionstring",
            "resourcegroup",
            "subscriptionid",
            "tenantid",
            "queuename",
            "client",
            "clientemail",
            "privatekey",
            "privatekeyid",
            "projectid",
            "subscription");

    /** @param schemaGiven whether the reader names a schema */
    static CloudOptions of(Options options, boolean schemaGiven) {
        check(options);
        String format = cloud(options, "format")
                .orElseThrow(() -> new SourceRefusal("CF_MISSING_FORMAT", "cloudFiles.format is not set"))
                .toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw new SourceRefusal(
                    format.equals("delta") ? "CF_USE_DELTA_FORMAT" : "CF_UNSUPPORTED_FORMAT",
                    "cloudFiles.format is one of " + new TreeSet<>(FORMATS) + ", not " + format);
        }
        Mode mode = cloud(options, "schemaEvolutionMode")
                .map(CloudOptions::mode)
                .orElse(schemaGiven || FIXED.contains(format) ? Mode.NONE : Mode.ADDNEWCOLUMNS);
        if (schemaGiven && mode == Mode.ADDNEWCOLUMNS) {
            throw new SourceRefusal(
                    "CF_ADD_NEW_NOT_SUPPORTED",
                    "the schema evolution mode addNewColumns is for schemas that are inferred; give the types that you"
                            + " know in cloudFiles.schemaHints");
        }
        return new CloudOptions(
                options.get("path")
                        .orElseThrow(() -> new SourceRefusal(
                                "CF_SOURCE_DIRECTORY_PATH_REQUIRED", "the path to load from is not given")),
                format,
                options,
                cloud(options, "schemaLocation"),
                options.flag(PREFIX + "inferColumnTypes", false),
                SchemaHints.of(cloud(options, "schemaHints").orElse("")),
                mode,
                rescued(options, format, mode, schemaGiven),
                number(options, "maxFilesPerTrigger").orElse(1000),
                cloud(options, "maxBytesPerTrigger").or(() -> options.get("maxBytesPerTrigger")).stream()
                        .mapToLong(JavaUtils::byteStringAsBytes)
                        .findFirst(),
                reading(options));
    }

    private static Optional<String> rescued(Options options, String format, Mode mode, boolean schemaGiven) {
        Optional<String> named = options.get(Options.RESCUED_DATA_COLUMN).or(() -> cloud(options, "rescuedDataColumn"));
        boolean inferred = !schemaGiven && !FIXED.contains(format) && mode != Mode.NONE;
        return named.isEmpty() && (inferred || mode == Mode.RESCUE) ? Optional.of("_rescued_data") : named;
    }

    private static Mode mode(String name) {
        try {
            return Mode.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new SourceRefusal(
                    "INVALID_OPTION",
                    "cloudFiles.schemaEvolutionMode is addNewColumns, rescue, failOnNewColumns or none, not " + name);
        }
    }

    private static OptionalLong number(Options options, String name) {
        return cloud(options, name).or(() -> options.get(name)).stream()
                .mapToLong(text -> {
                    if (!text.matches("[1-9]\\d{0,9}")) {
                        throw new SourceRefusal("INVALID_OPTION", name + " is a positive number, not " + text);
                    }
                    return Long.parseLong(text);
                })
                .findFirst();
    }

    static Optional<String> cloud(Options options, String name) {
        return options.get(PREFIX + name);
    }

    private static void check(Options options) {
        boolean validate = options.flag(PREFIX + "validateOptions", true);
        var unknown = new TreeSet<String>();
        for (String option : options.written().keySet()) {
            String name = option.toLowerCase(Locale.ROOT);
            if (!name.startsWith(PREFIX.toLowerCase(Locale.ROOT))) {
                continue;
            }
            String own = name.substring(PREFIX.length());
            if (NOTIFICATIONS.contains(own) || own.startsWith("resourcetag.")) {
                throw absent(option + ": files are found by listing, not by notifications");
            }
            if (!KNOWN.contains(own)) {
                unknown.add(option);
            }
        }
        if (validate && !unknown.isEmpty()) {
            throw new SourceRefusal("CF_UNKNOWN_OPTION_KEYS_ERROR", "unknown options " + unknown);
        }
        for (String flag : Set.of("useNotifications", "useManagedFileEvents")) {
            if (options.flag(PREFIX + flag, false)) {
                throw absent(PREFIX + flag + " = true: files are found by listing");
            }
        }
        cloud(options, "maxFileAge").ifPresent(age -> {
            throw absent(PREFIX + "maxFileAge: files are remembered for ever");
        });
        cloud(options, "cleanSource")
                .filter(value -> !value.equalsIgnoreCase("off"))
                .ifPresent(value -> {
                    throw absent(PREFIX + "cleanSource = " + value);
                });
        for (String name : Set.of("modifiedAfter", "modifiedBefore")) {
            options.get(name).ifPresent(value -> {
                throw absent(name);
            });
        }
        if (!options.flag("readerCaseSensitive", true)) {
            throw absent("readerCaseSensitive = false");
        }
    }

    private static SourceRefusal absent(String what) {
        return new SourceRefusal("UNSUPPORTED_FEATURE", "Auto Loader here does not have " + what);
    }

    private static Map<String, String> reading(Options options) {
        var reading = new LinkedHashMap<>(options.written());
        reading.keySet().removeIf(key -> {
            String name = key.toLowerCase(Locale.ROOT);
            return name.startsWith(PREFIX.toLowerCase(Locale.ROOT))
                    || Set.of("path", "pathglobfilter", "rescueddatacolumn", "maxfilespertrigger", "maxbytespertrigger")
                            .contains(name)
                    || name.startsWith("slipway.");
        });
        return reading;
    }

    boolean fixed() {
        return FIXED.contains(format);
    }

    /** Whether what a file has more than the schema is found while its records are read. */
    boolean rescues() {
        return format.equals("json") || format.equals("csv");
    }

    boolean includeExisting() {
        return all.flag(PREFIX + "includeExistingFiles", true);
    }

    boolean allowOverwrites() {
        return all.flag(PREFIX + "allowOverwrites", false);
    }

    Optional<Set<String>> partitionColumns() {
        return all.written().keySet().stream()
                .filter(key -> key.equalsIgnoreCase(PREFIX + "partitionColumns"))
                .findFirst()
                .map(key -> {
                    var names = new TreeSet<String>();
                    for (String name : all.get(key).orElse("").split(",", -1)) {
                        names.add(name.strip());
                    }
                    names.remove("");
                    return names;
                });
    }

    FileListing listing(org.apache.hadoop.conf.Configuration conf) {
        return new FileListing(path, all.get("pathGlobFilter"), conf);
    }
}
