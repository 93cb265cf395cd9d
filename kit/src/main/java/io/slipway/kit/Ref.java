package io.slipway.kit;

/**
 * Names anything: in facts, permissions, owners of commands.
 *
 * @param id unique among things of its kind
 */
public record Ref(Kind kind, WorkspaceId workspace, String id) {
    public static Ref of(Kind kind, WorkspaceId workspace, String id) {
        return new Ref(kind, workspace, id);
    }

    public static Ref of(Kind kind, WorkspaceId workspace, long id) {
        return new Ref(kind, workspace, String.valueOf(id));
    }

    /** A thing of the account, which all workspaces share. */
    public static Ref ofAccount(Kind kind, String id) {
        return new Ref(kind, WorkspaceId.ACCOUNT, id);
    }

    /** The id of a thing whose ids are numbers. */
    public long number() {
        return Long.parseLong(id);
    }

    @Override
    public String toString() {
        return kind.word() + " " + id;
    }
}
