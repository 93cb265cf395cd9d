package io.slipway.content.tree;

import io.slipway.identity.Caller;
import io.slipway.identity.Guarded;
import io.slipway.identity.Level;
import io.slipway.identity.Permissions;
import io.slipway.identity.Right;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Tx;
import io.slipway.store.Visible;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Who may do what with objects of the tree. What is given on a folder is given on everything in it. Everybody in a workspace finds the
 * folders that are always there, and those on the way to what they were given; in {@code /Repos} they may make folders of their own.
 */
final class TreeRights {
    private final Permissions permissions;
    private final TreeStore store;

    TreeRights(Permissions permissions, TreeStore store) {
        this.permissions = permissions;
        this.store = store;
    }

    Guarded guarded(Handle handle, TreeObject object) {
        return new Guarded(object.ref(), store.above(handle, object), object.path());
    }

    void require(Handle handle, Caller caller, Right right, TreeObject object) {
        if (!common(caller, right, object)) {
            permissions.require(handle, caller, right, guarded(handle, object));
        }
    }

    boolean may(Handle handle, Caller caller, Right right, TreeObject object) {
        return common(caller, right, object) || permissions.may(handle, caller, right, guarded(handle, object));
    }

    private static boolean common(Caller caller, Right right, TreeObject object) {
        TreePath path = new TreePath(object.path());
        return caller.reaches(object.workspace())
                && (path.equals(TreePath.REPOS) || (right == Right.VIEW && Tree.ALWAYS_THERE.contains(path)));
    }

    /** Throws PERMISSION_DENIED unless the caller finds the object: they may view it, or something that is in it. */
    void requireFound(Handle handle, Caller caller, TreeObject object) {
        if (!caller.reaches(object.workspace())) {
            throw PlatformException.notFound("Path (" + object.path() + ") doesn't exist.");
        }
        if (object.type() == ObjectType.DIRECTORY && !may(handle, caller, Right.VIEW, object)) {
            TreePath folder = new TreePath(object.path());
            if (given(handle, caller, object.workspace()).stream().anyMatch(path -> path.within(folder))) {
                return;
            }
        }
        require(handle, caller, Right.VIEW, object);
    }

    /** What the caller finds in the folder, ordered by path. */
    List<TreeObject> children(Handle handle, Caller caller, TreeObject folder) {
        List<TreeObject> all = store.children(handle, folder);
        if (permissions.may(handle, caller, Right.VIEW, guarded(handle, folder))) {
            return all;
        }
        Set<TreePath> given = given(handle, caller, folder.workspace());
        return all.stream()
                .filter(object -> common(caller, Right.VIEW, object) || leads(new TreePath(object.path()), given))
                .toList();
    }

    private static boolean leads(TreePath path, Set<TreePath> given) {
        return given.contains(path) || given.stream().anyMatch(each -> each.within(path));
    }

    /** Paths of the objects on which the caller was given something. */
    private Set<TreePath> given(Handle handle, Caller caller, WorkspaceId workspace) {
        return store.paths(handle, workspace, Permissions.granted(caller, Kind.TREE)).stream()
                .map(TreePath::new)
                .collect(Collectors.toSet());
    }

    /** For lists of objects anywhere in the tree. */
    Visible visible(Caller caller) {
        return permissions.visible(caller, TreeStore.within(Permissions.granted(caller, Kind.TREE)));
    }

    /** Whoever makes an object manages it, by what they have on its folder or on itself. */
    void made(Tx tx, Caller caller, TreeObject object) {
        permissions.made(tx, caller.principal(), guarded(tx.sql(), object));
    }

    void everybodys(Tx tx, TreeObject object) {
        permissions.everybodys(tx, object.ref(), Level.CAN_MANAGE);
    }

    /** The objects are no more. */
    void gone(Tx tx, List<TreeObject> objects) {
        objects.stream().map(TreeObject::ref).forEach((Ref ref) -> permissions.gone(tx, ref));
    }
}
