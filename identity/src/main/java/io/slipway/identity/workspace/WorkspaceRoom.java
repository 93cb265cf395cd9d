package io.slipway.identity.workspace;

import io.slipway.identity.IdentityArea;
import io.slipway.store.Base;

/** Workspaces, put together. */
public final class WorkspaceRoom {
    private final Workspaces workspaces;
    private final AccountParts parts;

    public WorkspaceRoom(Base base, IdentityArea identity) {
        workspaces = new Workspaces(base, identity.permissions(), identity.assignments());
        parts = new AccountParts(base, identity.permissions());
    }

    public Workspaces workspaces() {
        return workspaces;
    }

    public AccountParts parts() {
        return parts;
    }
}
