package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Rows of {@code role_given}. */
final class RoleStore {
    /** Under which number the roles stand that count for all of the account. */
    static final PrincipalId EVERYTHING = PrincipalId.SYSTEM;

    /** Whether any of these has the role on it, or on all of the account. */
    boolean any(Handle handle, PrincipalId on, Role role, Set<PrincipalId> any) {
        // Somebody may be in a thousand groups: numbers need no places for values.
        String ids = any.stream().map(PrincipalId::toString).sorted().collect(Collectors.joining(", "));
        return handle.createQuery("select count(*) from role_given where object_id in (0, :on) and role = :role"
                                + " and principal_id in (" + ids + ")")
                        .bind("on", on.number())
                        .bind("role", role.name())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** In the same order each time. */
    List<RuleSet.Rule> rules(Handle handle, PrincipalId on) {
        return handle.createQuery("""
                        select role_given.role, principal.kind, principal.name
                        from role_given join principal on principal.id = role_given.principal_id
                        where role_given.object_id = :on and principal.gone_at = 0
                        order by role_given.role desc, principal.kind, principal.name_key, principal.id
                        """)
                .bind("on", on.number())
                .map((row, context) -> new RuleSet.Rule(
                        Role.valueOf(row.getString("role")),
                        PrincipalKind.valueOf(row.getString("kind")),
                        row.getString("name")))
                .list();
    }

    /** What tells one state of the rules from another: numbers, since a name may be another's later. */
    String state(Handle handle, PrincipalId on) {
        return handle
                .createQuery("""
                        select role_given.role, principal.id
                        from role_given join principal on principal.id = role_given.principal_id
                        where role_given.object_id = :on and principal.gone_at = 0
                        order by role_given.role, principal.id
                        """)
                .bind("on", on.number())
                .map((row, context) -> row.getString("role") + " " + row.getLong("id"))
                .list()
                .stream()
                .collect(Collectors.joining(", ", on + ": ", ""));
    }

    void put(Handle handle, PrincipalId on, Role role, PrincipalId principal) {
        handle.createUpdate("""
                        insert into role_given (object_id, role, principal_id) values (:on, :role, :principal)
                        on conflict do nothing
                        """)
                .bind("on", on.number())
                .bind("role", role.name())
                .bind("principal", principal.number())
                .execute();
    }

    void deleteAll(Handle handle, PrincipalId on) {
        handle.execute("delete from role_given where object_id = ?", on.number());
    }

    /** Nobody has a role on it any more, nor has it one. */
    void gone(Handle handle, PrincipalId id) {
        handle.execute("delete from role_given where object_id = ? or principal_id = ?", id.number(), id.number());
    }
}
