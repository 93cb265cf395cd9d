package io.slipway.iam.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Shapes in the JSON of a policy. */
final class Syntax {
    private Syntax() {}

    static void onlyKnown(JsonNode node, Set<String> known, String where) {
        if (!node.isObject()) {
            throw Malformed.syntax(where + " is no JSON object");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Malformed.syntax("unknown element in " + where + ": " + Malformed.shortened(name));
            }
        });
    }

    static List<JsonNode> statements(JsonNode node) {
        List<JsonNode> statements = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(statements::add);
        } else {
            statements.add(node);
        }
        if (statements.isEmpty()) {
            throw Malformed.syntax("a policy has statements");
        }
        return statements;
    }

    static String text(JsonNode node, String element) {
        if (!node.isTextual()) {
            throw Malformed.syntax(element + " is no string");
        }
        return node.textValue();
    }

    /** One string, or many; none if the element is missing. */
    static List<String> texts(JsonNode node, String element) {
        if (node.isMissingNode()) {
            return List.of();
        }
        if (!node.isArray()) {
            return List.of(text(node, element));
        }
        List<String> texts = new ArrayList<>();
        node.forEach(each -> texts.add(text(each, element)));
        return texts;
    }

    static void conditions(JsonNode block) {
        if (!block.isObject()) {
            throw Malformed.syntax("Condition is no JSON object");
        }
        block.properties().forEach(operator -> {
            if (!operator.getValue().isObject()) {
                throw Malformed.syntax(Malformed.shortened(operator.getKey()) + " is no JSON object");
            }
            if (!operator.getValue().isEmpty()
                    && Condition.Written.of(operator.getKey()).isEmpty()) {
                throw Malformed.syntax("unknown operator: " + Malformed.shortened(operator.getKey()));
            }
            operator.getValue().forEach(Syntax::values);
        });
    }

    /** Values of a condition: strings, truths and numbers, one or many. */
    static List<String> values(JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> values.add(value(each)));
        } else {
            values.add(value(node));
        }
        return values;
    }

    private static String value(JsonNode node) {
        if (!node.isTextual() && !node.isBoolean() && !node.isNumber()) {
            throw Malformed.syntax("a value of a condition is a string, a number or a truth");
        }
        return node.asText();
    }
}
