package io.slipway.driver.dbutils;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the columns of a DataFrame, read in one pass: {@code dbutils.data.summarize}.
 *
 * @param rows of the whole DataFrame
 */
record Summary(long rows, List<Line> lines) {
    private static final List<String> NUMBERS =
            List.of("mean", "std dev", "min", "25 %", "median", "75 %", "max", "zeros");

    /** One column; what its type has no word for is blank. */
    record Line(String name, String type, String missing, String distinct, List<String> numbers) {}

    /** @param precise counts of distinct values and quantiles are exact, which takes longer */
    static Summary of(Dataset<Row> data, boolean precise) {
        StructField[] fields = data.schema().fields();
        List<Column> wanted = new ArrayList<>();
        wanted.add(functions.count(functions.lit(1)));
        for (StructField field : fields) {
            wanted.addAll(statistics(field, precise));
        }
        Row row = data.select(wanted.toArray(Column[]::new)).first();
        long rows = row.getLong(0);
        List<Line> lines = new ArrayList<>();
        int at = 1;
        for (StructField field : fields) {
            int count = statistics(field, precise).size();
            lines.add(line(field, rows, row, at, count));
            at += count;
        }
        return new Summary(rows, lines);
    }

    /** Number of values; of distinct ones; then, as far as the type has them, the numbers. */
    private static List<Column> statistics(StructField field, boolean precise) {
        Column column = functions.col("`" + field.name().replace("`", "``") + "`");
        DataType type = field.dataType();
        List<Column> statistics = new ArrayList<>(List.of(functions.count(column)));
        boolean number = type instanceof NumericType;
        if (!number && !plain(type)) {
            return statistics;
        }
        statistics.add(precise ? functions.count_distinct(column) : functions.approx_count_distinct(column));
        if (number) {
            Column value = column.cast(DataTypes.DoubleType);
            statistics.add(functions.avg(value));
            statistics.add(functions.stddev(value));
            statistics.add(functions.min(column));
            for (double quantile : new double[] {0.25, 0.5, 0.75}) {
                statistics.add(
                        precise
                                ? functions.percentile(value, functions.lit(quantile))
                                : functions.approx_percentile(value, functions.lit(quantile), functions.lit(10_000)));
            }
            statistics.add(functions.max(column));
            statistics.add(functions.count_if(value.equalTo(0)));
        } else {
            statistics.add(functions.min(column));
            statistics.add(functions.max(column));
        }
        return statistics;
    }

    private static boolean plain(DataType type) {
        return type.equals(DataTypes.StringType)
                || type.equals(DataTypes.DateType)
                || type.equals(DataTypes.TimestampType)
                || type.equals(DataTypes.TimestampNTZType)
                || type.equals(DataTypes.BooleanType);
    }

    private static Line line(StructField field, long rows, Row row, int at, int count) {
        long missing = rows - row.getLong(at);
        String share = rows == 0 ? "" : String.format(Locale.ROOT, " (%.1f %%)", 100.0 * missing / rows);
        List<String> numbers = new ArrayList<>();
        for (int i = at + 2; i < at + count; i++) {
            numbers.add(text(row.get(i)));
        }
        if (count == 4) {
            numbers = List.of("", "", numbers.get(0), "", "", "", numbers.get(1), "");
        }
        return new Line(
                field.name(),
                field.dataType().simpleString(),
                missing + share,
                count > 1 ? text(row.get(at + 1)) : "",
                numbers);
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? String.valueOf((long) number)
                    : String.format(Locale.ROOT, "%.6g", number);
        }
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** A table that needs no script. */
    String html() {
        String head = "<tr><th>column</th><th>type</th><th>missing</th><th>distinct</th>"
                + NUMBERS.stream().map(name -> "<th>" + name + "</th>").collect(Collectors.joining()) + "</tr>";
        String body = lines.stream().map(Summary::html).collect(Collectors.joining("\n"));
        return "<p>" + rows + " rows, " + lines.size() + " columns</p>\n<table>\n<thead>" + head + "</thead>\n<tbody>\n"
                + body + "\n</tbody>\n</table>";
    }

    private static String html(Line line) {
        List<String> cells = new ArrayList<>(List.of(line.name(), line.type(), line.missing(), line.distinct()));
        cells.addAll(line.numbers());
        while (cells.size() < 4 + NUMBERS.size()) {
            cells.add("");
        }
        return cells.stream()
                .map(cell -> "<td>" + cell.replace("&", "&amp;").replace("<", "&lt;") + "</td>")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }
}
