package io.slipway.wire.databricks.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.Entry;
import io.slipway.identity.PrincipalKind;
import io.slipway.kit.PrincipalId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Entries of the directory as SCIM writes them (RFC 7643): users and groups as there, service principals as Databricks adds them. What
 * else a client sends (addresses, titles, extensions) is not kept.
 */
final class ScimJson {
    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
    private static final Map<PrincipalKind, String> WORDS = Map.of(
            PrincipalKind.USER, "User",
            PrincipalKind.GROUP, "Group",
            PrincipalKind.SERVICE_PRINCIPAL, "ServicePrincipal");

    private ScimJson() {}

    /** Path of the kind's resources, and the beginning of references to them. */
    static String folder(PrincipalKind kind) {
        return word(kind) + "s";
    }

    private static String word(PrincipalKind kind) {
        return WORDS.getOrDefault(kind, "");
    }

    /** The value at {@code a} or {@code a.b}, whatever the case of names; missing if there is none. */
    static JsonNode at(JsonNode node, String path) {
        JsonNode at = node;
        for (String step : List.of(path.split("\\."))) {
            at = field(at, step);
        }
        return at;
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode exact = node.path(name);
        if (!exact.isMissingNode()) {
            return exact;
        }
        for (var each : node.properties()) {
            if (each.getKey().equalsIgnoreCase(name)) {
                return each.getValue();
            }
        }
        return MissingNode.getInstance();
    }

    static ObjectNode of(Entry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(CORE + word(entry.kind()));
        json.put("id", entry.id().toString());
        content(json, entry.kind(), entry.content());
        links(json, "groups", entry.groups());
        if (entry.kind() == PrincipalKind.USER && !json.has("emails")) {
            json.putArray("emails")
                    .addObject()
                    .put("type", "work")
                    .put("value", entry.content().name())
                    .put("primary", true);
        }
        if (entry.kind() == PrincipalKind.GROUP) {
            links(json, "members", entry.members());
            boolean known = entry.home().number() == 0 && !entry.id().system();
            json.putObject("meta").put("resourceType", known ? "Group" : "WorkspaceGroup");
        }
        return json;
    }

