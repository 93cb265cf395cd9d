package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Rows of {@code provided_user}, and those of {@code member} that a provider has given. */
final class ProvidedStore {
    /** Names for one statement. */
    private static final int PIECE = 500;

    /** @param workspace under which its memberships are written down */
    record Group(WorkspaceId workspace, PrincipalId id, String name, Optional<String> externalId) {}

    /** That the user is in a group. */
    record Membership(WorkspaceId workspace, PrincipalId group) {}

    /** Who this is, whom the provider knows as the subject. */
    Optional<PrincipalId> user(Handle handle, String issuer, String subject) {
        return handle.createQuery("select user_id from provided_user where issuer = :issuer and subject = :subject")
                .bind("issuer", issuer)
                .bind("subject", subject)
                .mapTo(Long.class)
                .findOne()
                .map(PrincipalId::new);
    }

    boolean bound(Handle handle, String issuer, PrincipalId user) {
        return handle.createQuery("select count(*) from provided_user where issuer = :issuer and user_id = :user")
                        .bind("issuer", issuer)
                        .bind("user", user.number())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void bind(Handle handle, String issuer, String subject, PrincipalId user, long now) {
        handle.createUpdate("""
                        insert into provided_user (issuer, subject, user_id, bound_at)
                        values (:issuer, :subject, :user, :now)
                        """)
                .bind("issuer", issuer)
                .bind("subject", subject)
                .bind("user", user.number())
                .bind("now", now)
                .execute();
    }

    /** Groups of the account and of the first workspace that are called, or known elsewhere, by one of these names. */
    List<Group> groups(Handle handle, Set<String> names) {
        List<String> all = List.copyOf(names);
        Set<Group> found = new LinkedHashSet<>();
        for (int from = 0; from < all.size(); from += PIECE) {
            List<String> piece = all.subList(from, Math.min(all.size(), from + PIECE));
            found.addAll(handle.createQuery("""
                            select id, home_id, name, external_id from principal
                            where kind = 'GROUP' and gone_at = 0 and home_id in (0, :first) and id not in (2, 3)
                            and (name_key in (<keys>) or external_id in (<names>))
                            """)
                    .bind("first", WorkspaceId.FIRST.number())
                    .bindList("keys", piece.stream().map(Names::key).toList())
                    .bindList("names", piece)
                    .map((row, context) -> {
                        PrincipalId id = new PrincipalId(row.getLong("id"));
                        return new Group(
                                id.equals(PrincipalId.ADMINS)
                                        ? WorkspaceId.FIRST
                                        : new WorkspaceId(row.getLong("home_id")),
                                id,
                                row.getString("name"),
                                Optional.ofNullable(row.getString("external_id")));
                    })
                    .list());
        }
        return new ArrayList<>(found);
    }

    /** Whether whoever is in the group administers something by it: a workspace, or the account. */
    boolean administers(Handle handle, PrincipalId group) {
        return handle.createQuery("""
                        with recursive up(id) as (
                            select cast(:group as bigint)
                            union
                            select member.group_id from member join up on member.principal_id = up.id)
                        select count(*) from up where id = 1
                        """)
                        .bind("group", group.number())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** What the provider has given to the user. */
    List<Membership> given(Handle handle, PrincipalId user) {
        return handle.createQuery(
                        "select workspace_id, group_id from member where principal_id = :user and provided = 1")
                .bind("user", user.number())
                .map((row, context) -> new Membership(
                        new WorkspaceId(row.getLong("workspace_id")), new PrincipalId(row.getLong("group_id"))))
                .list();
    }

    /** One that was given by hand stays so. False: it was there. */
    boolean give(Handle handle, PrincipalId user, Membership membership) {
        return handle.createUpdate("""
                        insert into member (workspace_id, group_id, principal_id, provided)
                        values (:workspace, :group, :user, 1) on conflict do nothing
                        """)
                        .bind("workspace", membership.workspace().number())
                        .bind("group", membership.group().number())
                        .bind("user", user.number())
                        .execute()
                > 0;
    }

    void take(Handle handle, PrincipalId user, Membership membership) {
        handle.createUpdate("""
                        delete from member where workspace_id = :workspace and group_id = :group
                        and principal_id = :user and provided = 1
                        """)
                .bind("workspace", membership.workspace().number())
                .bind("group", membership.group().number())
                .bind("user", user.number())
                .execute();
    }
}
