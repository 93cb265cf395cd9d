package io.slipway.identity;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.store.Visible;
import java.util.Locale;
import java.util.Map;

/**
 * The rule of this edition: admins of a workspace may do everything there; everybody else there sees everything and manages what they
 * own. Nobody sees another workspace. Doors call {@link #require} on the loaded row, and hand {@link #visible} to the lists of their
 * stores.
 */
public final class Permissions {
    /**
     * Throws {@link ErrorCode#PERMISSION_DENIED} unless {@code caller} may do this with the thing, and {@link ErrorCode#NOT_FOUND} if
     * it is in another workspace, where they may not even know of it.
     */
    public void require(Caller caller, Right right, Owned thing) {
        if (!caller.reaches(thing.ref().workspace())) {
            throw PlatformException.notFound(thing.title() + " does not exist.");
        }
        if (!may(caller, right, thing.owner())) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    caller.name() + " does not have " + right.name().toLowerCase(Locale.ROOT) + " permission on "
                            + thing.title());
        }
    }

    /** Whether {@link #require} would let the caller through. */
    public boolean may(Caller caller, Right right, Owned thing) {
        return caller.reaches(thing.ref().workspace()) && may(caller, right, thing.owner());
    }

    private boolean may(Caller caller, Right right, PrincipalId owner) {
        return right == Right.VIEW || caller.principals().contains(owner) || admin(caller);
    }

    /** Throws {@link ErrorCode#PERMISSION_DENIED} unless {@code caller} is an admin. */
    public void requireAdmin(Caller caller, String what) {
        if (!admin(caller)) {
            throw new PlatformException(ErrorCode.PERMISSION_DENIED, "Only admins can " + what + ".");
        }
    }

    /** Whether the caller administers the workspace in which they act. */
    public boolean admin(Caller caller) {
        return caller.principals().contains(PrincipalId.ADMINS);
    }

    /** Which rows the caller sees of a table that says of each in which workspace it is. */
    public Visible visible(Caller caller) {
        return new Visible(
                "workspace_id = :seenIn", Map.of("seenIn", caller.workspace().number()));
    }
}