    /** What is written of an entry, to be changed: its groups and members are ids alone. */
    static ObjectNode written(PrincipalKind kind, Entry.Content content) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        content(json, kind, content);
        values(json, "groups", content.groups().stream().map(String::valueOf).toList());
        values(json, "members", content.members().stream().map(String::valueOf).toList());
        return json;
    }

    private static void content(ObjectNode json, PrincipalKind kind, Entry.Content content) {
        if (kind == PrincipalKind.GROUP) {
            json.put("displayName", content.name());
        } else {
            json.put(kind == PrincipalKind.USER ? "userName" : "applicationId", content.name())
                    .put("displayName", content.profile().displayName())
                    .put("active", content.active());
        }
        if (kind == PrincipalKind.USER) {
            person(json, content.profile());
        }
        content.externalId().ifPresent(id -> json.put("externalId", id));
        values(json, "entitlements", content.entitlements());
        values(json, "roles", content.roles());
    }

    private static void person(ObjectNode json, Entry.Profile profile) {
        ObjectNode name = JsonNodeFactory.instance.objectNode();
        if (!profile.givenName().isEmpty()) {
            name.put("givenName", profile.givenName());
        }
        if (!profile.familyName().isEmpty()) {
            name.put("familyName", profile.familyName());
        }
        if (!name.isEmpty()) {
            json.set("name", name);
        }
        if (!profile.emails().isEmpty()) {
            ArrayNode emails = json.putArray("emails");
            profile.emails().forEach(email -> {
                ObjectNode each = emails.addObject();
                email.type().ifPresent(type -> each.put("type", type));
                each.put("value", email.value()).put("primary", email.primary());
            });
        }
    }

    private static void links(ObjectNode json, String field, List<Entry.Held> held) {
        if (held.isEmpty()) {
            return;
        }
        ArrayNode array = json.putArray(field);
        for (Entry.Held each : held) {
            ObjectNode link = array.addObject()
                    .put("value", each.principal().id().toString())
                    .put("display", each.principal().name())
                    .put("$ref", folder(each.kind()) + "/" + each.principal().id());
            if (field.equals("groups")) {
                link.put("type", each.direct() ? "direct" : "indirect");
            }
        }
    }

    private static void values(ObjectNode json, String field, Collection<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = json.putArray(field);
            new TreeSet<>(values).forEach(value -> array.addObject().put("value", value));
        }
    }

    /**
     * What a client has written.
     *
     * @param groups in which the entry stays if nothing is said of them
     */
    static Entry.Content read(PrincipalKind kind, ObjectNode json, Set<PrincipalId> groups) {
        String name = text(
                json,
                switch (kind) {
                    case USER -> "userName";
                    case GROUP -> "displayName";
                    case SERVICE_PRINCIPAL -> "applicationId";
                });
        if (name.isBlank() && kind != PrincipalKind.SERVICE_PRINCIPAL) {
            throw ScimErrors.value("Required attribute " + (kind == PrincipalKind.USER ? "userName" : "displayName")
                    + " is missing in the SCIM Object.");
        }
        String display = text(json, "displayName");
        Set<PrincipalId> itsGroups = at(json, "groups").isMissingNode() ? groups : direct(json);
        return new Entry.Content(
                name,
                new Entry.Profile(
                        display.isBlank() ? whole(json, name) : display,
                        text(json, "name.givenName"),
                        text(json, "name.familyName"),
                        kind == PrincipalKind.USER ? emails(json, name) : List.of()),
                flag(json, "active"),
                Optional.of(text(json, "externalId")).filter(id -> !id.isEmpty()),
                itsGroups,
                ids(json, "members"),
                strings(json, "entitlements"),
                strings(json, "roles"));
    }

    private static String whole(ObjectNode json, String name) {
        String whole = (text(json, "name.givenName") + " " + text(json, "name.familyName")).strip();
        return whole.isEmpty() ? name : whole;
    }

    /** Those through other groups follow from the others. */
    private static Set<PrincipalId> direct(ObjectNode json) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        ArrayNode direct = own.putArray("groups");
        for (JsonNode each : at(json, "groups")) {
            if (!at(each, "type").asText("").equals("indirect")) {
                direct.add(each);
            }
        }
        return ids(own, "groups");
    }

    /** Terraform deactivates a user by a list of one value. */
    private static String text(ObjectNode json, String path) {
        JsonNode value = at(json, path);
        if (value.isArray() && value.size() == 1) {
            value = at(value.path(0), "value");
        }
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isValueNode()) {
            throw ScimErrors.value("Attribute '" + path + "' must be a text.");
        }
        return value.asText();
    }

    /** Entra ID writes {@code "False"}. */
    private static boolean flag(ObjectNode json, String path) {
        String text = text(json, path).toLowerCase(Locale.ROOT);
        return switch (text) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw ScimErrors.value("Attribute '" + path + "' must be true or false, not " + text + ".");
        };
    }

    /** The user's own name, which stands there for want of another address, is none. */
    private static List<Entry.Email> emails(ObjectNode json, String name) {
        List<Entry.Email> emails = new ArrayList<>();
        for (JsonNode each : at(json, "emails")) {
            String value = each.isObject() ? at(each, "value").asText("") : each.asText("");
            if (!value.isBlank()) {
                emails.add(new Entry.Email(
                        value,
                        Optional.of(at(each, "type").asText("")).filter(type -> !type.isEmpty()),
                        at(each, "primary").asText("false").equalsIgnoreCase("true")));
            }
        }
        boolean own = emails.size() == 1 && emails.get(0).value().equals(name);
        return own ? List.of() : emails;
    }

    private static List<String> values(ObjectNode json, String field) {
        List<String> values = new ArrayList<>();
        for (JsonNode each : list(json, field)) {
            values.add(each.isObject() ? at(each, "value").asText("") : each.asText(""));
        }
        return values;
    }

    /** An empty one is none: Terraform sends {@code [{}]} for a list without any. */
    private static Set<String> strings(ObjectNode json, String field) {
        Set<String> strings = new LinkedHashSet<>(values(json, field));
        strings.removeIf(String::isBlank);
        return strings;
    }

    private static Set<PrincipalId> ids(ObjectNode json, String field) {
        Set<PrincipalId> ids = new LinkedHashSet<>();
        for (String value : values(json, field)) {
            try {
                ids.add(new PrincipalId(Long.parseLong(value)));
            } catch (NumberFormatException e) {
                throw ScimErrors.value("'" + value + "' in '" + field + "' is no id.");
            }
        }
        return ids;
    }

    private static JsonNode list(ObjectNode json, String field) {
        JsonNode list = at(json, field);
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw ScimErrors.value("Attribute '" + field + "' must be a list.");
        }
        return list;
    }
}
