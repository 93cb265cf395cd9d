package io.slipway.wire.aws.protocol;

import io.slipway.wire.aws.signature.SentHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.JsonValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Fills records from paths, queries and headers. */
final class RestReader {
    private RestReader() {}

    static void fill(SdkPojo builder, Map<String, String> labels, Parameters query, SentHeaders headers) {
        for (SdkField<?> field : builder.sdkFields()) {
            Optional<?> value = switch (field.location()) {
                case PATH, GREEDY_PATH ->
                    Optional.ofNullable(labels.get(field.locationName()))
                            .map(text -> Scalars.read(field, text, Format.ISO_8601));
                case QUERY_PARAM -> ofQuery(field, query);
                case HEADER -> ofHeaders(field, headers);
                default -> Optional.empty();
            };
            value.ifPresent(each -> field.set(builder, each));
        }
    }

    private static Optional<?> ofQuery(SdkField<?> field, Parameters query) {
        return switch (field.marshallingType().getKnownType()) {
            case MAP -> Optional.of(everything(field, query)).filter(map -> !map.isEmpty());
            case LIST -> {
                SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
                List<String> values = query.values(field.locationName());
                yield values.isEmpty()
                        ? Optional.empty()
                        : Optional.of(values.stream()
                                .map(text -> Scalars.read(member, text, Format.ISO_8601))
                                .toList());
            }
            default -> query.first(field.locationName()).map(text -> Scalars.read(field, text, Format.ISO_8601));
        };
    }

    /** All parameters, those that other members have too. */
    private static Map<String, Object> everything(SdkField<?> field, Parameters query) {
        boolean lists = field.getRequiredTrait(MapTrait.class)
                        .valueFieldInfo()
                        .marshallingType()
                        .getKnownType()
                == MarshallingKnownType.LIST;
        Map<String, Object> map = new LinkedHashMap<>();
        for (Parameters.Parameter each : query.all()) {
            if (!each.name().startsWith("X-Amz-")) {
                map.put(each.name(), lists ? query.values(each.name()) : each.value());
            }
        }
        return map;
    }

    private static Optional<?> ofHeaders(SdkField<?> field, SentHeaders headers) {
        String name = field.locationName().toLowerCase(Locale.ROOT);
        return switch (field.marshallingType().getKnownType()) {
            case MAP -> Optional.of(prefixed(name, headers)).filter(map -> !map.isEmpty());
            case LIST -> {
                List<Object> list = list(field, headers.all(name));
                yield list.isEmpty() ? Optional.empty() : Optional.of(list);
            }
            default -> headers.first(name).map(text -> header(field, text));
        };
    }

    private static Object header(SdkField<?> field, String text) {
        if (field.containsTrait(JsonValueTrait.class)) {
            return new String(Scalars.bytes(field.memberName(), text).asByteArrayUnsafe(), StandardCharsets.UTF_8);
        }
        return Scalars.read(field, text, Format.RFC_822);
    }

    private static Map<String, String> prefixed(String prefix, SentHeaders headers) {
        Map<String, String> map = new LinkedHashMap<>();
        headers.entries().forEach(each -> {
            if (each.getKey().startsWith(prefix)) {
                map.merge(
                        each.getKey().substring(prefix.length()),
                        each.getValue().strip(),
                        (a, b) -> a + "," + b);
            }
        });
        return map;
    }

    private static List<Object> list(SdkField<?> field, List<String> lines) {
        SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        boolean dates = member.marshallingType().getKnownType() == MarshallingKnownType.INSTANT
                && Scalars.format(member, Format.RFC_822) == Format.RFC_822;
        List<Object> list = new ArrayList<>();
        for (String line : lines) {
            for (String text : dates ? HeaderList.splitDates(line) : HeaderList.split(line)) {
                list.add(Scalars.read(member, text, Format.RFC_822));
            }
        }
        return list;
    }
}
