package io.slipway.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** Documents in columns: records to JSON text and back. Unknown fields are ignored, so that an older server reads newer rows. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    private static final Documents DOCUMENTS = new Documents(MAPPER);

    private Json() {}

    public static String write(Object value) {
        return DOCUMENTS.write(value);
    }

    public static String write(Object value, TypeReference<?> type) {
        return DOCUMENTS.write(value, type);
    }

    public static <T> T read(String text, Class<T> type) {
        return DOCUMENTS.read(text, type);
    }

    public static <T> T read(String text, TypeReference<T> type) {
        return DOCUMENTS.read(text, type);
    }

    public static JsonNode tree(Object value) {
        return DOCUMENTS.tree(value);
    }

    /** For readers and writers that need the same conventions. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }
}
