package io.slipway.wire.databricks.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.slipway.identity.Directory;
import io.slipway.identity.DirectoryFilter;
import io.slipway.identity.DirectoryFilter.Attribute;
import io.slipway.identity.Entry;
import io.slipway.identity.PrincipalKind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.wire.Reply;
import io.slipway.wire.Request;
import io.slipway.wire.Routes;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.account.AccountApi;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SCIM 2.0: users, groups and service principals of a workspace or of the account, and who asks. */
public final class ScimRoutes {
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /** What SDKs ask for at once. */
    private static final int MOST = 10_000;

    private final Directory directory;

    public ScimRoutes(Directory directory) {
        this.directory = directory;
    }

    public void add(DatabricksApi api) {
        var lines = api.family(DatabricksDialect.SCIM, "/api/2.0/preview/scim/v2", "/api/2.0/scim/v2");
        lines.get("/Me", this::me);
        add(lines);
    }

    /** The directory of the account. */
    public void add(AccountApi account) {
        add(account.family(DatabricksDialect.SCIM, "/scim/v2"));
    }

    private void add(Routes.Lines lines) {
        for (PrincipalKind kind : PrincipalKind.values()) {
            String all = "/" + ScimJson.folder(kind);
            String one = all + "/{id}";
            lines.get(all, request -> list(kind, request))
                    .post(all, request -> create(kind, request))
                    .get(one, request -> shown(request, directory.get(request.caller(), kind, id(kind, request))))
                    .put(one, request -> replace(kind, request))
                    .patch(one, request -> patch(kind, request))
                    .delete(one, request -> delete(kind, request));
        }
    }

    private Object me(Request request) {
        Entry me = directory.me(request.caller());
        ObjectNode json = ScimJson.of(me);
        if (me.kind() == PrincipalKind.SERVICE_PRINCIPAL) {
            // Programs read here by which name they are known.
            json.put("userName", me.content().name());
        }
        // What is theirs by their groups too: clients ask here what they may do.
        ArrayNode all = json.putArray("entitlements");
        directory.entitlements(request.caller()).forEach(word -> all.addObject().put("value", word));
        return Wanted.of(request).only(json);
    }

    private Object list(PrincipalKind kind, Request request) {
        long start = Math.max(1, number(request, "startIndex", 1));
        int count = (int) Math.max(0, Math.min(MOST, number(request, "count", MOST)));
        Wanted wanted = Wanted.of(request);
        DirectoryFilter.Found found = directory.list(
                request.caller(),
                kind,
                new DirectoryFilter.Query(
                        ScimFilters.read(kind, request.query("filter").orElse("")),
                        request.query("sortBy")
                                .map(name -> ScimFilters.attribute(kind, name))
                                .orElse(Attribute.ID),
                        !request.query("sortOrder").orElse("ascending").equalsIgnoreCase("descending"),
                        start - 1,
                        count,
                        wanted.has("groups") || wanted.has("members")));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(LIST);
        json.put("totalResults", found.total())
                .put("startIndex", start)
                .put("itemsPerPage", found.entries().size());
        ArrayNode resources = json.putArray("Resources");
        found.entries().forEach(entry -> resources.add(wanted.only(ScimJson.of(entry))));
        return json;
    }

    private static long number(Request request, String name, long usual) {
        try {
            return request.query(name).map(Long::parseLong).orElse(usual);
        } catch (NumberFormatException e) {
            throw ScimErrors.value(name + " must be a number.");
        }
    }

    private Object create(PrincipalKind kind, Request request) {
        Entry made = directory.create(request.caller(), kind, ScimJson.read(kind, request.tree(), Set.of()));
        return Reply.json(201, ScimJson.of(made));
    }

    private Object replace(PrincipalKind kind, Request request) {
        ObjectNode asked = request.tree();
        PrincipalId id = id(kind, request);
        String named = ScimJson.at(asked, "id").asText(id.toString());
        if (!named.equals(id.toString())) {
            throw ScimErrors.value("The id of the body, " + named + ", is not that of the path.");
        }
        return ScimJson.of(
                directory.change(request.caller(), kind, id, before -> ScimJson.read(kind, asked, before.groups())));
    }

    private Object patch(PrincipalKind kind, Request request) {
        ObjectNode asked = request.tree();
        Entry after = directory.change(request.caller(), kind, id(kind, request), before -> {
            ObjectNode json = ScimJson.written(kind, before);
            ScimPatch.apply(json, asked);
            return ScimJson.read(kind, json, before.groups());
        });
        // A group may be large, and whoever adds a member does not want all others.
        return kind == PrincipalKind.GROUP ? none() : ScimJson.of(after);
    }

    private Object delete(PrincipalKind kind, Request request) {
        directory.delete(request.caller(), kind, id(kind, request));
        return none();
    }

    private static HttpResponse none() {
        return HttpResponse.of(HttpStatus.NO_CONTENT);
    }

    private static Object shown(Request request, Entry entry) {
        return Wanted.of(request).only(ScimJson.of(entry));
    }

    private static PrincipalId id(PrincipalKind kind, Request request) {
        try {
            return new PrincipalId(Long.parseLong(request.path("id")));
        } catch (NumberFormatException e) {
            throw PlatformException.notFound(kind.title() + " " + request.path("id") + " does not exist.");
        }
    }

    /** Which attributes a client wants to see: those named, without those excluded. */
    private record Wanted(Set<String> named, Set<String> excluded) {
        /** Terraform asks for {@code userName} of a service principal, and reads its application's id. */
        private static final Set<String> ALWAYS = Set.of("schemas", "id", "applicationId");

        static Wanted of(Request request) {
            return new Wanted(words(request, "attributes"), words(request, "excludedAttributes"));
        }

        /** Of {@code name.givenName} the whole name. */
        private static Set<String> words(Request request, String parameter) {
            return Stream.of(request.query(parameter).orElse("").split(","))
                    .map(word -> word.strip().toLowerCase(Locale.ROOT))
                    .map(word -> word.substring(word.lastIndexOf(':') + 1))
                    .map(word -> Optional.of(word.indexOf('.'))
                            .filter(dot -> dot > 0)
                            .map(dot -> word.substring(0, dot))
                            .orElse(word))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toSet());
        }

        boolean has(String attribute) {
            return (named.isEmpty() || named.contains(attribute)) && !excluded.contains(attribute);
        }

        ObjectNode only(ObjectNode json) {
            for (String field : List.copyOf(json.properties()).stream()
                    .map(java.util.Map.Entry::getKey)
                    .toList()) {
                if (!ALWAYS.contains(field) && !has(field.toLowerCase(Locale.ROOT))) {
                    json.remove(field);
                }
            }
            return json;
        }
    }
}
