package io.slipway.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code principal}, with what {@link MembershipStore} says of them, as the directory of a workspace shows them. */
final class DirectoryStore {
    private static final TypeReference<List<Entry.Email>> EMAILS = new TypeReference<>() {};

    /** Who is in a workspace by a group of the account that was assigned to it. */
    private static final String HERE = """
            with recursive here(id) as (
                select wide.id from principal as wide
                join assigned on assigned.workspace_id = :workspace and assigned.principal_id = wide.id
                where wide.kind = 'GROUP' and wide.home_id = 0 and wide.gone_at = 0 and wide.id > 3
                union
                select member.principal_id from member join here on member.group_id = here.id
                where member.workspace_id = 0)
            """;

    /** Beside whoever was assigned themselves. */
    private static final String IS_HERE = "(exists (select 1 from assigned where assigned.workspace_id = :workspace"
            + " and assigned.principal_id = principal.id) or principal.id in (select id from here))";

    private final MembershipStore memberships = new MembershipStore();

    private static String within(WorkspaceId workspace) {
        return "principal.gone_at = 0 and principal.kind <> 'SYSTEM' and "
                + (workspace.equals(WorkspaceId.ACCOUNT)
                        ? "principal.home_id = 0 and principal.id not in (1, 2, 3)"
                        : "principal.id <> 2 and (principal.id in (1, 3) or " + IS_HERE + ")");
    }

