package io.slipway.wire.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.wire.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;

/**
 * Whole answers as they were agreed on, in files beside the tests. What differs from run to run stands there as {@code "<number>"},
 * {@code "<id>"} or {@code "<any>"}: its place and its type are compared all the same, and no field may be more or less.
 */
public final class Golden {
    private Golden() {}

    public static void same(String name, HttpResponse<byte[]> answer) throws IOException {
        JsonNode wanted = WireJson.mapper().readTree(document(name));
        JsonNode told = WireJson.mapper().readTree(answer.body());
        assertThat(masked(told, wanted).toPrettyString()).as(name).isEqualTo(wanted.toPrettyString());
    }

    private static byte[] document(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(in).as("golden document " + name).isNotNull();
            return in.readAllBytes();
        }
    }

    /** {@code told} with the placeholders of {@code wanted} wherever they fit. */
    private static JsonNode masked(JsonNode told, JsonNode wanted) {
        if (told instanceof ObjectNode object && wanted.isObject()) {
            ObjectNode masked = object.objectNode();
            // In the order of the document: clients do not mind the order of fields.
            wanted.fieldNames().forEachRemaining(field -> {
                if (object.has(field)) {
                    masked.set(field, masked(object.get(field), wanted.get(field)));
                }
            });
            object.fieldNames().forEachRemaining(field -> {
                if (!wanted.has(field)) {
                    masked.set(field, object.get(field));
                }
            });
            return masked;
        }
        if (told instanceof ArrayNode array && wanted.size() == array.size()) {
            ArrayNode masked = array.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                masked.add(masked(array.get(i), wanted.get(i)));
            }
            return masked;
        }
        return fits(told, wanted.asText()) ? wanted : told;
    }

    private static boolean fits(JsonNode told, String placeholder) {
        return switch (placeholder) {
            case "<number>" -> told.isIntegralNumber() && told.asLong() > 0;
            case "<id>" -> told.isTextual() && told.asText().matches("[0-9a-f-]{8,}|\\d+");
            case "<any>" -> told.isTextual() && !told.asText().isEmpty();
            default -> false;
        };
    }
}
