package io.slipway.wire.aws.protocol;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;

/** Fills records from XML. */
final class XmlReader {
    private XmlReader() {}

    static void fill(SdkPojo builder, XmlElement element) {
        Set<String> known = new HashSet<>();
        for (SdkField<?> field : builder.sdkFields()) {
            if (!Shapes.inBody(field)) {
                continue;
            }
            String name = field.locationName();
            if (field.containsTrait(XmlAttributeTrait.class)) {
                element.attribute(name).ifPresent(text -> field.set(builder, scalar(field, text)));
                continue;
            }
            known.add(name);
            value(field, element, name).ifPresent(value -> field.set(builder, value));
        }
        for (XmlElement child : element.children()) {
            if (!known.contains(child.name())) {
                throw new Malformed(Malformed.Kind.UNKNOWN_MEMBER, "There is no element " + child.name() + ".");
            }
        }
    }

    /** A member of what {@code in} stands for. Empty: it is not there. */
    private static Optional<Object> value(SdkField<?> field, XmlElement in, String name) {
        return switch (field.marshallingType().getKnownType()) {
            case LIST -> list(field, in, name);
            case MAP -> map(field, in, name);
            default -> in.child(name).map(child -> single(field, child));
        };
    }

    /** What one element says. */
    static Object single(SdkField<?> field, XmlElement element) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                SdkPojo builder = Shapes.builder(field);
                fill(builder, element);
                yield Shapes.built(builder);
            }
            case LIST -> items(field.getRequiredTrait(ListTrait.class), element);
            case MAP -> entries(field, element.children("entry"));
            default -> {
                if (!element.leaf()) {
                    throw Malformed.value(field.memberName(), "a text");
                }
                yield scalar(field, element.text());
            }
        };
    }

    private static Object scalar(SdkField<?> field, String text) {
        boolean exact = switch (field.marshallingType().getKnownType()) {
            case STRING -> true;
            default -> false;
        };
        return Scalars.read(field, exact ? text : text.strip(), Format.ISO_8601);
    }

    private static Optional<Object> list(SdkField<?> field, XmlElement in, String name) {
        ListTrait trait = field.getRequiredTrait(ListTrait.class);
        if (!trait.isFlattened()) {
            return in.child(name).map(child -> items(trait, child));
        }
        List<Object> list = new ArrayList<>();
        for (XmlElement each : in.children(name)) {
            list.add(single(trait.memberFieldInfo(), each));
        }
        return list.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    private static List<Object> items(ListTrait trait, XmlElement container) {
        String name = Optional.ofNullable(trait.memberLocationName()).orElse("member");
        List<Object> list = new ArrayList<>();
        for (XmlElement each : container.children()) {
            if (!each.name().equals(name)) {
                throw new Malformed(Malformed.Kind.UNKNOWN_MEMBER, "There is no element " + each.name() + ".");
            }
            list.add(single(trait.memberFieldInfo(), each));
        }
        return list;
    }

    private static Optional<Object> map(SdkField<?> field, XmlElement in, String name) {
        if (!field.getRequiredTrait(MapTrait.class).isFlattened()) {
            return in.child(name).map(child -> entries(field, child.children("entry")));
        }
        List<XmlElement> all = in.children(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(entries(field, all));
    }

    private static Map<String, Object> entries(SdkField<?> field, List<XmlElement> entries) {
        MapTrait trait = field.getRequiredTrait(MapTrait.class);
        Map<String, Object> map = new LinkedHashMap<>();
        for (XmlElement entry : entries) {
            String key = entry.child(trait.keyLocationName())
                    .orElseThrow(() -> Malformed.value(field.memberName(), "a map with keys"))
                    .text();
            Object value = value(trait.valueFieldInfo(), entry, trait.valueLocationName())
                    .orElseThrow(() -> Malformed.value(field.memberName(), "a map with values"));
            map.put(key, value);
        }
        return map;
    }
}
