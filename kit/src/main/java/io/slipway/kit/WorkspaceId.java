package io.slipway.kit;

/** Number of a workspace: a tenant of this platform. */
public record WorkspaceId(long number) {
    /** Where things live that belong to the whole account: users, catalogs and what is in them. */
    public static final WorkspaceId ACCOUNT = new WorkspaceId(0);

    /** The one that every installation begins with. */
    public static final WorkspaceId FIRST = new WorkspaceId(1001);

    @Override
    public String toString() {
        return String.valueOf(number);
    }
}
