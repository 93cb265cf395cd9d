package io.slipway.driver.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/**
 * COPY INTO: loads the files of a folder that were not loaded before.
 *
 * @param columns which the columns of the files go to, in their order; empty: those of the same names
 * @param expressions what is selected from the files
 * @param condition which of their rows; empty: all
 */
record CopyStatement(
        String table,
        boolean byPosition,
        List<String> columns,
        String expressions,
        String condition,
        String source,
        String format,
        List<String> files,
        String pattern,
        Map<String, String> formatOptions,
        Map<String, String> copyOptions) {
    private static final StructType COUNTS = new StructType()
            .add("num_affected_rows", "bigint")
            .add("num_inserted_rows", "bigint")
            .add("num_skipped_corrupt_files", "bigint");
    private static final List<String> FORMATS =
            List.of("avro", "binaryfile", "csv", "json", "orc", "parquet", "text", "xml");

    static Optional<LogicalPlan> plan(Reading read, ParserInterface next) {
        if (!read.skip("COPY", "INTO")) {
            return Optional.empty();
        }
        CopyStatement statement = read(read);
        return Optional.of(new RowsCommand("COPY INTO", COUNTS, session -> new CopyIn(session, statement).run()));
    }

    private static CopyStatement read(Reading read) {
        String table = read.qualified();
        boolean byPosition = read.skip("BY", "POSITION");
        List<String> columns = new ArrayList<>();
        if (!byPosition && read.skip("(")) {
            do {
                columns.add(read.name());
            } while (read.skip(","));
            read.expect(")");
        }
        read.expect("FROM");
        String expressions = "*";
        String condition = "";
        String source;
        if (read.skip("(")) {
            read.expect("SELECT");
            int start = read.peek().orElseThrow(() -> read.wrong("expressions")).start();
            skipTo(read, "FROM");
            expressions = read.text()
                    .substring(start, read.tokens().get(read.position()).start());
            read.expect("FROM");
            source = source(read);
            if (read.skip("WHERE")) {
                int from =
                        read.peek().orElseThrow(() -> read.wrong("a condition")).start();
                skipTo(read, ")");
                condition = read.text()
                        .substring(from, read.tokens().get(read.position()).start());
            }
            read.expect(")");
        } else {
            source = source(read);
        }
        read.expect("FILEFORMAT");
        read.expect("=");
        String format = read.name().toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw new SqlRefusal("COPY_INTO_SOURCE_FILE_FORMAT_NOT_SUPPORTED", format + " is none of " + FORMATS);
        }
        List<String> files = new ArrayList<>();
        String pattern = "";
        Map<String, String> formatOptions = new HashMap<>();
        Map<String, String> copyOptions = new HashMap<>();
        while (!read.atEnd()) {
            if (read.skip("FILES", "=")) {
                read.expect("(");
                do {
                    files.add(read.string());
                } while (read.skip(","));
                read.expect(")");
            } else if (read.skip("PATTERN", "=")) {
                pattern = read.string();
            } else if (read.skip("FORMAT_OPTIONS")) {
                read.properties(formatOptions);
            } else if (read.skip("COPY_OPTIONS")) {
                read.properties(copyOptions);
            } else if (read.skip("VALIDATE")) {
                throw new SqlRefusal("UNSUPPORTED_FEATURE", "COPY INTO … VALIDATE is not supported on this platform");
            } else {
                throw read.wrong("FILES, PATTERN, FORMAT_OPTIONS or COPY_OPTIONS");
            }
        }
        formatOptions.forEach((option, value) -> {
            if (option.equalsIgnoreCase("ignoreCorruptFiles") && Boolean.parseBoolean(value)) {
                throw new SqlRefusal(
                        "UNSUPPORTED_FEATURE",
                        "COPY INTO does not skip corrupt files on this platform: it could not say how many they were");
            }
        });
        for (String option : copyOptions.keySet()) {
            if (!option.equalsIgnoreCase("force") && !option.equalsIgnoreCase("mergeSchema")) {
                throw new SqlRefusal(
                        "COPY_INTO_UNKNOWN_OPTION", "COPY_OPTIONS are force and mergeSchema, not " + option);
            }
        }
        return new CopyStatement(
                table,
                byPosition,
                columns,
                expressions,
                condition,
                source,
                format,
                files,
                pattern,
                formatOptions,
                copyOptions);
    }

    private static String source(Reading read) {
        String source = read.string();
        if (read.skip("WITH")) {
            throw new SqlRefusal(
                    "UNSUPPORTED_FEATURE",
                    "COPY INTO takes no credentials here: nothing but the cluster's own is used");
        }
        return source;
    }

    /** To this word outside of parentheses. */
    private static void skipTo(Reading read, String word) {
        int depth = 0;
        while (true) {
            var token = read.peek().orElseThrow(() -> read.wrong(word));
            if (depth == 0 && token.is(word)) {
                return;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            read.next();
        }
    }

    /** The same into the table that this session knows by that name. */
    CopyStatement into(String name) {
        return new CopyStatement(
                name,
                byPosition,
                columns,
                expressions,
                condition,
                source,
                format,
                files,
                pattern,
                formatOptions,
                copyOptions);
    }

    boolean copyOption(String name) {
        return copyOptions.entrySet().stream()
                .anyMatch(option -> option.getKey().equalsIgnoreCase(name) && Boolean.parseBoolean(option.getValue()));
    }
}
