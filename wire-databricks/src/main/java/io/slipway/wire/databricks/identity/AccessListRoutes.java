package io.slipway.wire.databricks.identity;

import io.slipway.identity.setting.AccessList;
import io.slipway.identity.setting.AccessLists;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** IP access lists API 2.0. */
public final class AccessListRoutes {
    private final AccessLists lists;

    public AccessListRoutes(AccessLists lists) {
        this.lists = lists;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/ip-access-lists")
                .get("", this::list)
                .post("", this::create)
                .get("/{id}", this::get)
                .patch("/{id}", this::update)
                .put("/{id}", this::replace)
                .delete("/{id}", this::delete);
    }

    record Info(
            String listId,
            String label,
            AccessList.Type listType,
            List<String> ipAddresses,
            int addressCount,
            boolean enabled,
            long createdAt,
            long createdBy,
            long updatedAt,
            long updatedBy) {
        static Info of(AccessList list) {
            AccessList.Spec spec = list.spec();
            return new Info(
                    list.id(),
                    spec.label(),
                    spec.type(),
                    spec.addresses(),
                    spec.addresses().size(),
                    spec.enabled(),
                    list.created().at(),
                    list.created().by().number(),
                    list.updated().at(),
                    list.updated().by().number());
        }
    }

    record Wanted(
            Optional<String> label,
            Optional<AccessList.Type> listType,
            Optional<List<String>> ipAddresses,
            Optional<Boolean> enabled) {
        AccessList.Spec whole() {
            return new AccessList.Spec(
                    Request.require(label, "label"),
                    Request.require(listType, "list_type"),
                    ipAddresses.orElse(List.of()),
                    enabled.orElse(true));
        }

        AccessList.Spec over(AccessList.Spec before) {
            return new AccessList.Spec(
                    label.orElse(before.label()),
                    listType.orElse(before.type()),
                    ipAddresses.orElse(before.addresses()),
                    enabled.orElse(before.enabled()));
        }
    }

    private static Object shown(AccessList list) {
        return Map.of("ip_access_list", Info.of(list));
    }

    private Object list(Request request) {
        return Map.of(
                "ip_access_lists",
                lists.list(request.caller()).stream().map(Info::of).toList());
    }

    private Object get(Request request) {
        return shown(lists.get(request.caller(), request.path("id")));
    }

    private Object create(Request request) {
        return shown(lists.create(request.caller(), request.body(Wanted.class).whole(), request.address()));
    }

    private Object update(Request request) {
        Wanted wanted = request.body(Wanted.class);
        return shown(lists.change(request.caller(), request.path("id"), wanted::over, request.address()));
    }

    private Object replace(Request request) {
        AccessList.Spec whole = request.body(Wanted.class).whole();
        Object unused = Request.require(request.body(Wanted.class).enabled(), "enabled");
        return shown(lists.change(request.caller(), request.path("id"), before -> whole, request.address()));
    }

    private Object delete(Request request) {
        lists.delete(request.caller(), request.path("id"), request.address());
        return Request.nothing();
    }
}
