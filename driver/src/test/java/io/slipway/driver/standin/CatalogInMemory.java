package io.slipway.driver.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** Catalogs, schemas and tables by their full names, with the rules of the real catalog as far as a driver meets them. */
final class CatalogInMemory {
    private static final List<String> KINDS = List.of("catalogs", "schemas", "tables");
    private static final String EVERYBODY = "account users";
    private static final String HIVE = "hive_metastore";
    private static final String HIVES_FOLDER = "dbfs:/user/hive/warehouse";

    /** Who asks; an admin may do everything. */
    record Caller(String name, boolean admin) {}

    /** An error on its way to the caller. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        Refused(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }

        int status() {
            return status;
        }

        String code() {
            return code;
        }
    }

    private record Staged(String fullName, String owner) {}

    private final String warehouse;
    private final Map<String, NavigableMap<String, ObjectNode>> things =
            Map.of("catalogs", new TreeMap<>(), "schemas", new TreeMap<>(), "tables", new TreeMap<>());
    private final Map<String, Staged> staged = new HashMap<>();

    CatalogInMemory(URI warehouse) {
        this.warehouse = place(warehouse.toString());
        var everybody = new Caller(EVERYBODY, true);
        create(everybody, "catalogs", Json.object().put("name", "main"));
        create(everybody, "catalogs", Json.object().put("name", HIVE));
    }

    private NavigableMap<String, ObjectNode> all(String kind) {
        return Objects.requireNonNull(things.get(kind), kind);
    }

    ObjectNode known(String kind, String name) {
        ObjectNode thing = all(kind).get(name);
        return thing == null ? Json.object() : shown(thing);
    }

    ObjectNode get(String kind, String fullName) {
        return shown(found(kind, fullName));
    }

    ObjectNode list(String kind, Map<String, String> query) {
        String within = parent(kind, query.getOrDefault("catalog_name", ""), query.getOrDefault("schema_name", ""));
        if (!within.isEmpty()) {
            found(KINDS.get(KINDS.indexOf(kind) - 1), within.substring(0, within.length() - 1));
        }
        int size = Integer.parseInt(query.getOrDefault("max_results", "1000000"));
        String token = query.getOrDefault("page_token", "");
        if (size < 0 || !(token.isEmpty() || token.startsWith("after "))) {
            throw invalid("max_results or page_token cannot be read");
        }
        ObjectNode answer = Json.object();
        String last = "";
        for (var each : all(kind).tailMap(within, false).entrySet()) {
            String name = each.getValue().path("name").asText();
            if (!each.getKey().equals(within + name) || name.compareTo(token.replaceFirst("^after ", "")) <= 0) {
                continue;
            }
            if (answer.path(kind).size() == size) {
                return answer.put("next_page_token", "after " + last);
            }
            answer.withArray(kind).add(shown(each.getValue()));
            last = name;
        }
        return answer;
    }

    ObjectNode create(Caller caller, String kind, ObjectNode asked) {
        String name = name(asked.path("name").asText());
        String within = parent(kind, text(asked, "catalog_name"), text(asked, "schema_name"));
        requireCreate(caller, kind, within);
        absent(kind, within + name);
        ObjectNode thing = asked.deepCopy().put("name", name).put("full_name", within + name);
        thing.put("owner", caller.name());
        String[] above = within.split("\\.");
        thing.put("catalog_name", kind.equals("catalogs") ? name : above[0]);
        if (kind.equals("tables")) {
            place(caller, thing.put("schema_name", above[1]), asked);
        } else if (kind.equals("schemas") && asked.hasNonNull("storage_root")) {
            thing.put("storage_location", place(text(asked, "storage_root")));
        } else if (kind.equals("schemas") && above[0].equals(HIVE)) {
            thing.put("storage_location", HIVES_FOLDER + (name.equals("default") ? "" : "/" + name + ".db"));
        }
        all(kind).put(within + name, thing);
        if (kind.equals("catalogs")) {
            create(caller, "schemas", Json.object().put("name", "default").put("catalog_name", name));
        }
        return shown(thing);
    }

    /** Where the table is, by its kind. */
    private void place(Caller caller, ObjectNode table, ObjectNode asked) {
        switch (text(asked, "table_type")) {
            case "MANAGED" -> {
                String location = place(text(asked, "storage_location"));
                var wanted = new Staged(table.path("full_name").asText(), caller.name());
                if (!staged.remove(location, wanted)) {
                    throw invalid(location + " was not handed out for this table");
                }
                table.put("storage_location", location);
            }
            case "EXTERNAL" -> {
                String location = place(text(asked, "storage_location"));
                if (location.startsWith("file:") || location.startsWith("dbfs:/.slipway")) {
                    throw invalid(location + " is on the server's own disk");
                }
                table.put("storage_location", location);
            }
            case "VIEW" -> {
                if (text(asked, "view_definition").isBlank()) {
                    throw invalid("view_definition is missing");
                }
            }
            default -> throw invalid("table_type is missing");
        }
    }

    ObjectNode stage(Caller caller, ObjectNode asked) {
        String name = name(text(asked, "name"));
        String within = parent("tables", text(asked, "catalog_name"), text(asked, "schema_name"));
        requireCreate(caller, "tables", within);
        absent("tables", within + name);
        String root = found("schemas", within.substring(0, within.length() - 1))
                .path("storage_location")
                .asText(warehouse);
        String location = within.startsWith(HIVE + ".") ? root + "/" + name : root + "/tables/" + UUID.randomUUID();
        staged.put(location, new Staged(within + name, caller.name()));
        return Json.object().put("staging_location", location);
    }

