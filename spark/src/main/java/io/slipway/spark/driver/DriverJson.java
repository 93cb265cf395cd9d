package io.slipway.spark.driver;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.Kinds;
import io.slipway.store.Documents;

/** The types of the driver protocol as JSON, for the wire and for columns. */
public final class DriverJson {
    public static final Documents DOCUMENTS = new Documents(mapper(JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))));

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface NamedByType {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface NamedByKind {}

    /** Rows from before protocol 2 have another name. */
    @SuppressWarnings("UnusedMethod") // Read by Jackson.
    private interface OlderWheel {
        @JsonAlias("package")
        String packageName();
    }

    private DriverJson() {}

    private static JsonMapper mapper(JsonMapper.Builder builder) {
        for (Kinds kinds : Kinds.ALL) {
            builder.addMixIn(kinds.type(), kinds.field().equals("type") ? NamedByType.class : NamedByKind.class);
            kinds.names().forEach((name, kind) -> builder.registerSubtypes(new NamedType(kind, name)));
        }
        return builder.addMixIn(CommandSpec.Wheel.class, OlderWheel.class).build();
    }
}
