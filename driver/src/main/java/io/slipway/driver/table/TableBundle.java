package io.slipway.driver.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A result as {@code application/vnd.slipway.table+json}: at most 10,000 rows or 2 MB, then {@code truncated}, with a name by which all of
 * it can be asked for.
 */
public final class TableBundle {
    static final int ROWS = 10_000;
    static final int BYTES = 2 * 1024 * 1024;

    private TableBundle() {}

    public static ObjectNode of(Dataset<?> typed, CutResults cut) {
        // Without toDF the rows of a Dataset[Long] come as longs.
        Dataset<Row> data = typed.toDF();
        if (data.isStreaming()) {
            throw new UnsupportedOperationException(
                    "a streaming DataFrame cannot be displayed: write it with writeStream and read the sink");
        }
        ObjectNode table = of(data.schema(), data.takeAsList(ROWS + 1), zone(data));
        if (table.path("truncated").asBoolean()) {
            table.put("result", cut.keep(data));
        }
        return table;
    }

    /** The first rows, of a query that is known already. */
    public static ObjectNode first(Dataset<Row> data) {
        return of(data, data.takeAsList(ROWS + 1));
    }

    /** These rows as rows of {@code data}. */
    public static ObjectNode of(Dataset<Row> data, List<Row> rows) {
        return of(data.schema(), rows, zone(data));
    }

    static ZoneId zone(Dataset<Row> data) {
        return ZoneId.of(data.sparkSession().conf().get("spark.sql.session.timeZone"));
    }

    static ObjectNode of(StructType schema, List<Row> rows, ZoneId zone) {
        ObjectNode table = Json.object();
        ArrayNode fields = table.putArray("schema");
        for (StructField field : schema.fields()) {
            fields.addObject()
                    .put("name", field.name())
                    .put("type", field.dataType().json())
                    .put("nullable", field.nullable());
        }
        ArrayNode data = table.putArray("data");
        var cells = new RowJson(zone);
        long bytes = 0;
        boolean truncated = rows.size() > ROWS;
        for (Row row : rows.subList(0, Math.min(rows.size(), ROWS))) {
            ArrayNode line = cells.row(row, schema);
            bytes += line.toString().length();
            if (bytes > BYTES && data.size() > 0) {
                truncated = true;
                break;
            }
            data.add(line);
        }
        table.put("truncated", truncated);
        return table;
    }
}
