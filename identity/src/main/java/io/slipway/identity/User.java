package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.Set;

/**
 * A person or robot that can sign in, as one workspace knows them.
 *
 * @param groups of that workspace which they are in
 * @param createdAt epoch milliseconds
 */
public record User(
        WorkspaceId workspace, Principal principal, String displayName, Set<PrincipalId> groups, long createdAt) {
    public User {
        groups = Set.copyOf(groups);
    }

    public boolean admin() {
        return groups.contains(PrincipalId.ADMINS);
    }

    public Caller caller() {
        return Caller.user(workspace, principal, groups);
    }
}
