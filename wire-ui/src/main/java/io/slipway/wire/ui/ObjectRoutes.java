package io.slipway.wire.ui;

import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeObject;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import java.util.Optional;

/** Objects of the workspace by their number, and moving them: the Workspace API knows paths only and has no call for it. */
public final class ObjectRoutes {
    private final Tree tree;

    public ObjectRoutes(Tree tree) {
        this.tree = tree;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api/objects/{id}").get("", this::show).post("/move", this::move);
    }

    record Item(String objectType, String path, Optional<String> language, long modifiedAt, long objectId) {
        static Item of(TreeObject object) {
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
        return Item.of(tree.byId(request.caller(), id(request)));
    }

    private Object move(Request request) {
        String path = Request.require(request.body(Target.class).path(), "path");
        return Item.of(tree.move(request.caller(), id(request), path));
    }

    private static long id(Request request) {
        try {
            return Long.parseLong(request.path("id"));
        } catch (NumberFormatException e) {
            throw PlatformException.invalid("The id of an object is a number.");
        }
    }
}
