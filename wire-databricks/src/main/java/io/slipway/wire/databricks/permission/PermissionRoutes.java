package io.slipway.wire.databricks.permission;

import io.slipway.identity.Given;
import io.slipway.identity.Grant;
import io.slipway.identity.Grants;
import io.slipway.identity.Guarded;
import io.slipway.identity.Ladder;
import io.slipway.identity.Level;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.SignIn;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Permissions API 2.0. */
public final class PermissionRoutes {
    private static final Map<Level, String> TEXTS = new EnumMap<>(Map.of(
            Level.CAN_READ, "Can see and read it",
            Level.CAN_VIEW, "Can see it and its results",
            Level.CAN_USE, "Can use it",
            Level.CAN_ATTACH_TO, "Can attach to it and see its logs and its Spark UI",
            Level.CAN_RESTART, "Can attach to it, start, restart and terminate it",
            Level.CAN_RUN, "Can read it, attach it and run it",
            Level.CAN_EDIT, "Can read, run and edit it",
            Level.CAN_MANAGE_RUN, "Can see it, begin and cancel its runs",
            Level.CAN_MANAGE, "Can do everything with it, and share it",
            Level.IS_OWNER, "Owns it: can do everything with it, and it runs as them"));

    private final Grants grants;
    private final Map<String, Shareable> types;

    public PermissionRoutes(Grants grants, List<Shareable> types) {
        this.grants = grants;
        this.types = types.stream()
                .collect(Collectors.toMap(Shareable::path, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/permissions")
                .get("/{type}/{id}", this::get)
                .put("/{type}/{id}", this::put)
                .patch("/{type}/{id}", this::patch)
                .get("/{type}/{id}/permissionLevels", this::levels);
    }

    private record Found(Shareable type, Guarded thing) {
        /** As replies name it. */
        String id() {
            return address(thing.ref(), type.path());
        }

        String called() {
            return type.path().equals("authorization") ? thing.ref().id() : type.type();
        }

        List<Level> levels() {
            List<Level> all = Ladder.of(thing.ref().kind()).levels();
            Ref passwords = SignIn.PASSWORDS.of(thing.ref().workspace()).ref();
            return thing.ref().equals(passwords) ? List.of(Level.CAN_USE) : all;
        }
    }

    private static String address(Ref thing, String path) {
        return (thing.kind() == Kind.SIGN_IN ? "" : "/") + path + "/" + thing.id();
    }

    private Found found(Request request) {
        String path = request.path("type");
        Shareable type = types.get(path);
        if (type == null) {
            throw PlatformException.invalid(
                    "There are no permissions on " + path + " in this workspace; there are on " + types.keySet() + ".");
        }
        return new Found(type, type.finder().find(request.caller(), request.path("id")));
    }

    private Object get(Request request) {
        Found found = found(request);
        return reply(found, grants.of(request.caller(), found.thing()));
    }

    record Asked(List<AccessControl> accessControlList) {}

    private Object put(Request request) {
        Found found = found(request);
        return reply(found, grants.replace(request.caller(), found.thing(), asked(request, found)));
    }

    private Object patch(Request request) {
        Found found = found(request);
        return reply(found, grants.add(request.caller(), found.thing(), asked(request, found)));
    }

    private static List<Grant> asked(Request request, Found found) {
        return request.body(Asked.class).accessControlList().stream()
                .map(AccessControl::grant)
                .map(grant -> checked(grant, found))
                .toList();
    }

    private static Grant checked(Grant grant, Found found) {
        if (!found.levels().contains(grant.level())) {
            throw PlatformException.invalid("Permission level " + grant.level() + " is not one of " + found.called()
                    + ": it knows " + found.levels() + ".");
        }
        return grant;
    }

    record One(Level permissionLevel, String description) {}

    record Levels(List<One> permissionLevels) {}

    private Object levels(Request request) {
        Found found = found(request);
        grants.of(request.caller(), found.thing());
        return new Levels(found.levels().stream()
                .map(level ->
                        new One(level, Optional.ofNullable(TEXTS.get(level)).orElse("")))
                .toList());
    }

    record Held(Level permissionLevel, boolean inherited, Optional<List<String>> inheritedFromObject) {}

    record Entry(
            Optional<String> userName,
            Optional<String> groupName,
            Optional<String> servicePrincipalName,
            Optional<String> displayName,
            List<Held> allPermissions) {}

    record Reply(String objectId, String objectType, List<Entry> accessControlList) {}

    private static Reply reply(Found found, List<Given> all) {
        return new Reply(
                found.id(),
                found.called(),
                all.stream().map(given -> entry(found, given)).toList());
    }

    private static Entry entry(Found found, Given given) {
        return new Entry(
                named(given, PrincipalKind.USER),
                named(given, PrincipalKind.GROUP),
                named(given, PrincipalKind.SERVICE_PRINCIPAL),
                Optional.of(given.displayName()).filter(name -> given.kind() != PrincipalKind.GROUP),
                given.held().stream()
                        .map(held -> {
                            // Above a way to come in is nothing that has an address.
                            Optional<Ref> from = held.from()
                                    .filter(above -> found.thing().ref().kind() != Kind.SIGN_IN);
                            return new Held(
                                    held.level(),
                                    from.isPresent(),
                                    from.map(above -> List.of(address(above, above(found)))));
                        })
                        .toList());
    }

    private static Optional<String> named(Given given, PrincipalKind kind) {
        return given.kind() == kind ? Optional.of(given.principal().name()) : Optional.empty();
    }

    private static String above(Found found) {
        return found.thing().ref().kind() == Kind.TREE
                ? "directories"
                : found.type().path();
    }
}
