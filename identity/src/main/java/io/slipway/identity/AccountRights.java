package io.slipway.identity;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import org.jdbi.v3.core.Handle;

/**
 * Who may change what the account has of somebody: the name, whether they are active, the password, the secrets of a program. Admins of a workspace may for
 * those who are in it alone; otherwise they would reach into another workspace, or become admins of the account by its admin's name.
 */
final class AccountRights {
    private final MembershipStore store = new MembershipStore();

    boolean may(Handle handle, Caller caller, PrincipalId target) {
        WorkspaceId workspace = caller.workspace();
        return workspace.equals(WorkspaceId.ACCOUNT)
                || caller.id().equals(PrincipalId.SYSTEM)
                || administers(handle, caller.id())
                || !(store.elsewhere(handle, workspace, target) || administers(handle, target));
    }

    void require(Handle handle, Caller caller, PrincipalId target, String name) {
        if (!may(handle, caller, target)) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    name + " is in other workspaces too, or administers the account: only admins of the account"
                            + " change the name, the password, secrets and whether they are active.");
        }
    }

    /** Whether somebody administers the account. */
    boolean administers(Handle handle, PrincipalId id) {
        return store.upwards(handle, WorkspaceId.ACCOUNT, id).contains(PrincipalId.ADMINS);
    }
}