    /** A row of {@code principal}, without what other tables say of it. */
    private record Row(
            PrincipalKind kind, PrincipalId id, WorkspaceId home, Entry.Content content, long at, long changed) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    PrincipalKind.valueOf(row.getString("kind")),
                    new PrincipalId(row.getLong("id")),
                    new WorkspaceId(row.getLong("home_id")),
                    new Entry.Content(
                            row.getString("name"),
                            new Entry.Profile(
                                    row.getString("display_name"),
                                    row.getString("given_name"),
                                    row.getString("family_name"),
                                    Json.read(row.getString("emails"), EMAILS)),
                            row.getBoolean("active"),
                            Optional.ofNullable(row.getString("external_id")),
                            Set.of(),
                            Set.of(),
                            Set.of(),
                            Set.of()),
                    row.getLong("created_at"),
                    row.getLong("changed_at"));
        }
    }

    DirectoryFilter.Found list(Handle handle, WorkspaceId workspace, PrincipalKind kind, DirectoryFilter.Query query) {
        Map<String, Object> values = new LinkedHashMap<>();
        String where = " from principal where " + within(workspace) + " and principal.kind = :kind and "
                + query.filter().in(new FilterSql(values));
        long total = bound(handle, HERE + "select count(*)" + where, workspace, kind, values)
                .mapTo(Long.class)
                .one();
        List<Row> rows = bound(
                        handle,
                        HERE + "select principal.*" + where + " order by " + FilterSql.column(query.sortBy())
                                + (query.ascending() ? "" : " desc") + ", principal.id limit :count offset :from",
                        workspace,
                        kind,
                        values)
                .bind("count", query.count())
                .bind("from", query.from())
                .map((row, context) -> Row.of(row))
                .list();
        return new DirectoryFilter.Found(entries(handle, workspace, rows, query.links()), total);
    }

    private static Query bound(
            Handle handle, String sql, WorkspaceId workspace, PrincipalKind kind, Map<String, Object> values) {
        Query query =
                handle.createQuery(sql).bind("workspace", workspace.number()).bind("kind", kind.name());
        values.forEach(query::bind);
        return query;
    }

    Optional<Entry> find(Handle handle, WorkspaceId workspace, PrincipalId id) {
        return entries(handle, workspace, row(handle, workspace, id).stream().toList(), true).stream()
                .findFirst();
    }

    /** What a principal is and is called. */
    record Known(PrincipalKind kind, WorkspaceId home, String name) {}

    /** Those of many who are in the workspace. Nearly all are assigned themselves: only the others are looked at one by one. */
    Map<PrincipalId, Known> known(Handle handle, WorkspaceId workspace, Set<PrincipalId> any) {
        List<Long> ids = any.stream().map(PrincipalId::number).toList();
        Set<Long> assigned = allowed(handle, workspace, ids).keySet();
        Map<PrincipalId, Known> known = new HashMap<>();
        MembershipStore.pieces(ids)
                .forEach(piece -> handle
                        .createQuery("select * from principal where id in (<ids>) and gone_at = 0 and kind <> 'SYSTEM'")
                        .bindList("ids", piece)
                        .map((row, context) -> Row.of(row))
                        .list()
                        .stream()
                        .filter(row -> assigned.contains(row.id().number()) || isIn(handle, workspace, row))
                        .forEach(row -> known.put(
                                row.id(),
                                new Known(row.kind(), row.home(), row.content().name()))));
        return known;
    }

    /** The live principal of this kind and name that a workspace has. */
    Optional<Principal> named(Handle handle, WorkspaceId workspace, PrincipalKind kind, String name) {
        return named(handle, List.of(workspace, WorkspaceId.ACCOUNT), Names.key(name))
                .flatMap(id -> Optional.ofNullable(
                                known(handle, workspace, Set.of(id)).get(id))
                        .filter(known -> known.kind() == kind)
                        .map(known -> new Principal(id, known.name())));
    }

    /** Looks from the principal upwards: a workspace may have many, and each is in few groups. */
    private Optional<Row> row(Handle handle, WorkspaceId workspace, PrincipalId id) {
        return handle.createQuery("select * from principal where id = :id and gone_at = 0 and kind <> 'SYSTEM'")
                .bind("id", id.number())
                .map((row, context) -> Row.of(row))
                .findOne()
                .filter(row -> isIn(handle, workspace, row));
    }

    private boolean isIn(Handle handle, WorkspaceId workspace, Row row) {
        if (workspace.equals(WorkspaceId.ACCOUNT)) {
            return row.home().equals(WorkspaceId.ACCOUNT) && !row.id().system();
        }
        return row.id().system()
                ? !row.id().equals(PrincipalId.ACCOUNT_USERS)
                : memberships.anyAssigned(handle, workspace, memberships.upwards(handle, workspace, row.id()));
    }

    /** The live principal of this name in one of these homes, be it in the workspace or not. */
    Optional<PrincipalId> named(Handle handle, List<WorkspaceId> homes, String key) {
        return handle.createQuery(
                        "select id from principal where home_id in (<homes>) and name_key = :key and gone_at = 0")
                .bindList("homes", homes.stream().map(WorkspaceId::number).toList())
                .bind("key", key)
                .mapTo(Long.class)
                .findFirst()
                .map(PrincipalId::new);
    }

    Optional<PrincipalKind> kind(Handle handle, PrincipalId id) {
        return handle.createQuery("select kind from principal where id = :id and gone_at = 0 and kind <> 'SYSTEM'")
                .bind("id", id.number())
                .mapTo(String.class)
                .findOne()
                .map(PrincipalKind::valueOf);
    }

    private static List<Entry> entries(Handle handle, WorkspaceId workspace, List<Row> rows, boolean links) {
        List<Long> ids = rows.stream().map(row -> row.id().number()).toList();
        Map<Long, Allowed> allowed = allowed(handle, workspace, ids);
        Links all = links ? links(handle, workspace, ids) : Links.NONE;
        List<Entry> entries = new ArrayList<>();
        for (Row row : rows) {
            Entry.Content content = row.content();
            Allowed its = allowed.getOrDefault(row.id().number(), Allowed.NOTHING);
            entries.add(new Entry(
                    row.kind(),
                    row.id(),
                    row.home(),
                    new Entry.Content(
                            content.name(),
                            content.profile(),
                            content.active(),
                            content.externalId(),
                            Set.of(),
                            Set.of(),
                            its.entitlements(),
                            its.roles()),
                    links ? all.groups(row.id(), row.kind(), workspace) : List.of(),
                    links && row.kind() == PrincipalKind.GROUP ? all.members(row.id()) : List.of(),
                    row.at(),
                    row.changed()));
        }
        return entries;
    }

    /** What a principal may do in a workspace. */
    private record Allowed(Set<String> entitlements, Set<String> roles) {
        static final Allowed NOTHING = new Allowed(Set.of(), Set.of());
    }

    private static Map<Long, Allowed> allowed(Handle handle, WorkspaceId workspace, List<Long> ids) {
        Map<Long, Allowed> allowed = new HashMap<>();
        MembershipStore.pieces(ids)
                .forEach(piece -> handle.createQuery("""
                        select principal_id, entitlements, roles from assigned
                        where workspace_id = :workspace and principal_id in (<ids>)
                        """)
                        .bind("workspace", workspace.number())
                        .bindList("ids", piece)
                        .map((row, context) -> allowed.put(
                                row.getLong("principal_id"),
                                new Allowed(
                                        Json.read(row.getString("entitlements"), MembershipStore.WORDS),
                                        Json.read(row.getString("roles"), MembershipStore.WORDS))))
                        .list());
        return allowed;
    }

    private static Links links(Handle handle, WorkspaceId workspace, List<Long> ids) {
        Links links = new Links(new HashMap<>(), new HashMap<>(), new HashMap<>());
        String upwards = """
                with recursive edge(below, above) as (
                    select member.principal_id, member.group_id from member
                    where member.principal_id in (<ids>) and
                """ + MembershipStore.COUNTS + """
                    union
                    select member.principal_id, member.group_id from member join edge on member.principal_id = edge.above
                    where
                """ + MembershipStore.COUNTS + """
                ) select edge.below, edge.above, holder.name, holder.kind
                from edge join principal as holder on holder.id = edge.above
                """;
        MembershipStore.pieces(ids)
                .forEach(piece -> handle.createQuery(upwards)
                        .bind("workspace", workspace.number())
                        .bindList("ids", piece)
                        .map((row, context) -> links.isIn(row.getLong("below"), held(row, "above")))
                        .list());
        MembershipStore.pieces(ids)
                .forEach(piece -> handle.createQuery("""
                        select member.group_id, held.id, held.name, held.kind
                        from member join principal as held on held.id = member.principal_id
                        where member.group_id in (<ids>) and
                        """ + MembershipStore.COUNTS + "order by held.id")
                        .bind("workspace", workspace.number())
                        .bindList("ids", piece)
                        .map((row, context) -> links.holds(row.getLong("group_id"), held(row, "id")))
                        .list());
        if (ids.contains(PrincipalId.USERS.number())) {
            handle.createQuery(HERE + """
                            select id, name, kind from principal
                            where kind in ('USER', 'SERVICE_PRINCIPAL') and gone_at = 0 and
                            """ + IS_HERE + " order by id")
                    .bind("workspace", workspace.number())
                    .map((row, context) -> links.holds(PrincipalId.USERS.number(), held(row, "id")))
                    .list();
        }
        return links;
    }

    private static Entry.Held held(ResultSet row, String id) throws SQLException {
        return new Entry.Held(Principal.of(row, id, "name"), PrincipalKind.valueOf(row.getString("kind")), true);
    }

    /** Who of the account was assigned to a workspace. */
    List<Assignments.Assignment> assigned(Handle handle, WorkspaceId workspace) {
        return handle.createQuery("""
                        select principal.id, principal.name, principal.kind, principal.display_name, member.group_id
                        from assigned
                        join principal on principal.id = assigned.principal_id and principal.home_id = 0
                            and principal.id > 3 and principal.gone_at = 0
                        left join member on member.workspace_id = assigned.workspace_id and member.group_id = 1
                            and member.principal_id = principal.id
                        where assigned.workspace_id = :workspace order by principal.id
                        """)
                .bind("workspace", workspace.number())
                .map((row, context) -> new Assignments.Assignment(
                        Principal.of(row, "id", "name"),
                        PrincipalKind.valueOf(row.getString("kind")),
                        row.getString("display_name"),
                        row.getLong("group_id") == 1))
                .list();
    }

    /** Groups that were known in a workspace only. */
    void goneOf(Handle handle, WorkspaceId workspace, long now) {
        handle.execute(
                "update principal set gone_at = ?, active = 0 where home_id = ? and gone_at = 0",
                now,
                workspace.number());
    }

    void insert(Handle handle, PrincipalId id, PrincipalKind kind, WorkspaceId home, Entry.Content content, long now) {
        written(handle.createUpdate("""
                        insert into principal (id, kind, home_id, name, name_key, display_name, given_name, family_name,
                            emails, external_id, active, created_at, changed_at)
                        values (:id, :kind, :home, :name, :key, :display, :given, :family, :emails, :external, :active,
                            :now, :now)
                        """), id, content, now)
                .bind("kind", kind.name())
                .bind("home", home.number())
                .execute();
    }

    void update(Handle handle, PrincipalId id, Entry.Content content, long now) {
        written(handle.createUpdate("""
                        update principal set name = :name, name_key = :key, display_name = :display, given_name = :given,
                            family_name = :family, emails = :emails, external_id = :external, active = :active,
                            changed_at = :now
                        where id = :id
                        """), id, content, now).execute();
    }

    private static Update written(Update statement, PrincipalId id, Entry.Content content, long now) {
        return statement
                .bind("id", id.number())
                .bind("name", content.name())
                .bind("key", Names.key(content.name()))
                .bind("display", content.profile().displayName())
                .bind("given", content.profile().givenName())
                .bind("family", content.profile().familyName())
                .bind("emails", Json.write(content.profile().emails()))
                .bind("external", content.externalId())
                .bind("active", content.active() ? 1 : 0)
                .bind("now", now);
    }

    /** From now on a name of the past, which somebody else may have again. */
    void gone(Handle handle, PrincipalId id, long now) {
        handle.createUpdate("update principal set gone_at = :now, active = 0 where id = :id")
                .bind("id", id.number())
                .bind("now", now)
                .execute();
        handle.execute("delete from member where group_id = ? or principal_id = ?", id.number(), id.number());
        handle.execute("delete from assigned where principal_id = ?", id.number());
        handle.execute("delete from password where user_id = ?", id.number());
        handle.execute("delete from invitation where user_id = ?", id.number());
        handle.execute("delete from provided_user where user_id = ?", id.number());
    }
}
