package io.slipway.wire.aws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.JsonValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Writes what belongs into headers and the status of an answer. */
public final class RestWriter {
    private RestWriter() {}

    public static List<Map.Entry<String, String>> headers(SdkPojo shape) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (SdkField<?> field : shape.sdkFields()) {
            if (field.location() == MarshallLocation.HEADER) {
                Shapes.value(field, shape).ifPresent(value -> add(headers, field, value));
            }
        }
        return headers;
    }

    private static void add(List<Map.Entry<String, String>> headers, SdkField<?> field, Object value) {
        String name = field.unmarshallLocationName().toLowerCase(Locale.ROOT);
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, text) ->
                    headers.add(Map.entry(name + String.valueOf(key).toLowerCase(Locale.ROOT), String.valueOf(text))));
        } else if (value instanceof List<?> list) {
            SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            headers.add(Map.entry(
                    name,
                    list.stream()
                            .map(each -> each instanceof String text
                                    ? HeaderList.quoted(text)
                                    : Scalars.write(member, each, Format.RFC_822))
                            .collect(Collectors.joining(", "))));
        } else {
            headers.add(Map.entry(name, text(field, value)));
        }
    }

    private static String text(SdkField<?> field, Object value) {
        return field.containsTrait(JsonValueTrait.class)
                ? Base64.getEncoder().encodeToString(String.valueOf(value).getBytes(StandardCharsets.UTF_8))
                : Scalars.write(field, value, Format.RFC_822);
    }

    /** The status that the answer says itself, or else the usual one. */
    public static int status(SdkPojo shape, int usual) {
        for (SdkField<?> field : shape.sdkFields()) {
            if (field.location() == MarshallLocation.STATUS_CODE) {
                return Shapes.value(field, shape).map(value -> (Integer) value).orElse(usual);
            }
        }
        return usual;
    }
}
