package io.slipway.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Rows of {@code principal}, {@code member} and {@code assigned}, as the directory of a workspace shows them. */
final class DirectoryStore {
    /** Ids for one statement; databases limit how many values it may have. */
    private static final int PIECE = 5_000;

    private static final TypeReference<List<Entry.Email>> EMAILS = new TypeReference<>() {};
    private static final TypeReference<Set<String>> WORDS = new TypeReference<>() {};

    /** Who is in a workspace: whoever was assigned to it, and whoever is in a group of the account that was. */
    private static final String HERE = """
            with recursive here(id) as (
                select principal_id from assigned where workspace_id = :workspace
                union
                select member.principal_id from member join here on member.group_id = here.id
                where member.workspace_id = 0 and member.group_id > 3)
            """;

    /** Memberships that count in a workspace. Admins of the account are no admins of a workspace. */
    static final String COUNTS =
            " (member.workspace_id = :workspace or (member.workspace_id = 0 and member.group_id <> 1)) ";

    private static String within(WorkspaceId workspace) {
        return "principal.gone_at = 0 and principal.kind <> 'SYSTEM' and "
                + (workspace.equals(WorkspaceId.ACCOUNT)
                        ? "principal.home_id = 0 and principal.id not in (1, 2, 3)"
                        : "principal.id <> 2 and (principal.id in (1, 3) or principal.id in (select id from here))");
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
        List<Row> rows = handle.createQuery(HERE + "select * from principal where id = :id and " + within(workspace))
                .bind("workspace", workspace.number())
                .bind("id", id.number())
                .map((row, context) -> Row.of(row))
                .list();
        return entries(handle, workspace, rows, true).stream().findFirst();
    }

    /** The live principal of this name in one home, be it in the workspace or not. */
    Optional<PrincipalId> named(Handle handle, WorkspaceId home, String key) {
        return handle.createQuery("select id from principal where home_id = :home and name_key = :key and gone_at = 0")
                .bind("home", home.number())
                .bind("key", key)
                .mapTo(Long.class)
                .findOne()
                .map(PrincipalId::new);
    }

    Optional<PrincipalKind> kind(Handle handle, PrincipalId id) {
        return handle.createQuery("select kind from principal where id = :id and gone_at = 0 and kind <> 'SYSTEM'")
                .bind("id", id.number())
                .mapTo(String.class)
                .findOne()
                .map(PrincipalKind::valueOf);
    }

    boolean assigned(Handle handle, WorkspaceId workspace, PrincipalId id) {
        return handle.createQuery(
                                "select count(*) from assigned where workspace_id = :workspace and principal_id = :id")
                        .bind("workspace", workspace.number())
                        .bind("id", id.number())
                        .mapTo(Integer.class)
                        .one()
                > 0;
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
        pieces(ids)
                .forEach(piece -> handle.createQuery("""
                        select principal_id, entitlements, roles from assigned
                        where workspace_id = :workspace and principal_id in (<ids>)
                        """)
                        .bind("workspace", workspace.number())
                        .bindList("ids", piece)
                        .map((row, context) -> allowed.put(
                                row.getLong("principal_id"),
                                new Allowed(
                                        Json.read(row.getString("entitlements"), WORDS),
                                        Json.read(row.getString("roles"), WORDS))))
                        .list());
        return allowed;
    }

