package io.slipway.driver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * All rows of a result as text, written as they come: no more of it is in memory than one partition. The forms are those in which the
 * page itself saves the rows that it shows (webapp/src/output/copying.ts).
 */
public final class WholeResult {
    /** What the text is. */
    public enum Format {
        /** RFC 4180: null is nothing, an empty text is {@code ""}. */
        CSV("text/csv"),
        /** A list of objects, one a line. */
        JSON("application/json");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        public String contentType() {
            return contentType;
        }
    }

    private static final Pattern QUOTED = Pattern.compile("(?s).*[\",\n\r].*|\\s.*|.*\\s");
    /** What a spreadsheet would take for a formula: files travel to people who did not make them. */
    private static final Pattern FORMULA = Pattern.compile("(?s)[=+\\-@\t\r].*");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(Infinity|(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?)");

    private final StructType schema;
    private final RowJson cells;
    private final Iterator<Row> rows;

    private WholeResult(StructType schema, RowJson cells, Iterator<Row> rows) {
        this.schema = schema;
        this.cells = cells;
        this.rows = rows;
    }

    /** Runs the query as far as its first row: one that fails, fails here. */
    public static WholeResult of(Dataset<Row> data) {
        Iterator<Row> rows = data.toLocalIterator();
        boolean unused = rows.hasNext();
        return new WholeResult(data.schema(), new RowJson(TableBundle.zone(data)), rows);
    }

    /** Answers how many rows there were. */
    public long write(Format format, OutputStream out) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        long count = format == Format.CSV ? csv(text) : json(text);
        text.flush();
        return count;
    }

    private long csv(Writer text) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : schema.fieldNames()) {
            names.add(quoted(harmless(name)));
        }
        text.write(String.join(",", names));
        text.write("\r\n");
        long count = 0;
        for (; rows.hasNext(); count++) {
            ArrayNode row = cells.row(rows.next(), schema);
            for (int i = 0; i < row.size(); i++) {
                text.write(i == 0 ? "" : ",");
                text.write(field(row.get(i)));
            }
            text.write("\r\n");
        }
        return count;
    }

    private static String field(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isTextual()) {
            return value.textValue().isEmpty() ? "\"\"" : quoted(harmless(value.textValue()));
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        return QUOTED.matcher(text).matches() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static String harmless(String text) {
        boolean formula =
                FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches();
        return formula ? "'" + text : text;
    }

    private long json(Writer text) throws IOException {
        List<String> keys = keys(schema);
        text.write("[");
        long count = 0;
        for (; rows.hasNext(); count++) {
            ArrayNode row = cells.row(rows.next(), schema);
            ObjectNode object = Json.object();
            for (int i = 0; i < row.size(); i++) {
                object.set(keys.get(i), row.get(i));
            }
            text.write(count == 0 ? "\n" : ",\n");
            text.write(object.toString());
        }
        text.write("\n]\n");
        return count;
    }

    /** The names of the columns; a second one of a name is {@code name (2)}. */
    private static List<String> keys(StructType schema) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> keys = new ArrayList<>();
        for (String name : schema.fieldNames()) {
            int times = seen.merge(name, 1, Integer::sum);
            keys.add(times > 1 ? name + " (" + times + ")" : name);
        }
        return keys;
    }
}
