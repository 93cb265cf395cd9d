package io.slipway.driver.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** What a record of JSON has and the row made of it has not: fields of no column, and values not of their column's type. */
final class RescuedData {
    private RescuedData() {}

    static ObjectNode of(ObjectNode record, StructType schema, InternalRow row) {
        ObjectNode rest = Json.object();
        List<String> names = List.of(schema.fieldNames());
        record.properties().forEach(field -> {
            JsonNode value = field.getValue();
            int at = names.indexOf(field.getKey());
            if (value.isNull()) {
                return;
            }
            if (at < 0 || row.isNullAt(at)) {
                rest.set(field.getKey(), value);
                return;
            }
            DataType type = schema.fields()[at].dataType();
            if (type instanceof StructType inner && value instanceof ObjectNode object) {
                ObjectNode within = of(object, inner, row.getStruct(at, inner.size()));
                if (!within.isEmpty()) {
                    rest.set(field.getKey(), within);
                }
            } else if (lost(value, type, type instanceof ArrayType ? row.getArray(at) : values(row, at, type))) {
                rest.set(field.getKey(), value);
            }
        });
        return rest;
    }

    private static ArrayData values(InternalRow row, int at, DataType type) {
        return type instanceof MapType ? row.getMap(at).valueArray() : ArrayData.toArrayData(new Object[0]);
    }

    /** Whether something of a list or of the values of a map is not in what was read of it; it is then rescued whole. */
    private static boolean lost(JsonNode value, DataType type, ArrayData read) {
        if (type instanceof ArrayType array && value instanceof ArrayNode list) {
            var elements = new ArrayList<JsonNode>();
            list.forEach(elements::add);
            return lost(elements, array.elementType(), read);
        }
        if (type instanceof MapType map && value instanceof ObjectNode object) {
            var elements = new ArrayList<JsonNode>();
            object.forEach(elements::add);
            return lost(elements, map.valueType(), read);
        }
        return false;
    }

    private static boolean lost(List<JsonNode> elements, DataType type, ArrayData read) {
        if (read.numElements() != elements.size()) {
            return true;
        }
        for (int i = 0; i < elements.size(); i++) {
            JsonNode element = elements.get(i);
            if (element.isNull()) {
                continue;
            }
            if (read.isNullAt(i)) {
                return true;
            }
            if (type instanceof StructType inner
                    && element instanceof ObjectNode object
                    && !of(object, inner, read.getStruct(i, inner.size())).isEmpty()) {
                return true;
            }
            if (type instanceof ArrayType && lost(element, type, read.getArray(i))) {
                return true;
            }
            if (type instanceof MapType && lost(element, type, read.getMap(i).valueArray())) {
                return true;
            }
        }
        return false;
    }
}
