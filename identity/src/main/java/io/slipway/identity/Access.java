package io.slipway.identity;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;

/**
 * The rule of this first edition: admins may do everything; everybody else sees everything and manages what they own. Doors call
 * {@link #require} on the loaded row.
 */
public final class Access {
    /** Throws {@link ErrorCode#PERMISSION_DENIED} unless {@code caller} may do {@code action} on what {@code owner} owns. */
    public void require(Caller caller, Action action, String subject, String owner) {
        if (caller.admin() || action == Action.VIEW || caller.userName().equalsIgnoreCase(owner)) {
            return;
        }
        throw new PlatformException(
                ErrorCode.PERMISSION_DENIED,
                caller.userName() + " does not have " + action.name().toLowerCase(java.util.Locale.ROOT)
                        + " permission on " + subject);
    }

    /** Throws {@link ErrorCode#PERMISSION_DENIED} unless {@code caller} is an admin. */
    public void requireAdmin(Caller caller, String what) {
        if (!caller.admin()) {
            throw new PlatformException(ErrorCode.PERMISSION_DENIED, "Only admins can " + what + ".");
        }
    }
}
