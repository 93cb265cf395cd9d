package io.slipway.wire.databricks.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.DirectoryFilter.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Changes of a SCIM resource (RFC 7644, 3.5.2), also in the forms that Okta, Entra ID and Terraform send: names of operations in any
 * case, a value that is an object of paths, values to be removed listed beside the path.
 */
final class ScimPatch {
    private static final Map<String, String> LISTS = Map.of(
            "emails", "emails",
            "members", "members",
            "groups", "groups",
            "entitlements", "entitlements",
            "roles", "roles");
    private static final Map<String, String> TEXTS = Map.of(
            "username", "userName",
            "displayname", "displayName",
            "active", "active",
            "externalid", "externalId",
            "applicationid", "applicationId");
    private static final Map<String, String> OF_NAME = Map.of("givenname", "givenName", "familyname", "familyName");

    private final ObjectNode resource;

    private ScimPatch(ObjectNode resource) {
        this.resource = resource;
    }

    /** @param resource is changed */
    static void apply(ObjectNode resource, ObjectNode request) {
        JsonNode operations = ScimJson.at(request, "Operations");
        if (!operations.isArray() || operations.isEmpty()) {
            throw ScimErrors.syntax("A change needs Operations.");
        }
        for (JsonNode operation : operations) {
            new ScimPatch(resource).apply(operation);
        }
    }

    private void apply(JsonNode operation) {
        String path = ScimJson.at(operation, "path").asText("");
        JsonNode value = ScimJson.at(operation, "value");
        String op = ScimJson.at(operation, "op").asText("").toLowerCase(Locale.ROOT);
        switch (op) {
            case "add" -> write(path, value, false);
            case "replace" -> write(path, value, true);
            case "remove" -> remove(path, value);
            default -> throw ScimErrors.syntax("An operation is add, replace or remove, not '" + op + "'.");
        }
    }

    private void write(String path, JsonNode value, boolean replace) {
        if (value.isMissingNode()) {
            throw ScimErrors.value("An operation that adds or replaces needs a value.");
        }
        if (path.isBlank()) {
            if (!value.isObject()) {
                throw ScimErrors.value("The value of an operation without a path must be an object.");
            }
            value.properties().forEach(each -> write(each.getKey(), each.getValue(), replace));
            return;
        }
        ScimReading.Place place = ScimReading.path(path);
        String list = LISTS.get(place.attribute());
        if (list != null) {
            writeList(list, place, value, replace);
        } else if (place.attribute().equals("name")) {
            writeName(place.sub(), value);
        } else {
            String text = TEXTS.get(place.attribute());
            // What is not kept is not changed either.
            if (text != null) {
                resource.set(text, value);
            }
        }
    }

    private void writeName(String sub, JsonNode value) {
        ObjectNode name = resource.get("name") instanceof ObjectNode known ? known : resource.putObject("name");
        if (sub.isEmpty()) {
            value.properties().forEach(each -> writeName(each.getKey().toLowerCase(Locale.ROOT), each.getValue()));
        } else if (OF_NAME.containsKey(sub)) {
            name.set(OF_NAME.get(sub), value);
        }
    }

    private void writeList(String list, ScimReading.Place place, JsonNode value, boolean replace) {
        ArrayNode values = array(list);
        if (place.which().isPresent()) {
            writeSome(list, values, place, value, replace);
            return;
        }
        if (replace) {
            values.removeAll();
        }
        for (JsonNode each : each(value)) {
            String known = value(each);
            boolean there = false;
            for (JsonNode old : values) {
                there |= value(old).equals(known);
            }
            if (!there) {
                values.add(each);
            }
        }
    }

    private void writeSome(String list, ArrayNode values, ScimReading.Place place, JsonNode value, boolean replace) {
        ScimExpression which = place.which().orElseThrow();
        boolean found = false;
        for (int i = 0; i < values.size(); i++) {
            if (which.matches(values.get(i))) {
                found = true;
                if (place.sub().isEmpty()) {
                    values.set(i, value);
                } else if (values.get(i) instanceof ObjectNode each) {
                    each.set(place.sub(), value);
                }
            }
        }
        if (found) {
            return;
        }
        Optional<ObjectNode> made = made(which);
        if (made.isEmpty() || (replace && place.sub().isEmpty())) {
            throw ScimErrors.path("No value of '" + list + "' is meant by the path.");
        }
        if (!place.sub().isEmpty()) {
            made.get().set(place.sub(), value);
        }
        values.add(made.get());
    }

    /** A value that the filter would find: {@code emails[type eq "work"].value} makes one where there is none. */
    private static Optional<ObjectNode> made(ScimExpression which) {
        return which instanceof ScimExpression.Compare compare && compare.comparison() == Comparison.EQUAL
                ? Optional.of(JsonNodeFactory.instance.objectNode().put(compare.attribute(), compare.wanted()))
                : Optional.empty();
    }

    private void remove(String path, JsonNode value) {
        if (path.isBlank()) {
            throw ScimErrors.path("An operation that removes needs a path.");
        }
        ScimReading.Place place = ScimReading.path(path);
        String list = LISTS.get(place.attribute());
        if (list != null) {
            removeOf(array(list), place, value);
        } else if (place.attribute().equals("name")) {
            if (place.sub().isEmpty()) {
                resource.remove("name");
            } else if (resource.get("name") instanceof ObjectNode name && OF_NAME.containsKey(place.sub())) {
                name.remove(OF_NAME.get(place.sub()));
            }
        } else if (TEXTS.containsKey(place.attribute())) {
            resource.remove(TEXTS.get(place.attribute()));
        }
    }

    private static void removeOf(ArrayNode values, ScimReading.Place place, JsonNode value) {
        List<String> named = each(value).stream().map(ScimPatch::value).toList();
        List<JsonNode> left = new ArrayList<>();
        for (JsonNode each : values) {
            boolean meant = place.which().map(which -> which.matches(each)).orElse(true)
                    && (named.isEmpty() || named.contains(value(each)));
            if (!meant) {
                left.add(each);
            } else if (!place.sub().isEmpty() && each instanceof ObjectNode object) {
                object.remove(place.sub());
                left.add(object);
            }
        }
        values.removeAll();
        values.addAll(left);
    }

    private ArrayNode array(String list) {
        return resource.get(list) instanceof ArrayNode known ? known : resource.putArray(list);
    }

    private static List<JsonNode> each(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            return List.of(value);
        }
        List<JsonNode> all = new ArrayList<>();
        value.forEach(all::add);
        return all;
    }

    private static String value(JsonNode each) {
        return each.isObject() ? ScimJson.at(each, "value").asText("") : each.asText("");
    }
}
