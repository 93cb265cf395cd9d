package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Rows of {@code principal}, {@code member} and {@code token}. */
final class IdentityStore {
    /** A row for each group that the user is in, one without a group if there is none. */
    private static final String USER =
            "principal.id, principal.name, principal.display_name, principal.created_at, member.group_id";

    void insert(Handle handle, User user) {
        handle.createUpdate("""
                        insert into principal (id, kind, name, display_name, created_at)
                        values (:id, 'USER', :name, :displayName, :createdAt)
                        """)
                .bind("id", user.principal().id().number())
                .bind("name", user.principal().name())
                .bind("displayName", user.displayName())
                .bind("createdAt", user.createdAt())
                .execute();
        for (PrincipalId group : user.groups()) {
            handle.createUpdate("""
                            insert into member (workspace_id, group_id, principal_id) values (:workspace, :group, :id)
                            """)
                    .bind("workspace", user.workspace().number())
                    .bind("group", group.number())
                    .bind("id", user.principal().id().number())
                    .execute();
        }
    }

    Optional<User> byName(Handle handle, WorkspaceId workspace, String name) {
        return one(
                workspace,
                handle.createQuery("select " + USER + """
                         from principal
                        left join member on member.principal_id = principal.id and member.workspace_id = :workspace
                        where principal.name = :name and principal.kind = 'USER'
                        """)
                        .bind("name", name)
                        .bind("workspace", workspace.number())
                        .map((row, context) -> UserRow.of(row))
                        .list());
    }

    Optional<User> byId(Handle handle, WorkspaceId workspace, PrincipalId id) {
        return one(
                workspace,
                handle.createQuery("select " + USER + """
                         from principal
                        left join member on member.principal_id = principal.id and member.workspace_id = :workspace
                        where principal.id = :id and principal.kind = 'USER'
                        """)
                        .bind("id", id.number())
                        .bind("workspace", workspace.number())
                        .map((row, context) -> UserRow.of(row))
                        .list());
    }

    /** Of any kind. */
    Optional<Principal> principal(Handle handle, String name) {
        return handle.createQuery("select id, name from principal where lower(name) = lower(:name)")
                .bind("name", name)
                .map((row, context) -> Principal.of(row, "id", "name"))
                .findFirst();
    }

    /** A token stands for its user in the workspace that it was made in. */
    Optional<User> byTokenHash(Handle handle, String hash, long now) {
        Optional<Long> workspace = handle.createQuery("""
                        select workspace_id from token
                        where hash = :hash and (expires_at is null or expires_at > :now)
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne();
        if (workspace.isEmpty()) {
            return Optional.empty();
        }
        return one(
                new WorkspaceId(workspace.get()),
                handle.createQuery("select " + USER + """
                         from token join principal on principal.id = token.user_id
                        left join member
                            on member.principal_id = principal.id and member.workspace_id = token.workspace_id
                        where token.hash = :hash
                        """)
                        .bind("hash", hash)
                        .map((row, context) -> UserRow.of(row))
                        .list());
    }

    Optional<String> tokenId(Handle handle, String hash) {
        return handle.createQuery("select id from token where hash = :hash")
                .bind("hash", hash)
                .mapTo(String.class)
                .findOne();
    }

    void insert(Handle handle, Token token, String hash) {
        handle.createUpdate("""
                        insert into token (id, workspace_id, user_id, hash, comment, created_at, expires_at)
                        values (:id, :workspace, :userId, :hash, :comment, :createdAt, :expiresAt)
                        """)
                .bind("id", token.id())
                .bind("workspace", token.workspace().number())
                .bind("userId", token.userId().number())
                .bind("hash", hash)
                .bind("comment", token.comment())
                .bind("createdAt", token.createdAt())
                .bind("expiresAt", token.expiresAt())
                .execute();
    }

    List<Token> tokens(Handle handle, WorkspaceId workspace, PrincipalId user) {
        return handle.createQuery("""
                        select * from token where user_id = :userId and workspace_id = :workspace
                        order by created_at desc
                        """)
                .bind("userId", user.number())
                .bind("workspace", workspace.number())
                .map((row, context) -> token(row))
                .list();
    }

    int deleteToken(Handle handle, String id, PrincipalId user) {
        return handle.createUpdate("delete from token where id = :id and user_id = :userId")
                .bind("id", id)
                .bind("userId", user.number())
                .execute();
    }

    /** A user and one of their groups. */
    private record UserRow(Principal principal, String displayName, long createdAt, Optional<PrincipalId> group) {
        static UserRow of(ResultSet row) throws SQLException {
            long group = row.getLong("group_id");
            Optional<PrincipalId> found = row.wasNull() ? Optional.empty() : Optional.of(new PrincipalId(group));
            return new UserRow(
                    Principal.of(row, "id", "name"), row.getString("display_name"), row.getLong("created_at"), found);
        }
    }

    private static Optional<User> one(WorkspaceId workspace, List<UserRow> rows) {
        return rows.stream()
                .findFirst()
                .map(first -> new User(
                        workspace,
                        first.principal(),
                        first.displayName(),
                        rows.stream()
                                .map(UserRow::group)
                                .flatMap(Optional::stream)
                                .collect(Collectors.toSet()),
                        first.createdAt()));
    }

    private static Token token(ResultSet row) throws SQLException {
        long expiresAt = row.getLong("expires_at");
        Optional<Long> expiry = row.wasNull() ? Optional.empty() : Optional.of(expiresAt);
        return new Token(
                row.getString("id"),
                new WorkspaceId(row.getLong("workspace_id")),
                new PrincipalId(row.getLong("user_id")),
                row.getString("comment"),
                row.getLong("created_at"),
                expiry);
    }
}
