package io.slipway.wire.aws.protocol;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.JsonValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.Trait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.shapes.ShapeType;

/** Makes the metadata that the SDK would have for shapes of a Smithy model, and records with values from its tests. */
final class SmithyShapes {
    private static final Map<String, TimestampFormatTrait.Format> FORMATS = Map.of(
            "date-time", TimestampFormatTrait.Format.ISO_8601,
            "http-date", TimestampFormatTrait.Format.RFC_822,
            "epoch-seconds", TimestampFormatTrait.Format.UNIX_TIMESTAMP);

    private final Model model;
    private final Protocol protocol;
    private final Map<ShapeId, List<SdkField<?>>> known = new HashMap<>();

    SmithyShapes(Model model, Protocol protocol) {
        this.model = model;
        this.protocol = protocol;
    }

    SmithyRecord empty(ShapeId structure) {
        return new SmithyRecord(fields(structure));
    }

    /** Of an exception the SDK tells the message apart. */
    SmithyRecord withoutMessage(SmithyRecord error) {
        SmithyRecord other = new SmithyRecord(error.sdkFields().stream()
                .filter(field -> !field.memberName().equalsIgnoreCase("message"))
                .toList());
        error.sdkFields().forEach(field -> other.set(field.memberName(), error.get(field.memberName())));
        return other;
    }

    private List<SdkField<?>> fields(ShapeId structure) {
        List<SdkField<?>> fields = known.get(structure);
        if (fields == null) {
            fields = new ArrayList<>();
            known.put(structure, fields);
            for (MemberShape member : model.expectShape(structure).members()) {
                fields.add(field(member, target(member)));
            }
        }
        return fields;
    }

    private Shape target(MemberShape member) {
        return model.expectShape(member.getTarget());
    }

    private static Optional<String> trait(Shape shape, String name) {
        return shape.findTrait(name)
                .map(each -> each.toNode().isStringNode()
                        ? each.toNode().expectStringNode().getValue()
                        : "");
    }

    private static boolean has(Shape shape, String name) {
        return shape.findTrait(name).isPresent();
    }

    @SuppressWarnings("unchecked")
    private SdkField<?> field(MemberShape member, Shape target) {
        List<Trait> traits = new ArrayList<>();
        traits.add(location(member));
        Optional<String> format = trait(member, "timestampFormat").or(() -> trait(target, "timestampFormat"));
        format.ifPresent(each -> traits.add(TimestampFormatTrait.create(FORMATS.get(each))));
        if (has(member, "required")) {
            traits.add(RequiredTrait.create());
        }
        if (has(member, "httpPayload") && protocol.rest()) {
            traits.add(PayloadTrait.create());
        }
        if (has(member, "httpHeader") && has(target, "mediaType")) {
            traits.add(JsonValueTrait.create());
        }
        if (has(member, "xmlAttribute")) {
            traits.add(XmlAttributeTrait.create());
        }
        if (target instanceof ListShape list) {
            MemberShape element = list.getMember();
            traits.add(ListTrait.builder()
                    .memberLocationName(trait(element, "xmlName").orElse(null))
                    .memberFieldInfo(field(element, target(element)))
                    .isFlattened(has(member, "xmlFlattened"))
                    .build());
        }
        if (target instanceof MapShape map) {
            traits.add(MapTrait.builder()
                    .keyLocationName(trait(map.getKey(), "xmlName").orElse("key"))
                    .valueLocationName(trait(map.getValue(), "xmlName").orElse("value"))
                    .valueFieldInfo(field(map.getValue(), target(map.getValue())))
                    .isFlattened(has(member, "xmlFlattened"))
                    .build());
        }
        String name = member.getMemberName();
        SdkField.Builder<Object> builder = SdkField.builder((MarshallingType<Object>) type(target))
                .memberName(name)
                .getter(record -> ((SmithyRecord) record).get(name))
                .setter((record, value) -> ((SmithyRecord) record).set(name, value))
                .traits(traits.toArray(new Trait[0]));
        if (structure(target)) {
            builder.constructor(() -> (SdkPojo) empty(target.getId()));
        }
        return builder.build();
    }

    private static boolean structure(Shape shape) {
        return shape.getType() == ShapeType.STRUCTURE || shape.getType() == ShapeType.UNION;
    }

    private LocationTrait location(MemberShape member) {
        if (protocol.rest()) {
            String[][] bindings = {
                {"httpQuery", "QUERY_PARAM"},
                {"httpHeader", "HEADER"},
                {"httpPrefixHeaders", "HEADER"},
                {"httpLabel", "PATH"},
                {"httpQueryParams", "QUERY_PARAM"},
                {"httpResponseCode", "STATUS_CODE"}
            };
            for (String[] each : bindings) {
                Optional<String> bound = trait(member, each[0]);
                if (bound.isPresent()) {
                    boolean named = !bound.get().isEmpty() || each[0].equals("httpPrefixHeaders");
                    return location(
                            MarshallLocation.valueOf(each[1]),
                            named ? bound.get() : member.getMemberName(),
                            named ? bound.get() : member.getMemberName());
                }
            }
        }
        String out = outName(member);
        return location(MarshallLocation.PAYLOAD, inName(member, out), out);
    }

