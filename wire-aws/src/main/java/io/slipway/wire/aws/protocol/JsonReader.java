package io.slipway.wire.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Fills records from trees of JSON or CBOR. */
final class JsonReader {
    /** Tells the kind of a structure; clients may send it. */
    private static final String TYPE = "__type";

    private final JsonForm form;

    JsonReader(JsonForm form) {
        this.form = form;
    }

    /** Members that are parts of the body. */
    void fill(SdkPojo builder, byte[] body) {
        JsonNode tree = form.tree(body);
        if (!tree.isObject()) {
            throw Malformed.syntax("The body must be an object.");
        }
        fill(builder, (ObjectNode) tree);
    }

    /** The member that is the whole body. */
    Object value(SdkField<?> field, byte[] body) {
        return value(field, form.tree(body));
    }

    private void fill(SdkPojo builder, ObjectNode tree) {
        int read = 0;
        for (SdkField<?> field : builder.sdkFields()) {
            if (Shapes.inBody(field)) {
                JsonNode node = tree.get(field.locationName());
                if (node != null) {
                    read++;
                    if (!node.isNull()) {
                        field.set(builder, value(field, node));
                    }
                }
            }
        }
        if (read < tree.size()) {
            requireKnown(builder, tree);
        }
    }

    private static void requireKnown(SdkPojo builder, ObjectNode tree) {
        Set<String> known = builder.sdkFields().stream()
                .filter(Shapes::inBody)
                .map(SdkField::locationName)
                .collect(Collectors.toSet());
        tree.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !name.equals(TYPE) && !tree.get(name).isNull()) {
                throw new Malformed(Malformed.Kind.UNKNOWN_MEMBER, "There is no member " + name + ".");
            }
        });
    }

    private Object value(SdkField<?> field, JsonNode node) {
        String name = field.memberName();
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> structure(field, node);
            case LIST -> list(field, node);
            case MAP -> map(field, node);
            case DOCUMENT -> document(node);
            case STRING -> {
                require(node.isTextual(), name, "a string");
                yield node.textValue();
            }
            case BOOLEAN -> {
                require(node.isBoolean(), name, "true or false");
                yield node.booleanValue();
            }
            case BYTE -> (byte) integer(name, node, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> (short) integer(name, node, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> (int) integer(name, node, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> integer(name, node, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> (float) real(name, node);
            case DOUBLE -> real(name, node);
            case BIG_DECIMAL -> {
                require(node.isNumber(), name, "a number");
                yield node.decimalValue();
            }
            case INSTANT -> time(field, node);
            case SDK_BYTES -> bytes(name, node);
            default -> throw new IllegalStateException(name + " is of no known type");
        };
    }

    private static void require(boolean so, String name, String must) {
        if (!so) {
            throw Malformed.value(name, must);
        }
    }

    private Object structure(SdkField<?> field, JsonNode node) {
        require(node.isObject(), field.memberName(), "an object");
        SdkPojo builder = Shapes.builder(field);
        fill(builder, (ObjectNode) node);
        return Shapes.built(builder);
    }

    private List<Object> list(SdkField<?> field, JsonNode node) {
        require(node.isArray(), field.memberName(), "a list");
        SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        List<Object> list = new ArrayList<>(node.size());
        for (JsonNode each : node) {
            require(!each.isNull(), field.memberName(), "a list without null");
            list.add(value(member, each));
        }
        return list;
    }

    private Map<String, Object> map(SdkField<?> field, JsonNode node) {
        require(node.isObject(), field.memberName(), "an object");
        SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(each -> {
            require(!each.getValue().isNull(), field.memberName(), "a map without null");
            map.put(each.getKey(), value(member, each.getValue()));
        });
        return map;
    }

    private static long integer(String name, JsonNode node, long least, long most) {
        require(node.isNumber() && (node.isIntegralNumber() || whole(node)), name, "an integer");
        BigInteger value = node.bigIntegerValue();
        require(
                value.compareTo(BigInteger.valueOf(least)) >= 0 && value.compareTo(BigInteger.valueOf(most)) <= 0,
                name,
                "between " + least + " and " + most);
        return value.longValue();
    }

    /** Some languages have one kind of number only. The scale is looked at first: the digits of 1e999999999 are many. */
    private static boolean whole(JsonNode node) {
        if (!node.isBigDecimal()) {
            return !Double.isInfinite(node.doubleValue()) && node.doubleValue() == Math.rint(node.doubleValue());
        }
        BigDecimal value = node.decimalValue();
        return value.precision() - value.scale() <= 20
                && value.stripTrailingZeros().scale() <= 0;
    }

    private double real(String name, JsonNode node) {
        if (node.isTextual() && !form.binary()) {
            String text = node.textValue();
            require(text.equals("NaN") || text.endsWith("Infinity"), name, "a number");
            return Scalars.real(name, text);
        }
        require(node.isNumber(), name, "a number");
        return node.doubleValue();
    }

    private Instant time(SdkField<?> field, JsonNode node) {
        String name = field.memberName();
        Format format = form.binary() ? form.times() : Scalars.format(field, form.times());
        boolean number = format == Format.UNIX_TIMESTAMP || format == Format.UNIX_TIMESTAMP_MILLIS;
        require(number ? node.isNumber() : node.isTextual(), name, number ? "a number" : "a string");
        if (!number) {
            return Scalars.time(name, node.textValue(), format);
        }
        require(Double.isFinite(node.doubleValue()), name, "a time");
        return format == Format.UNIX_TIMESTAMP
                ? Scalars.seconds(name, node.decimalValue())
                : Instant.ofEpochMilli(integer(name, node, -62_135_596_800_000L, 253_402_300_799_999L));
    }

    private SdkBytes bytes(String name, JsonNode node) {
        if (form.binary()) {
            require(node.isBinary(), name, "bytes");
            try {
                return SdkBytes.fromByteArrayUnsafe(node.binaryValue());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        require(node.isTextual(), name, "a string");
        return Scalars.bytes(name, node.textValue());
    }

    static Document document(JsonNode node) {
        if (node.isObject()) {
            Map<String, Document> map = new LinkedHashMap<>();
            node.properties().forEach(each -> map.put(each.getKey(), document(each.getValue())));
            return Document.fromMap(map);
        }
        if (node.isArray()) {
            List<Document> list = new ArrayList<>(node.size());
            node.forEach(each -> list.add(document(each)));
            return Document.fromList(list);
        }
        if (node.isBoolean()) {
            return Document.fromBoolean(node.booleanValue());
        }
        if (node.isNumber()) {
            return Document.fromNumber(node.asText());
        }
        return node.isNull() ? Document.fromNull() : Document.fromString(node.asText());
    }
}