    private static List<List<Long>> pieces(List<Long> ids) {
        List<List<Long>> pieces = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += PIECE) {
            pieces.add(ids.subList(from, Math.min(ids.size(), from + PIECE)));
        }
        return pieces;
    }

    private static Links links(Handle handle, WorkspaceId workspace, List<Long> ids) {
        Links links = new Links(new HashMap<>(), new HashMap<>(), new HashMap<>());
        String select = "select member.principal_id as below, member.group_id as above, holder.name, holder.kind"
                + " from member join principal as holder on holder.id = member.group_id where" + COUNTS;
        handle.createQuery(select + "and member.principal_id in (select id from principal where kind = 'GROUP')")
                .bind("workspace", workspace.number())
                .map((row, context) -> links.isIn(row.getLong("below"), held(row, "above")))
                .list();
        pieces(ids)
                .forEach(piece -> handle.createQuery(select + "and member.principal_id in (<ids>)")
                        .bind("workspace", workspace.number())
                        .bindList("ids", piece)
                        .map((row, context) -> links.isIn(row.getLong("below"), held(row, "above")))
                        .list());
        pieces(ids)
                .forEach(piece -> handle.createQuery("""
                        select member.group_id, held.id, held.name, held.kind
                        from member join principal as held on held.id = member.principal_id
                        where member.group_id in (<ids>) and
                        """ + COUNTS + "order by held.id")
                        .bind("workspace", workspace.number())
                        .bindList("ids", piece)
                        .map((row, context) -> links.holds(row.getLong("group_id"), held(row, "id")))
                        .list());
        if (ids.contains(PrincipalId.USERS.number())) {
            handle.createQuery(HERE + """
                            select id, name, kind from principal
                            where kind in ('USER', 'SERVICE_PRINCIPAL') and gone_at = 0 and id in (select id from here)
                            order by id
                            """)
                    .bind("workspace", workspace.number())
                    .map((row, context) -> links.holds(PrincipalId.USERS.number(), held(row, "id")))
                    .list();
        }
        return links;
    }

    private static Entry.Held held(ResultSet row, String id) throws SQLException {
        return new Entry.Held(Principal.of(row, id, "name"), PrincipalKind.valueOf(row.getString("kind")), true);
    }

    /** The groups, of a workspace, that hold any of {@code start}, and {@code start} itself. */
    Set<PrincipalId> upwards(Handle handle, WorkspaceId workspace, PrincipalId start) {
        return new HashSet<>(handle.createQuery("""
                        with recursive up(id) as (
                            select cast(:start as bigint)
                            union
                            select member.group_id from member join up on member.principal_id = up.id where
                        """ + COUNTS + ") select id from up")
                .bind("start", start.number())
                .bind("workspace", workspace.number())
                .mapTo(Long.class)
                .map(PrincipalId::new)
                .list());
    }

    /** What any of these is entitled to. */
    Set<String> entitlements(Handle handle, WorkspaceId workspace, Set<PrincipalId> any) {
        Set<String> all = new TreeSet<>();
        handle.createQuery("""
                        select entitlements from assigned where workspace_id = :workspace and principal_id in (<ids>)
                        """)
                .bind("workspace", workspace.number())
                .bindList("ids", any.stream().map(PrincipalId::number).toList())
                .mapTo(String.class)
                .forEach(words -> all.addAll(Json.read(words, WORDS)));
        return all;
    }

    /** Whether any of these was assigned to the workspace. */
    boolean anyAssigned(Handle handle, WorkspaceId workspace, Set<PrincipalId> any) {
        return handle.createQuery("""
                        select count(*) from assigned where workspace_id = :workspace and principal_id in (<ids>)
                        """)
                        .bind("workspace", workspace.number())
                        .bindList("ids", any.stream().map(PrincipalId::number).toList())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** How many who can act administer the workspace, directly or through groups. */
    int admins(Handle handle, WorkspaceId workspace) {
        return handle.createQuery("""
                        with recursive down(id) as (
                            select principal_id from member where workspace_id = :workspace and group_id = 1
                            union
                            select member.principal_id from member join down on member.group_id = down.id where
                        """ + COUNTS + """
                        ) select count(*) from principal
                        where id in (select id from down) and kind in ('USER', 'SERVICE_PRINCIPAL')
                        and active = 1 and gone_at = 0
                        """)
                .bind("workspace", workspace.number())
                .mapTo(Integer.class)
                .one();
    }

    void insert(
            Handle handle, PrincipalId id, PrincipalKind kind, WorkspaceId home, String name, String key, long now) {
        handle.createUpdate("""
                        insert into principal (id, kind, home_id, name, name_key, display_name, created_at, changed_at)
                        values (:id, :kind, :home, :name, :key, :name, :now, :now)
                        """)
                .bind("id", id.number())
                .bind("kind", kind.name())
                .bind("home", home.number())
                .bind("name", name)
                .bind("key", key)
                .bind("now", now)
                .execute();
    }

    void update(Handle handle, PrincipalId id, Entry.Content content, String key, long now) {
        handle.createUpdate("""
                        update principal set name = :name, name_key = :key, display_name = :display, given_name = :given,
                            family_name = :family, emails = :emails, external_id = :external, active = :active,
                            changed_at = :now
                        where id = :id
                        """)
                .bind("id", id.number())
                .bind("name", content.name())
                .bind("key", key)
                .bind("display", content.profile().displayName())
                .bind("given", content.profile().givenName())
                .bind("family", content.profile().familyName())
                .bind("emails", Json.write(content.profile().emails()))
                .bind("external", content.externalId())
                .bind("active", content.active() ? 1 : 0)
                .bind("now", now)
                .execute();
    }

    void touch(Handle handle, PrincipalId id, long now) {
        handle.createUpdate("update principal set changed_at = :now where id = :id")
                .bind("id", id.number())
                .bind("now", now)
                .execute();
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
    }

    void assign(Handle handle, WorkspaceId workspace, PrincipalId id, Set<String> entitlements, Set<String> roles) {
        handle.createUpdate("""
                        insert into assigned (workspace_id, principal_id, entitlements, roles)
                        values (:workspace, :id, :entitlements, :roles)
                        on conflict (workspace_id, principal_id)
                        do update set entitlements = excluded.entitlements, roles = excluded.roles
                        """)
                .bind("workspace", workspace.number())
                .bind("id", id.number())
                .bind("entitlements", Json.write(new TreeSet<>(entitlements)))
                .bind("roles", Json.write(new TreeSet<>(roles)))
                .execute();
    }

    /** Takes it out of the workspace and of the groups that are known there only. */
    void unassign(Handle handle, WorkspaceId workspace, PrincipalId id) {
        handle.execute(
                "delete from assigned where workspace_id = ? and principal_id = ?", workspace.number(), id.number());
        handle.execute(
                "delete from member where workspace_id = ? and principal_id = ?", workspace.number(), id.number());
    }

    /** @param workspace the home of the group; for the system's groups the workspace that is spoken of */
    void join(Handle handle, WorkspaceId workspace, PrincipalId group, PrincipalId member) {
        handle.createUpdate("""
                        insert into member (workspace_id, group_id, principal_id) values (:workspace, :group, :member)
                        on conflict do nothing
                        """)
                .bind("workspace", workspace.number())
                .bind("group", group.number())
                .bind("member", member.number())
                .execute();
    }

    void leave(Handle handle, WorkspaceId workspace, PrincipalId group, PrincipalId member) {
        handle.execute(
                "delete from member where workspace_id = ? and group_id = ? and principal_id = ?",
                workspace.number(),
                group.number(),
                member.number());
    }

    /** Ends what somebody has begun: in one workspace, or in all. */
    void endSessions(Handle handle, Optional<WorkspaceId> workspace, PrincipalId user) {
        for (String table : List.of("browser_session", "sign_in_code")) {
            handle.createUpdate("delete from " + table + " where user_id = :user"
                            + workspace
                                    .map(only -> " and workspace_id = :workspace")
                                    .orElse(""))
                    .bind("user", user.number())
                    .bind("workspace", workspace.map(WorkspaceId::number))
                    .execute();
        }
    }

    void deleteTokens(Handle handle, Optional<WorkspaceId> workspace, PrincipalId user) {
        handle.createUpdate("delete from token where user_id = :user"
                        + workspace
                                .map(only -> " and workspace_id = :workspace")
                                .orElse(""))
                .bind("user", user.number())
                .bind("workspace", workspace.map(WorkspaceId::number))
                .execute();
    }
}
