package io.slipway.driver.sources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Types of some columns, written as {@code name TYPE, struct.field TYPE}, that win over what the files look like. */
record SchemaHints(List<Hint> hints) {
    private static final Pattern HINT = Pattern.compile(
            "((?:`(?:[^`]|``)+`|[^\\s`.:]+)(?:\\.(?:`(?:[^`]|``)+`|[^\\s`.:]+))*)(?:\\s*:\\s*|\\s+)(.+)",
            Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile("`((?:[^`]|``)+)`|([^`.]+)");

    record Hint(List<String> name, DataType type) {}

    static SchemaHints of(String text) {
        var hints = new ArrayList<Hint>();
        for (String each : split(text)) {
            Matcher hint = HINT.matcher(each.strip());
            if (!hint.matches()) {
                throw new SourceRefusal("INVALID_OPTION", "schemaHints cannot be read: " + each.strip());
            }
            var name = new ArrayList<String>();
            Matcher part = PART.matcher(hint.group(1));
            while (part.find()) {
                name.add(part.group(1) == null ? part.group(2) : part.group(1).replace("``", "`"));
            }
            hints.add(new Hint(name, DataType.fromDDL(hint.group(2).strip())));
        }
        return new SchemaHints(List.copyOf(hints));
    }

    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        parts.removeIf(String::isBlank);
        return parts;
    }

    /** Columns that are not there yet come at the end. */
    StructType on(StructType schema) {
        StructType hinted = schema;
        for (Hint hint : hints) {
            hinted = on(hinted, hint.name(), hint.type());
        }
        return hinted;
    }

    /** Only those of columns that are there. */
    StructType onKnown(StructType schema) {
        var known = hints.stream()
                .filter(hint -> Arrays.stream(schema.fieldNames())
                        .anyMatch(name -> name.equalsIgnoreCase(hint.name().get(0))))
                .toList();
        return new SchemaHints(known).on(schema);
    }

    private static StructType on(StructType schema, List<String> name, DataType type) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(schema.fields()));
        for (int i = 0; i < fields.size(); i++) {
            StructField field = fields.get(i);
            if (!field.name().equalsIgnoreCase(name.get(0))) {
                continue;
            }
            if (name.size() > 1 && !(field.dataType() instanceof StructType)) {
                throw new SourceRefusal(
                        "UNSUPPORTED_FEATURE",
                        "a schema hint for a part of " + field.name() + ", which is not a STRUCT");
            }
            DataType hinted = field.dataType() instanceof StructType inner && name.size() > 1
                    ? on(inner, name.subList(1, name.size()), type)
                    : type;
            fields.set(i, field.copy(field.name(), hinted, true, field.metadata()));
            return new StructType(fields.toArray(StructField[]::new));
        }
        DataType hinted = name.size() == 1 ? type : on(new StructType(), name.subList(1, name.size()), type);
        fields.add(DataTypes.createStructField(name.get(0), hinted, true));
        return new StructType(fields.toArray(StructField[]::new));
    }
}
