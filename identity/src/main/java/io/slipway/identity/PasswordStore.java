package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code password} and {@code invitation}. */
final class PasswordStore {
    record Invitation(WorkspaceId workspace, PrincipalId user) {}

    void insert(Handle handle, String hash, WorkspaceId workspace, PrincipalId user, long expiresAt) {
        handle.createUpdate("""
                        insert into invitation (hash, workspace_id, user_id, expires_at)
                        values (:hash, :workspace, :user, :expires)
                        """)
                .bind("hash", hash)
                .bind("workspace", workspace.number())
                .bind("user", user.number())
                .bind("expires", expiresAt)
                .execute();
    }

    Optional<Invitation> invitation(Handle handle, String hash, long now) {
        return handle.createQuery(
                        "select workspace_id, user_id from invitation where hash = :hash and expires_at > :now")
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> new Invitation(
                        new WorkspaceId(row.getLong("workspace_id")), new PrincipalId(row.getLong("user_id"))))
                .findOne();
    }

    void deleteInvitations(Handle handle, PrincipalId user) {
        handle.execute("delete from invitation where user_id = ?", user.number());
    }

    void forgetInvitations(Handle handle, long now) {
        handle.execute("delete from invitation where expires_at <= ?", now);
    }

    Optional<String> hash(Handle handle, PrincipalId user) {
        return handle.createQuery("select hash from password where user_id = :user")
                .bind("user", user.number())
                .mapTo(String.class)
                .findOne();
    }

    void write(Handle handle, PrincipalId user, String hash, long now) {
        handle.createUpdate("""
                        insert into password (user_id, hash, changed_at) values (:user, :hash, :now)
                        on conflict (user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at
                        """)
                .bind("user", user.number())
                .bind("hash", hash)
                .bind("now", now)
                .execute();
    }

    /** The first workspace that somebody was assigned to, by themselves or by a group. */
    Optional<WorkspaceId> first(Handle handle, PrincipalId user) {
        return handle.createQuery("""
                        with recursive up(id) as (
                            select cast(:user as bigint)
                            union
                            select member.group_id from member join up on member.principal_id = up.id
                            where member.workspace_id = 0 and member.group_id <> 1)
                        select workspace_id from assigned
                        where workspace_id <> 0 and principal_id in (select id from up)
                        order by workspace_id limit 1
                        """)
                .bind("user", user.number())
                .mapTo(Long.class)
                .findOne()
                .map(WorkspaceId::new);
    }
}
