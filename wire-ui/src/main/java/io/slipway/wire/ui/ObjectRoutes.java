package io.slipway.wire.ui;

import io.slipway.kit.PlatformException;
import io.slipway.platform.workspace.WorkspaceObject;
import io.slipway.platform.workspace.Workspaces;
import io.slipway.wire.Request;
import java.util.Optional;

/** Objects of the workspace by their number, and moving them: the Workspace API knows paths only and has no call for it. */
public final class ObjectRoutes {
    private final Workspaces workspaces;

    public ObjectRoutes(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api/objects/{id}").get("", this::show).post("/move", this::move);
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

    private Object show(Request request) {
        return Item.of(workspaces.byId(request.caller(), id(request)));
    }

    private Object move(Request request) {
        String path = Request.require(request.body(Target.class).path(), "path");
        return Item.of(workspaces.move(request.caller(), id(request), path));
    }

    private static long id(Request request) {
        try {
            return Long.parseLong(request.path("id"));
        } catch (NumberFormatException e) {
            throw PlatformException.invalid("The id of an object is a number.");
        }
    }
}
