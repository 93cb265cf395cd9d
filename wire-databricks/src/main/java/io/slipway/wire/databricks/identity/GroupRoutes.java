package io.slipway.wire.databricks.identity;

import io.slipway.identity.Directory;
import io.slipway.identity.DirectoryFilter;
import io.slipway.identity.DirectoryFilter.Attribute;
import io.slipway.identity.DirectoryFilter.Comparison;
import io.slipway.identity.Entry;
import io.slipway.identity.PrincipalKind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Groups API 2.0, which names everything by its name: what the older command line speaks. */
public final class GroupRoutes {
    private final Directory directory;

    public GroupRoutes(Directory directory) {
        this.directory = directory;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/groups")
                .get("/list", this::list)
                .get("/list-members", this::members)
                .get("/list-parents", this::parents)
                .post("/create", this::create)
                .post("/delete", this::delete)
                .post("/add-member", this::join)
                .post("/remove-member", this::leave);
    }

    record Named(Optional<String> groupName, Optional<String> userName) {}

    record Membership(Optional<String> parentName, Optional<String> groupName, Optional<String> userName) {
        Named member() {
            return new Named(groupName, userName);
        }
    }

    private Object list(Request request) {
        return Map.of(
                "group_names",
                directory
                        .list(
                                request.caller(),
                                PrincipalKind.GROUP,
                                new DirectoryFilter.Query(
                                        DirectoryFilter.ALL, Attribute.NAME, true, 0, Integer.MAX_VALUE, false))
                        .entries()
                        .stream()
                        .map(entry -> entry.content().name())
                        .toList());
    }

    private Object members(Request request) {
        return Map.of(
                "members",
                group(request, request.query(Named.class).groupName(), "group_name").members().stream()
                        .map(held -> Map.of(
                                held.kind() == PrincipalKind.GROUP ? "group_name" : "user_name",
                                held.principal().name()))
                        .toList());
    }

    private Object parents(Request request) {
        return Map.of(
                "group_names",
                member(request, request.query(Named.class)).groups().stream()
                        .filter(Entry.Held::direct)
                        .map(held -> held.principal().name())
                        .toList());
    }

    private Object create(Request request) {
        String name = Request.require(request.body(Named.class).groupName(), "group_name");
        Entry made = directory.create(request.caller(), PrincipalKind.GROUP, Entry.Content.named(name));
        return Map.of("group_name", made.content().name());
    }

    private Object delete(Request request) {
        Entry group = group(request, request.body(Named.class).groupName(), "group_name");
        directory.delete(request.caller(), PrincipalKind.GROUP, group.id());
        return Request.nothing();
    }

    private Object join(Request request) {
        return change(request, true);
    }

    private Object leave(Request request) {
        return change(request, false);
    }

    private Object change(Request request, boolean joins) {
        Membership asked = request.body(Membership.class);
        Entry parent = group(request, asked.parentName(), "parent_name");
        Entry member = member(request, asked.member());
        directory.change(request.caller(), PrincipalKind.GROUP, parent.id(), before -> {
            Set<PrincipalId> members = new HashSet<>(before.members());
            boolean changed = joins ? members.add(member.id()) : members.remove(member.id());
            if (!changed) {
                throw joins
                        ? PlatformException.invalid(name(member) + " is already in group " + name(parent) + ".")
                        : PlatformException.notFound(name(member) + " is not in group " + name(parent) + ".");
            }
            return before.with(before.groups(), members);
        });
        return Request.nothing();
    }

    private static String name(Entry entry) {
        return entry.content().name();
    }

    private Entry group(Request request, Optional<String> name, String field) {
        String known = Request.require(name, field);
        return find(request, PrincipalKind.GROUP, known);
    }

    private Entry member(Request request, Named named) {
        return named.userName().isPresent()
                ? find(request, PrincipalKind.USER, named.userName().get())
                : find(request, PrincipalKind.GROUP, Request.require(named.groupName(), "user_name or group_name"));
    }

    private Entry find(Request request, PrincipalKind kind, String name) {
        List<Entry> found = directory
                .list(
                        request.caller(),
                        kind,
                        new DirectoryFilter.Query(
                                new DirectoryFilter.Compare(Attribute.NAME, Comparison.EQUAL, name),
                                Attribute.ID,
                                true,
                                0,
                                1,
                                true))
                .entries();
        return found.stream()
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound(kind.title() + " " + name + " does not exist."));
    }
}
