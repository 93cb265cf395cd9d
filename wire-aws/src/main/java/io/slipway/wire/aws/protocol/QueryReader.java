package io.slipway.wire.aws.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Fills records from forms. */
final class QueryReader {
    /** EC2 has lists without a step for their members. */
    private final boolean flat;

    QueryReader(boolean flat) {
        this.flat = flat;
    }

    void fill(SdkPojo builder, QueryTree tree) {
        members(builder, tree);
        tree.unread("").ifPresent(name -> {
            throw new Malformed(Malformed.Kind.UNKNOWN_MEMBER, "The parameter " + name + " is not recognized");
        });
    }

    private void members(SdkPojo builder, QueryTree tree) {
        for (SdkField<?> field : builder.sdkFields()) {
            Optional<QueryTree> child = tree.child(field.locationName()).or(() -> otherName(field, tree));
            child.ifPresent(each -> field.set(builder, value(field, each)));
        }
    }

    /** A list without a step for its members may have the name that they have. */
    private static Optional<QueryTree> otherName(SdkField<?> field, QueryTree tree) {
        return field.getOptionalTrait(ListTrait.class)
                .filter(ListTrait::isFlattened)
                .flatMap(trait -> Optional.ofNullable(trait.memberLocationName()))
                .flatMap(tree::child);
    }

    private Object value(SdkField<?> field, QueryTree tree) {
        String name = field.memberName();
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                requireNoText(name, tree, "a structure");
                SdkPojo builder = Shapes.builder(field);
                members(builder, tree);
                yield Shapes.built(builder);
            }
            case LIST -> list(field, tree);
            case MAP -> map(field, tree);
            default ->
                Scalars.read(
                        field,
                        tree.value().filter(text -> tree.leaf()).orElseThrow(() -> Malformed.value(name, "a text")),
                        Format.ISO_8601);
        };
    }

    private static void requireNoText(String name, QueryTree tree, String must) {
        if (tree.value().filter(text -> !text.isEmpty() || !tree.leaf()).isPresent()) {
            throw Malformed.value(name, must);
        }
    }

    private List<Object> list(SdkField<?> field, QueryTree tree) {
        requireNoText(field.memberName(), tree, "a list");
        ListTrait trait = field.getRequiredTrait(ListTrait.class);
        List<Object> list = new ArrayList<>();
        Optional<QueryTree> elements = flat || trait.isFlattened()
                ? Optional.of(tree)
                : tree.child(Optional.ofNullable(trait.memberLocationName()).orElse("member"));
        elements.ifPresent(each -> each.elements(field.memberName())
                .forEach(element -> list.add(value(trait.memberFieldInfo(), element))));
        return list;
    }

    private Map<String, Object> map(SdkField<?> field, QueryTree tree) {
        requireNoText(field.memberName(), tree, "a map");
        MapTrait trait = field.getRequiredTrait(MapTrait.class);
        Map<String, Object> map = new LinkedHashMap<>();
        Optional<QueryTree> entries = flat || trait.isFlattened() ? Optional.of(tree) : tree.child("entry");
        entries.ifPresent(each -> each.elements(field.memberName()).forEach(entry -> {
            String key = entry.child(trait.keyLocationName())
                    .flatMap(QueryTree::value)
                    .orElseThrow(() -> Malformed.value(field.memberName(), "a map with keys"));
            QueryTree value = entry.child(trait.valueLocationName())
                    .orElseThrow(() -> Malformed.value(field.memberName(), "a map with values"));
            map.put(key, value(trait.valueFieldInfo(), value));
        }));
        return map;
    }
}
