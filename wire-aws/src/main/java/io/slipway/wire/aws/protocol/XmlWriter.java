package io.slipway.wire.aws.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.core.traits.XmlAttributesTrait;

/** Writes records as XML. */
public final class XmlWriter {
    private final StringBuilder out = new StringBuilder(512);

    @Override
    public String toString() {
        return out.toString();
    }

    public XmlWriter declaration() {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        return this;
    }

    public XmlWriter open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    /** @param namespace empty: none */
    public XmlWriter open(String name, String namespace) {
        out.append('<').append(name);
        if (!namespace.isEmpty()) {
            attribute("xmlns", namespace);
        }
        out.append('>');
        return this;
    }

    public XmlWriter close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    public XmlWriter leaf(String name, String text) {
        return open(name).text(text).close(name);
    }

    public XmlWriter text(String text) {
        escape(text);
        return this;
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(value);
        out.append('"');
    }

    /** Characters that XML 1.0 does not have are told by number all the same, as S3 does with keys of objects. */
    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\t', '\n' -> out.append(each);
                default -> {
                    if (each < ' ' || (each >= 0x7f && each < 0xa0) || each == 0x2028) {
                        out.append("&#x")
                                .append(Integer.toHexString(each).toUpperCase(Locale.ROOT))
                                .append(';');
                    } else {
                        out.append(each);
                    }
                }
            }
        }
    }

    /** What belongs into the body. */
    XmlWriter members(SdkPojo shape) {
        for (SdkField<?> field : shape.sdkFields()) {
            if (Shapes.inBody(field) && !field.containsTrait(XmlAttributeTrait.class)) {
                Shapes.value(field, shape).ifPresent(value -> value(field, field.unmarshallLocationName(), value));
            }
        }
        return this;
    }

    /** @param namespace of the element; empty: that around it */
    XmlWriter structure(SdkField<?> field, String name, String namespace, SdkPojo shape) {
        out.append('<').append(name);
        if (!namespace.isEmpty()) {
            attribute("xmlns", namespace);
        }
        Optional<XmlAttributesTrait> more = field.getOptionalTrait(XmlAttributesTrait.class);
        more.ifPresent(trait -> trait.attributes().forEach((attribute, accessors) -> {
            String value = accessors.attributeGetter().apply(shape);
            if (value != null) {
                attribute(attribute, value);
            }
        }));
        for (SdkField<?> member : shape.sdkFields()) {
            if (member.containsTrait(XmlAttributeTrait.class)
                    && more.filter(trait -> trait.attributes().containsKey(member.unmarshallLocationName()))
                            .isEmpty()) {
                Shapes.value(member, shape)
                        .ifPresent(value -> attribute(
                                member.unmarshallLocationName(), Scalars.write(member, value, Format.ISO_8601)));
            }
        }
        out.append('>');
        return members(shape).close(name);
    }

    private void value(SdkField<?> field, String name, Object value) {
        if (value instanceof SdkPojo shape) {
            structure(field, name, "", shape);
        } else if (value instanceof List<?> list) {
            list(field, name, list);
        } else if (value instanceof Map<?, ?> map) {
            map(field, name, map);
        } else {
            leaf(name, Scalars.write(field, value, Format.ISO_8601));
        }
    }

    private void list(SdkField<?> field, String name, List<?> list) {
        ListTrait trait = field.getRequiredTrait(ListTrait.class);
        boolean flat = trait.isFlattened();
        String member =
                flat ? name : Optional.ofNullable(trait.memberLocationName()).orElse("member");
        if (!flat) {
            open(name);
        }
        for (Object each : list) {
            value(trait.memberFieldInfo(), member, each);
        }
        if (!flat) {
            close(name);
        }
    }

    private void map(SdkField<?> field, String name, Map<?, ?> map) {
        MapTrait trait = field.getRequiredTrait(MapTrait.class);
        boolean flat = trait.isFlattened();
        String entry = flat ? name : "entry";
        if (!flat) {
            open(name);
        }
        map.forEach((key, value) -> {
            open(entry).leaf(trait.keyLocationName(), String.valueOf(key));
            value(trait.valueFieldInfo(), trait.valueLocationName(), value);
            close(entry);
        });
        if (!flat) {
            close(name);
        }
    }
}