    ObjectNode change(Caller caller, String kind, String fullName, ObjectNode asked) {
        ObjectNode thing = found(kind, fullName);
        requireManage(caller, kind, thing);
        if (asked.hasNonNull("view_definition") && !"VIEW".equals(text(thing, "table_type"))) {
            throw invalid(fullName + " is not a view");
        }
        String before = text(thing, "full_name");
        if (asked.hasNonNull("new_name")) {
            String name = name(text(asked, "new_name"));
            String after = before.substring(0, before.lastIndexOf('.') + 1) + name;
            if (!after.equals(before)) {
                absent(kind, after);
            }
            all(kind).remove(before);
            all(kind).put(after, thing.put("name", name).put("full_name", after));
        }
        for (String field : List.of("columns", "properties", "comment", "view_definition", "owner")) {
            if (asked.hasNonNull(field)) {
                thing.set(field, asked.get(field));
            }
        }
        return shown(thing);
    }

    ObjectNode delete(Caller caller, String kind, String fullName, boolean force) {
        ObjectNode thing = found(kind, fullName);
        requireManage(caller, kind, thing);
        String name = text(thing, "full_name");
        String below = name + ".";
        boolean full =
                KINDS.stream().anyMatch(each -> all(each).keySet().stream().anyMatch(key -> key.startsWith(below)));
        if (full && !force) {
            throw new Refused(400, singular(kind) + "_NOT_EMPTY", name + " is not empty");
        }
        KINDS.forEach(each -> all(each).keySet().removeIf(key -> key.startsWith(below)));
        all(kind).remove(name);
        return Json.object();
    }

    /** The thing, or the highest level that is missing. */
    private ObjectNode found(String kind, String fullName) {
        String[] parts = fullName.split("\\.", -1);
        int levels = KINDS.indexOf(kind) + 1;
        if (parts.length != levels) {
            throw invalid("'" + fullName + "' is not a valid name");
        }
        for (int level = 1; level <= levels; level++) {
            parts[level - 1] = name(parts[level - 1]);
        }
        ObjectNode thing = Json.object();
        for (int level = 1; level <= levels; level++) {
            String name = String.join(".", Arrays.copyOf(parts, level));
            String of = KINDS.get(level - 1);
            ObjectNode next = all(of).get(name);
            if (next == null) {
                throw new Refused(404, singular(of) + "_DOES_NOT_EXIST", name + " does not exist");
            }
            thing = next;
        }
        return thing;
    }

    private void absent(String kind, String fullName) {
        if (all(kind).containsKey(fullName)) {
            throw new Refused(400, singular(kind) + "_ALREADY_EXISTS", fullName + " already exists");
        }
    }

    /** The beginning of the names of all that is in a catalog or schema. */
    private static String parent(String kind, String catalog, String schema) {
        return switch (kind) {
            case "catalogs" -> "";
            case "schemas" -> name(catalog) + ".";
            default -> name(catalog) + "." + name(schema) + ".";
        };
    }

    private void requireCreate(Caller caller, String kind, String within) {
        if (within.isEmpty()) {
            require(caller.admin());
            return;
        }
        String above = KINDS.get(KINDS.indexOf(kind) - 1);
        ObjectNode container = found(above, within.substring(0, within.length() - 1));
        if (!EVERYBODY.equals(text(container, "owner"))) {
            requireManage(caller, above, container);
        }
    }

    private void requireManage(Caller caller, String kind, ObjectNode thing) {
        String[] parts = text(thing, "full_name").split("\\.");
        boolean owns = caller.admin();
        for (int level = KINDS.indexOf(kind) + 1; level > 0; level--) {
            String name = String.join(".", Arrays.copyOf(parts, level));
            owns |= caller.name()
                    .equals(found(KINDS.get(level - 1), name).path("owner").asText());
        }
        require(owns);
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new Refused(403, "PERMISSION_DENIED", "only owners may do this");
        }
    }

    private static String name(String written) {
        boolean odd = written.chars()
                .anyMatch(c -> c == '.' || c == '/' || Character.isISOControl(c) || Character.isWhitespace(c));
        if (written.isBlank() || written.length() > 255 || odd) {
            throw invalid("'" + written + "' is not a valid name");
        }
        return written.toLowerCase(Locale.ROOT);
    }

    private static String place(String written) {
        URI uri;
        try {
            uri = URI.create(written).normalize();
        } catch (IllegalArgumentException e) {
            throw invalid("'" + written + "' is not an absolute URI");
        }
        String path = uri.getPath();
        if (uri.getScheme() == null || path == null || !path.startsWith("/") || path.contains("/..")) {
            throw invalid("'" + written + "' is not an absolute URI");
        }
        String host = uri.getRawAuthority() != null || uri.getScheme().equals("file")
                ? "//" + Objects.requireNonNullElse(uri.getRawAuthority(), "")
                : "";
        return uri.getScheme() + ":" + host + uri.getRawPath().replaceFirst("/$", "");
    }

    private static String singular(String kind) {
        return kind.substring(0, kind.length() - 1).toUpperCase(Locale.ROOT);
    }

    private static Refused invalid(String message) {
        return new Refused(400, "INVALID_PARAMETER_VALUE", message);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    /** As the real one answers: without what is empty. */
    private static ObjectNode shown(ObjectNode thing) {
        ObjectNode shown = thing.deepCopy();
        shown.properties()
                .removeIf(each -> each.getValue().isNull()
                        || (each.getValue().isContainerNode() && each.getValue().isEmpty()));
        return shown;
    }
}
