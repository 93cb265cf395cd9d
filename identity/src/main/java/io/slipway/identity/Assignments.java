package io.slipway.identity;

import io.slipway.kit.Clock;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The door to who is in which workspace: admins of the account assign users, service principals and groups of the account, as users
 * or as admins of the workspace.
 */
public final class Assignments {
    /** What everybody in a workspace is entitled to from its beginning. */
    private static final Set<String> EVERYBODYS =
            Set.of("workspace-access", "databricks-sql-access", "allow-cluster-create");

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Permissions permissions;
    private final MembershipStore memberships = new MembershipStore();
    private final DirectoryStore directory = new DirectoryStore();
    private final BrowserSessionStore sessions = new BrowserSessionStore();
    private final IdentityStore tokens = new IdentityStore();
    private final GrantStore grants = new GrantStore();

    Assignments(Base base, Permissions permissions) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.permissions = permissions;
    }

    /** @param admin whether it administers the workspace */
    public record Assignment(Principal principal, PrincipalKind kind, String displayName, boolean admin) {}

    public List<Assignment> list(Caller caller, WorkspaceId workspace) {
        permissions.requireAdmin(caller, "see who is in a workspace");
        return database.read(handle -> directory.assigned(handle, workspace));
    }

    /** Assigns it, or says anew as what. */
    public Assignment put(Caller caller, WorkspaceId workspace, PrincipalId id, boolean admin) {
        permissions.requireAdmin(caller, "assign somebody to a workspace");
        return database.write(tx -> {
            Entry entry = ofAccount(tx.sql(), id);
            if (!memberships.assigned(tx.sql(), workspace, id)) {
                memberships.assign(tx.sql(), workspace, id, Set.of(), Set.of());
            }
            if (admin) {
                memberships.join(tx.sql(), workspace, PrincipalId.ADMINS, Set.of(id));
            } else {
                memberships.leave(tx.sql(), workspace, PrincipalId.ADMINS, Set.of(id));
                requireAdmins(tx.sql());
            }
            facts.tell(
                    tx,
                    caller.id(),
                    new IdentityFact.Assigned(ref(entry), workspace.toString(), admin ? "ADMIN" : "USER"));
            return new Assignment(
                    entry.principal(), entry.kind(), entry.content().profile().displayName(), admin);
        });
    }

    /** Takes it out of the workspace, with what it began there; one that is not in it is fine. */
    public void delete(Caller caller, WorkspaceId workspace, PrincipalId id) {
        permissions.requireAdmin(caller, "take somebody out of a workspace");
        database.change(tx -> {
            Entry entry = ofAccount(tx.sql(), id);
            if (memberships.assigned(tx.sql(), workspace, id)) {
                sessions.deleteOfUser(tx.sql(), Optional.of(workspace), id);
                tokens.deleteTokens(tx.sql(), Optional.of(workspace), id);
                grants.deleteOf(tx.sql(), Optional.of(workspace), id);
                memberships.unassign(tx.sql(), workspace, id);
                requireAdmins(tx.sql());
                facts.tell(tx, caller.id(), new IdentityFact.Unassigned(ref(entry), workspace.toString()));
            }
        });
    }

    private Entry ofAccount(Handle handle, PrincipalId id) {
        return directory
                .find(handle, WorkspaceId.ACCOUNT, id)
                .filter(entry -> entry.home().equals(WorkspaceId.ACCOUNT) && !id.system())
                .orElseThrow(() -> PlatformException.notFound("Principal " + id + " does not exist."));
    }

    private static Ref ref(Entry entry) {
        return Ref.ofAccount(entry.kind().kind(), entry.id().toString());
    }

    private void requireAdmins(Handle handle) {
        if (memberships.anyWithoutAdmin(handle)) {
            throw PlatformException.invalid("Somebody must be left who administers the workspace.");
        }
    }

    /** The workspaces in which somebody is, by themselves or by a group of the account. */
    public Set<WorkspaceId> of(Handle handle, PrincipalId principal) {
        return memberships.workspaces(handle, principal);
    }

    /** What a new workspace has: an admin, what everybody in it is entitled to, and the ways to come in. */
    public void open(Tx tx, WorkspaceId workspace, PrincipalId admin) {
        memberships.assign(tx.sql(), workspace, admin, Set.of(), Set.of());
        memberships.join(tx.sql(), workspace, PrincipalId.ADMINS, Set.of(admin));
        memberships.assign(tx.sql(), workspace, PrincipalId.USERS, EVERYBODYS, Set.of());
        for (SignIn way : SignIn.values()) {
            permissions.everybodys(tx, way.of(workspace).ref(), Level.CAN_USE);
        }
    }

    /** Nobody is in the workspace any more, and nothing that was begun there lets anybody in. */
    public void close(Tx tx, WorkspaceId workspace) {
        sessions.deleteOf(tx.sql(), workspace);
        tokens.deleteOf(tx.sql(), workspace);
        memberships.empty(tx.sql(), workspace);
        directory.goneOf(tx.sql(), workspace, clock.millis());
    }
}
