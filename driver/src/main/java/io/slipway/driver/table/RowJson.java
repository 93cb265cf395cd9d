package io.slipway.driver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spark values as JSON. Decimals, dates and binary become text because JSON numbers and JavaScript would change them; NaN and
 * the infinities become text because JSON has no word for them.
 */
final class RowJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");

    private final ZoneId zone;

    RowJson(ZoneId zone) {
        this.zone = zone;
    }

    ArrayNode row(Row row, StructType schema) {
        ArrayNode line = NODES.arrayNode();
        for (int i = 0; i < row.length(); i++) {
            line.add(value(row.get(i), schema.fields()[i].dataType()));
        }
        return line;
    }

    private JsonNode value(@Nullable Object value, DataType type) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return NODES.numberNode(((Number) value).longValue());
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                return NODES.textNode(String.valueOf(number));
            }
            return value instanceof Float single ? NODES.numberNode(single) : NODES.numberNode(number);
        }
        if (value instanceof BigDecimal decimal) {
            return NODES.textNode(decimal.toPlainString());
        }
        if (value instanceof byte[] bytes) {
            return NODES.textNode(Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof java.sql.Timestamp timestamp) {
            return NODES.textNode(TIMESTAMP.format(timestamp.toInstant().atZone(zone)));
        }
        if (value instanceof Instant instant) {
            return NODES.textNode(TIMESTAMP.format(instant.atZone(zone)));
        }
        if (value instanceof LocalDateTime local) {
            return NODES.textNode(LOCAL.format(local));
        }
        if (value instanceof Row struct && type instanceof StructType fields) {
            return struct(struct, fields);
        }
        if (value instanceof scala.collection.Seq<?> items && type instanceof ArrayType array) {
            ArrayNode list = NODES.arrayNode();
            CollectionConverters.asJava(items).forEach(item -> list.add(value(item, array.elementType())));
            return list;
        }
        if (value instanceof scala.collection.Map<?, ?> entries && type instanceof MapType map) {
            return map(CollectionConverters.asJava(entries), map);
        }
        return NODES.textNode(value.toString());
    }

    private ObjectNode struct(Row row, StructType fields) {
        ObjectNode object = Json.object();
        for (int i = 0; i < row.length(); i++) {
            object.set(fields.fields()[i].name(), value(row.get(i), fields.fields()[i].dataType()));
        }
        return object;
    }

    private JsonNode map(Map<?, ?> entries, MapType type) {
        if (type.keyType().equals(DataTypes.StringType)) {
            ObjectNode object = Json.object();
            entries.forEach((key, item) -> object.set(String.valueOf(key), value(item, type.valueType())));
            return object;
        }
        ArrayNode pairs = NODES.arrayNode();
        entries.forEach((key, item) -> {
            ObjectNode pair = pairs.addObject();
            pair.set("key", value(key, type.keyType()));
            pair.set("value", value(item, type.valueType()));
        });
        return pairs;
    }
}
