package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.HashSet;
import java.util.Set;

/**
 * Who asks, and where. Always a parameter, never a thread local. What somebody may do is asked anew each time: nothing keeps a caller
 * for later, only the {@link Principal}.
 *
 * @param workspace in which they act
 * @param principals on whose rights they act: their own and those of their groups
 * @param access whether they are entitled to use the workspace
 */
public record Caller(WorkspaceId workspace, Principal principal, Set<PrincipalId> principals, boolean access) {
    /** The platform's own hand, in every workspace: reconcilers act with it. */
    public static final Caller SYSTEM =
            new Caller(WorkspaceId.ACCOUNT, Principal.SYSTEM, Set.of(PrincipalId.SYSTEM, PrincipalId.ADMINS), true);

    /** Whoever asks where nobody has to say who they are. */
    public static final Caller NOBODY = stranger("nobody");

    public Caller {
        principals = Set.copyOf(principals);
    }

    /** Somebody who has a name to tell them by and no rights: the agent of a node. */
    public static Caller stranger(String name) {
        return new Caller(WorkspaceId.ACCOUNT, new Principal(new PrincipalId(-1), name), Set.of(), true);
    }

    /** A user or service principal in a workspace. */
    public static Caller user(WorkspaceId workspace, Principal user, Set<PrincipalId> groups) {
        Set<PrincipalId> all = new HashSet<>(groups);
        all.add(user.id());
        all.add(PrincipalId.ACCOUNT_USERS);
        if (!workspace.equals(WorkspaceId.ACCOUNT)) {
            all.add(PrincipalId.USERS);
        }
        return new Caller(workspace, user, all, true);
    }

    /** The same one, whom nothing entitles to use the workspace. */
    Caller withoutAccess() {
        return new Caller(workspace, principal, principals, false);
    }

    public PrincipalId id() {
        return principal.id();
    }

    public String name() {
        return principal.name();
    }

    /** The platform acts on everything; anybody else on what is in their workspace, and on what all workspaces share. */
    public boolean reaches(WorkspaceId other) {
        return id().equals(PrincipalId.SYSTEM) || other.equals(workspace) || other.equals(WorkspaceId.ACCOUNT);
    }
}