    private static LocationTrait location(MarshallLocation location, String in, String out) {
        return LocationTrait.builder()
                .location(location)
                .locationName(in)
                .unmarshallLocationName(out)
                .build();
    }

    private String outName(MemberShape member) {
        return switch (protocol) {
            case AWS_JSON_1_0, AWS_JSON_1_1, RPC_V2_CBOR -> member.getMemberName();
            case REST_JSON -> trait(member, "jsonName").orElse(member.getMemberName());
            case REST_XML ->
                trait(member, "xmlName")
                        .or(() -> has(member, "httpPayload") ? trait(target(member), "xmlName") : Optional.empty())
                        .orElseGet(() -> has(member, "httpPayload")
                                ? target(member).getId().getName()
                                : member.getMemberName());
            default -> trait(member, "xmlName").orElse(member.getMemberName());
        };
    }

    private String inName(MemberShape member, String out) {
        return protocol == Protocol.EC2_QUERY
                ? trait(member, "aws.protocols#ec2QueryName")
                        .orElse(out.substring(0, 1).toUpperCase(Locale.ROOT) + out.substring(1))
                : out;
    }

    private static MarshallingType<?> type(Shape shape) {
        return switch (shape.getType()) {
            case STRUCTURE, UNION -> MarshallingType.SDK_POJO;
            case LIST, SET -> MarshallingType.LIST;
            case MAP -> MarshallingType.MAP;
            case BLOB -> MarshallingType.SDK_BYTES;
            case BOOLEAN -> MarshallingType.BOOLEAN;
            case BYTE -> MarshallingType.BYTE;
            case SHORT -> MarshallingType.SHORT;
            case INTEGER, INT_ENUM -> MarshallingType.INTEGER;
            case LONG -> MarshallingType.LONG;
            case FLOAT -> MarshallingType.FLOAT;
            case DOUBLE -> MarshallingType.DOUBLE;
            case BIG_DECIMAL, BIG_INTEGER -> MarshallingType.BIG_DECIMAL;
            case TIMESTAMP -> MarshallingType.INSTANT;
            case DOCUMENT -> MarshallingType.DOCUMENT;
            default -> MarshallingType.STRING;
        };
    }

    SmithyRecord record(ShapeId structure, ObjectNode values) {
        SmithyRecord record = empty(structure);
        Shape shape = model.expectShape(structure);
        values.getStringMap()
                .forEach((name, node) ->
                        record.set(name, value(target(shape.getMember(name).orElseThrow()), node)));
        return record;
    }

    private @Nullable Object value(Shape shape, Node node) {
        if (node.isNullNode()) {
            return null;
        }
        return switch (shape.getType()) {
            case STRUCTURE, UNION -> record(shape.getId(), node.expectObjectNode());
            case LIST, SET -> {
                List<Object> list = new ArrayList<>();
                node.expectArrayNode()
                        .getElements()
                        .forEach(each -> list.add(
                                value(target(shape.asListShape().orElseThrow().getMember()), each)));
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.expectObjectNode()
                        .getStringMap()
                        .forEach((key, each) -> map.put(
                                key,
                                value(target(shape.asMapShape().orElseThrow().getValue()), each)));
                yield map;
            }
            case BLOB ->
                SdkBytes.fromByteArray(node.expectStringNode().getValue().getBytes(StandardCharsets.UTF_8));
            case BOOLEAN -> node.expectBooleanNode().getValue();
            case BYTE -> number(node).byteValue();
            case SHORT -> number(node).shortValue();
            case INTEGER, INT_ENUM -> number(node).intValue();
            case LONG -> number(node).longValue();
            case FLOAT -> number(node).floatValue();
            case DOUBLE -> number(node).doubleValue();
            case BIG_DECIMAL, BIG_INTEGER -> new BigDecimal(number(node).toString());
            case TIMESTAMP ->
                Instant.ofEpochMilli(new BigDecimal(number(node).toString())
                        .movePointRight(3)
                        .longValue());
            case DOCUMENT -> document(node);
            default -> node.expectStringNode().getValue();
        };
    }

    private static Number number(Node node) {
        return node.isNumberNode()
                ? node.expectNumberNode().getValue()
                : Scalars.real("test", node.expectStringNode().getValue());
    }

    private static Document document(Node node) {
        return JsonReader.document(JsonForm.TEXT.tree(Node.printJson(node).getBytes(StandardCharsets.UTF_8)));
    }
}
