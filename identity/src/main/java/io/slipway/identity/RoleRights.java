package io.slipway.identity;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Who manages service principals and groups. Admins of the account manage all of them.
 * Whoever makes one manages it, so that managing ends where it would make somebody an admin who is none: what administers a workspace,
 * or the account, is managed by those who do so themselves.
 */
final class RoleRights {
    private final RoleStore roles = new RoleStore();
    private final MembershipStore memberships = new MembershipStore();
    private final AccountRights account = new AccountRights();

    boolean manages(Handle handle, Caller caller, PrincipalKind kind, PrincipalId id) {
        if (caller.id().equals(PrincipalId.SYSTEM) || account.administers(handle, caller.id())) {
            return true;
        }
        return kind != PrincipalKind.USER
                && roles.any(handle, id, Role.managing(kind), caller.principals())
                && within(handle, caller, id);
    }

    /** Whether it administers nothing that the caller does not. */
    private boolean within(Handle handle, Caller caller, PrincipalId id) {
        Set<WorkspaceId> its = memberships.administered(handle, id);
        return its.isEmpty() || memberships.administered(handle, caller.id()).containsAll(its);
    }

    void requireManager(Handle handle, Caller caller, PrincipalKind kind, PrincipalId id, String called) {
        if (manages(handle, caller, kind, id)) {
            return;
        }
        Role role = Role.managing(kind);
        if (roles.any(handle, id, role, caller.principals())) {
            throw denied(caller.name() + " has the role " + role.title() + " on " + title(kind, called)
                    + ", which administers what they do not: only such admins manage it.");
        }
        throw lacking(caller, kind, called);
    }

    /** That the caller does not manage it, be it there or not. */
    static PlatformException lacking(Caller caller, PrincipalKind kind, String called) {
        return denied(caller.name() + " does not have the role "
                + Role.managing(kind).title() + " on " + title(kind, called) + ".");
    }

    private static String title(PrincipalKind kind, String called) {
        return kind.title().toLowerCase(Locale.ROOT) + " " + called;
    }

    static PlatformException denied(String why) {
        return new PlatformException(ErrorCode.PERMISSION_DENIED, why);
    }
}
