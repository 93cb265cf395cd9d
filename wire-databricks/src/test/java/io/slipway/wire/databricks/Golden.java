package io.slipway.wire.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whole answers as they were agreed on, in files beside the tests: a field more or less is seen, the order of fields means nothing. What
 * differs from run to run stands there as {@code "<number>"}, {@code "<id>"} or {@code "<any>"}: its place and its type are compared all
 * the same. {@code -Dslipway.draw=true} writes the files anew; read the difference before you commit it.
 */
public final class Golden {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Golden() {}

    public static void same(Class<?> test, String name, HttpResponse<byte[]> answer) {
        try {
            same(test, name, MAPPER.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    public static void same(Class<?> test, String name, JsonNode answer) {
        try {
            JsonNode wanted = saved(test, name);
            JsonNode told = masked(MAPPER.readTree(answer.toString()), wanted);
            if (Boolean.getBoolean("slipway.draw")) {
                Path file = Path.of("src/test/resources", test.getPackageName().replace('.', '/'), name + ".json");
                Files.writeString(file, MAPPER.writeValueAsString(MAPPER.treeToValue(told, Object.class)) + "\n");
                return;
            }
            assertThat(told).as(name + ".json").isEqualTo(wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static JsonNode saved(Class<?> test, String name) throws IOException {
        try (InputStream in = test.getResourceAsStream(name + ".json")) {
            return in == null ? MissingNode.getInstance() : MAPPER.readTree(in);
        }
    }

    /** {@code told} with the placeholders of {@code wanted} wherever they fit. */
    private static JsonNode masked(JsonNode told, JsonNode wanted) {
        if (told instanceof ObjectNode object && wanted.isObject()) {
            ObjectNode masked = object.objectNode();
            object.properties()
                    .forEach(
                            field -> masked.set(field.getKey(), masked(field.getValue(), wanted.path(field.getKey()))));
            return masked;
        }
        if (told instanceof ArrayNode array && wanted.isArray()) {
            ArrayNode masked = array.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                masked.add(masked(array.get(i), wanted.path(i)));
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
