package io.slipway.wire.ui;

import io.slipway.kit.PlatformException;
import io.slipway.platform.workspace.WorkspaceObject;
import io.slipway.platform.workspace.Workspaces;
import io.slipway.wire.databricks.Call;
import io.slipway.wire.databricks.Dialect;
import io.slipway.wire.databricks.Routes;
import java.util.Optional;

/** Objects of the workspace by their number, and moving them: the Workspace API knows paths only and has no call for it. */
public final class ObjectRoutes {
    private final Workspaces workspaces;

    public ObjectRoutes(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    public void add(Routes routes) {
        routes.family(Dialect.STANDARD, "/ui-api/objects/{id}")
                .get("", this::show)
                .post("/move", this::move);
    }

    record Item(String objectType, String path, Optional<String> language, long modifiedAt, long objectId) {
        static Item of(WorkspaceObject object) {
            return new Item(
                    object.type().name(),
                    object.path(),
                    object.language().map(Enum::name),
                    object.modifiedAt(),
                    object.id());
        }
    }

    record Target(Optional<String> path) {}

    private Object show(Call call) {
        return Item.of(workspaces.byId(call.caller(), id(call)));
    }

    private Object move(Call call) {
        String path = Call.require(call.body(Target.class).path(), "path");
        return Item.of(workspaces.move(call.caller(), id(call), path));
    }

    private static long id(Call call) {
        try {
            return Long.parseLong(call.path("id"));
        } catch (NumberFormatException e) {
            throw PlatformException.invalid("The id of an object is a number.");
        }
    }
}
