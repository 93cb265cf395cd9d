package io.slipway.object.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.store.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Records of the SDK as JSON, by the names of their members: how configurations are kept. */
public final class Documents {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Documents() {}

    public static String write(SdkPojo value) {
        return Json.write(node(value));
    }

    /** Reads what {@link #write} wrote. */
    public static <B extends SdkPojo> B read(String text, B builder) {
        fill(builder, Json.read(text, JsonNode.class));
        return builder;
    }

    private static ObjectNode node(SdkPojo value) {
        ObjectNode node = NODES.objectNode();
        for (SdkField<?> field : value.sdkFields()) {
            Object member = field.getValueOrDefault(value);
            if (member != null
                    && !(member instanceof SdkAutoConstructList)
                    && !(member instanceof SdkAutoConstructMap)) {
                node.set(field.memberName(), node(member));
            }
        }
        return node;
    }

    private static JsonNode node(Object value) {
        if (value instanceof SdkPojo pojo) {
            return node(pojo);
        }
        if (value instanceof List<?> list) {
            ArrayNode nodes = NODES.arrayNode();
            list.forEach(each -> nodes.add(node(each)));
            return nodes;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode nodes = NODES.objectNode();
            map.forEach((key, each) -> nodes.set(String.valueOf(key), node(each)));
            return nodes;
        }
        if (value instanceof Boolean is) {
            return NODES.booleanNode(is);
        }
        if (value instanceof Number number) {
            return NODES.numberNode(number.longValue());
        }
        return NODES.textNode(
                value instanceof Instant moment ? String.valueOf(moment.toEpochMilli()) : value.toString());
    }

    private static void fill(SdkPojo builder, JsonNode node) {
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode member = node.path(field.memberName());
            if (!member.isMissingNode()) {
                field.set(builder, value(field, member));
            }
        }
    }

    private static Object value(SdkField<?> field, JsonNode node) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            SdkPojo builder = field.constructor().get();
            fill(builder, node);
            return ((SdkBuilder<?, ?>) builder).build();
        }
        if (type == MarshallingType.LIST) {
            SdkField<?> each = field.getTrait(ListTrait.class).memberFieldInfo();
            List<Object> list = new ArrayList<>();
            node.forEach(one -> list.add(value(each, one)));
            return list;
        }
        if (type == MarshallingType.MAP) {
            SdkField<?> each = field.getTrait(MapTrait.class).valueFieldInfo();
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(one -> map.put(one.getKey(), value(each, one.getValue())));
            return map;
        }
        if (type == MarshallingType.BOOLEAN) {
            return node.booleanValue();
        }
        if (type == MarshallingType.INTEGER) {
            return node.intValue();
        }
        if (type == MarshallingType.LONG) {
            return node.longValue();
        }
        return type == MarshallingType.INSTANT ? Instant.ofEpochMilli(Long.parseLong(node.asText())) : node.asText();
    }
}
