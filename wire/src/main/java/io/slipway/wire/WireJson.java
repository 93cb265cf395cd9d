package io.slipway.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How wire records become JSON and back: snake_case names, unknown request fields ignored, null the same as absent, and replies without
 * empty lists, maps and optionals, as the protobuf JSON of the real service. What is sent is taken as what it is or refused: nothing is
 * rounded, no number stands for a truth value or a name, and lists and maps have no holes.
 */
public final class WireJson {
    /** No document of any API has more values; a body of small ones takes many times its length in memory. */
    private static final long MOST_VALUES = 500_000;

    private static final ObjectMapper MAPPER = build();

    /** In a query string a list of one looks like a single value. */
    private static final ObjectMapper QUERY = MAPPER.copy().enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);

    private WireJson() {}

    public static ObjectMapper mapper() {
        return MAPPER;
    }

    private static ObjectMapper build() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxTokenCount(MOST_VALUES)
                        .build())
                .build();
        JsonMapper mapper = JsonMapper.builder(factory)
                .addModule(new Jdk8Module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                .build();
        for (LogicalType number : List.of(LogicalType.Integer, LogicalType.Float)) {
            mapper.coercionConfigFor(number)
                    .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                    .setAcceptBlankAsEmpty(false);
        }
        mapper.coercionConfigFor(LogicalType.Boolean)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                .setAcceptBlankAsEmpty(false);
        for (Class<?> container : List.of(List.class, Map.class)) {
            mapper.configOverride(container)
                    .setInclude(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_ABSENT))
                    .setSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL));
        }
        mapper.configOverride(Optional.class).setSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL));
        return mapper;
    }

    /** One JSON object. */
    static ObjectNode object(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            checkText(node);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.MALFORMED_REQUEST,
                    "Invalid JSON given in the body of the request - failed to parse given JSON",
                    e);
        }
        throw malformed("Invalid JSON given in the body of the request - expected a map");
    }

    /** Refuses text anywhere in the tree that cannot be kept. */
    public static void checkText(JsonNode node) {
        if (node.isTextual()) {
            checkText(node.asText());
        }
        node.properties().forEach(field -> checkText(field.getKey()));
        node.forEach(WireJson::checkText);
    }

    /** No database keeps a character 0, and half a surrogate is no character at all. */
    public static void checkText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == 0) {
                throw malformed("The character U+0000 is not allowed in text.");
            }
            if (Character.isSurrogate(next)) {
                boolean pair = Character.isHighSurrogate(next)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw malformed("Text has half a surrogate pair, which is no character.");
                }
                i++;
            }
        }
    }

    /** The tree as a record. */
    public static <T> T bind(ObjectNode tree, Class<T> type) {
        return bind(MAPPER, tree, type);
    }

    /** As {@link #bind}, from a query string. */
    static <T> T bindQuery(ObjectNode tree, Class<T> type) {
        return bind(QUERY, tree, type);
    }

    private static <T> T bind(ObjectMapper mapper, ObjectNode tree, Class<T> type) {
        try {
            return mapper.treeToValue(tree, type);
        } catch (InvalidFormatException e) {
            if (e.getTargetType() != null && e.getTargetType().isEnum()) {
                String allowed = Arrays.stream(e.getTargetType().getEnumConstants())
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
                throw PlatformException.invalid("Invalid value '" + shown(e.getValue()) + "' for field '" + field(e)
                        + "'. Allowed values: " + allowed);
            }
            throw malformed("Could not parse request object: invalid value '" + shown(e.getValue()) + "' for field '"
                    + field(e) + "'");
        } catch (InvalidNullException e) {
            throw malformed("Could not parse request object: null in field '" + field(e) + "'");
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof PlatformException refused) {
                throw refused;
            }
            throw malformed("Could not parse request object: wrong type for field '" + field(e) + "'");
        } catch (JsonProcessingException e) {
            throw malformed("Could not parse request object");
        }
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 100 ? text : text.substring(0, text.offsetByCodePoints(0, 50)) + "...";
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    static PlatformException malformed(String message) {
        return new PlatformException(ErrorCode.MALFORMED_REQUEST, message);
    }
}
