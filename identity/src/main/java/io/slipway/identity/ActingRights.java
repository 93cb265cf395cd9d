package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;

/**
 * Who may have something done as somebody else: by work that runs as them, by making them its owner, by a token of theirs. Nobody becomes
 * an admin of the account in such a way who is none.
 */
final class ActingRights {
    private final RoleStore roles = new RoleStore();
    private final DirectoryStore directory = new DirectoryStore();
    private final AccountRights account = new AccountRights();
    private final BiPredicate<Handle, WorkspaceId> restricted;

    /** @param restricted whether the admins of a workspace are restricted to what others may (settings API, restrict_workspace_admins) */
    ActingRights(BiPredicate<Handle, WorkspaceId> restricted) {
        this.restricted = restricted;
    }

    /**
     * Throws PERMISSION_DENIED unless the caller may have work done as this one: as themselves, as a service principal on which they have
     * the role of a user, or, as an admin, as any user.
     *
     * @param already whether it is done as this one before the caller changes it; then admins may, who could make tokens of it too
     * @param title of the work
     */
    void requireWork(Handle handle, Caller caller, Principal actor, boolean already, String title) {
        if (actor.id().equals(caller.id())) {
            return;
        }
        requireWithin(handle, caller, actor, title);
        boolean admin = free(handle, caller);
        if (program(handle, actor.id())) {
            if (!uses(handle, caller, actor.id()) && !(already && admin)) {
                throw RoleRights.denied(lacking(caller, actor) + ": " + title + " cannot run as it.");
            }
        } else if (!admin) {
            throw RoleRights.denied(caller.name() + " cannot change what acts as " + actor.name() + ": " + title
                    + " must run as " + caller.name() + " (run_as), or an admin must change it.");
        }
    }

    /** Throws PERMISSION_DENIED unless the caller, an admin, may make this one the owner of work, which then runs as them. */
    void requireOwner(Handle handle, Caller caller, Principal owner, String title) {
        if (owner.id().equals(caller.id())) {
            return;
        }
        requireWithin(handle, caller, owner, title);
        if (!free(handle, caller)) {
            throw RoleRights.denied(
                    "Workspace admins are restricted: they can only change the owner of " + title + " to themselves.");
        }
    }

    /** Throws PERMISSION_DENIED unless the caller, an admin, may make tokens of the service principal. */
    void requireToken(Handle handle, Caller caller, Principal program) {
        requireWithin(handle, caller, program, "a token");
        if (!free(handle, caller) && !uses(handle, caller, program.id())) {
            throw RoleRights.denied("Workspace admins are restricted, and " + lacking(caller, program) + ".");
        }
    }

    private void requireWithin(Handle handle, Caller caller, Principal other, String title) {
        if (account.administers(handle, other.id()) && !account.administers(handle, caller.id())) {
            throw RoleRights.denied(other.name() + " administers the account, and " + caller.name() + " does not: "
                    + title + " cannot act as them.");
        }
    }

    /** Whether the caller may what admins of a workspace may where nobody has restricted them. */
    private boolean free(Handle handle, Caller caller) {
        return caller.principals().contains(PrincipalId.ADMINS) && !restricted.test(handle, caller.workspace());
    }

    private boolean uses(Handle handle, Caller caller, PrincipalId program) {
        return roles.any(handle, program, Role.SERVICE_PRINCIPAL_USER, caller.principals());
    }

    private boolean program(Handle handle, PrincipalId id) {
        return directory.kind(handle, id).equals(Optional.of(PrincipalKind.SERVICE_PRINCIPAL));
    }

    private static String lacking(Caller caller, Principal program) {
        return caller.name() + " does not have the role " + Role.SERVICE_PRINCIPAL_USER.title()
                + " on service principal " + program.name();
    }
}
