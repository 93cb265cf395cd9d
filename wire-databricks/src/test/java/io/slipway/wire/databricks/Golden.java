package io.slipway.wire.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whole answers, as files beside the tests: a field more or less is seen. {@code -Dslipway.draw=true} writes them anew; read the
 * difference before you commit it.
 */
public final class Golden {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Golden() {}

    /** Compares as trees: the order of fields means nothing. */
    public static void same(Class<?> test, String name, JsonNode answer) {
        try {
            if (Boolean.getBoolean("slipway.draw")) {
                Path file = Path.of("src/test/resources", test.getPackageName().replace('.', '/'), name + ".json");
                Files.writeString(file, MAPPER.writeValueAsString(MAPPER.treeToValue(answer, Object.class)) + "\n");
                return;
            }
            try (InputStream saved = test.getResourceAsStream(name + ".json")) {
                assertThat(saved).as(name + ".json").isNotNull();
                assertThat(MAPPER.readTree(answer.toString()))
                        .as(name + ".json")
                        .isEqualTo(MAPPER.readTree(saved));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
