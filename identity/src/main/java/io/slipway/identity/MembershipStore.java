package io.slipway.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows of {@code member} and {@code assigned}: who is in which group, and who is in which workspace with what they may do there. */
final class MembershipStore {
    /** Ids for one statement; databases limit how many values it may have. */
    private static final int PIECE = 5_000;

    private static final String OF_ANY = " from assigned where workspace_id = :workspace and principal_id in (<ids>)";
    static final TypeReference<Set<String>> WORDS = new TypeReference<>() {};

    /** Memberships that count in a workspace. Admins of the account are no admins of a workspace. */
    static final String COUNTS =
            " (member.workspace_id = :workspace or (member.workspace_id = 0 and member.group_id <> 1)) ";

    boolean assigned(Handle handle, WorkspaceId workspace, PrincipalId id) {
        return handle.createQuery(
                                "select count(*) from assigned where workspace_id = :workspace and principal_id = :id")
                        .bind("workspace", workspace.number())
                        .bind("id", id.number())
                        .mapTo(Integer.class)
                        .one()
                > 0;
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

    /** In which workspaces somebody is, by themselves or by a group of the account. */
    Set<WorkspaceId> workspaces(Handle handle, PrincipalId id) {
        return new HashSet<>(handle.createQuery("""
                        with recursive up(id) as (
                            select cast(:id as bigint)
                            union
                            select member.group_id from member join up on member.principal_id = up.id
                            where member.workspace_id = 0 and member.group_id <> 1)
                        select distinct workspace_id from assigned
                        where workspace_id <> 0 and principal_id in (select id from up)
                        """)
                .bind("id", id.number())
                .mapTo(Long.class)
                .map(WorkspaceId::new)
                .list());
    }

    /** The workspaces that it administers, directly or through groups; 0 = the account. */
    Set<WorkspaceId> administered(Handle handle, PrincipalId id) {
        return new HashSet<>(handle.createQuery("""
                        with recursive up(id) as (
                            select cast(:id as bigint)
                            union
                            select member.group_id from member join up on member.principal_id = up.id
                            where member.group_id <> 1)
                        select distinct workspace_id from member
                        where group_id = 1 and principal_id in (select id from up)
                        """)
                .bind("id", id.number())
                .mapTo(Long.class)
                .map(WorkspaceId::new)
                .list());
    }

    /** Nobody is in the workspace any more. */
    void empty(Handle handle, WorkspaceId workspace) {
        handle.execute("delete from assigned where workspace_id = ?", workspace.number());
        handle.execute("delete from member where workspace_id = ?", workspace.number());
    }

    /** What any of these is entitled to. */
    Set<String> entitlements(Handle handle, WorkspaceId workspace, Set<PrincipalId> any) {
        return words(handle, "select entitlements" + OF_ANY, workspace, any);
    }

    /** The roles that any of these was given. */
    Set<String> roles(Handle handle, WorkspaceId workspace, Set<PrincipalId> any) {
        return words(handle, "select roles" + OF_ANY, workspace, any);
    }

    private static Set<String> words(Handle handle, String sql, WorkspaceId workspace, Set<PrincipalId> any) {
        Set<String> all = new TreeSet<>();
        handle.createQuery(sql)
                .bind("workspace", workspace.number())
                .bindList("ids", any.stream().map(PrincipalId::number).toList())
                .mapTo(String.class)
                .forEach(words -> all.addAll(Json.read(words, WORDS)));
        return all;
    }

    /** Those of these that were assigned to the workspace, with what each is entitled to. */
    Map<PrincipalId, Set<String>> assigned(Handle handle, WorkspaceId workspace, Set<PrincipalId> any) {
        Map<PrincipalId, Set<String>> all = new HashMap<>();
        handle.createQuery("select principal_id, entitlements" + OF_ANY)
                .bind("workspace", workspace.number())
                .bindList("ids", any.stream().map(PrincipalId::number).toList())
                .map((row, context) -> Map.entry(
                        new PrincipalId(row.getLong("principal_id")), Json.read(row.getString("entitlements"), WORDS)))
                .forEach(each -> all.put(each.getKey(), each.getValue()));
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

    /** Whether it was assigned to any workspace but this one. */
    boolean elsewhere(Handle handle, WorkspaceId workspace, PrincipalId id) {
        return handle.createQuery("""
                        select count(*) from assigned
                        where principal_id = :id and workspace_id <> 0 and workspace_id <> :workspace
                        """)
                        .bind("id", id.number())
                        .bind("workspace", workspace.number())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Whether nobody who can act administers one of the workspaces, or the account, any more. */
    boolean anyWithoutAdmin(Handle handle) {
        return handle
                .createQuery("select distinct workspace_id from assigned union select 0")
                .mapTo(Long.class)
                .list()
                .stream()
                .anyMatch(workspace -> admins(handle, new WorkspaceId(workspace)) == 0);
    }

    /** How many who can act administer the workspace, directly or through groups. */
    private int admins(Handle handle, WorkspaceId workspace) {
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

    /**
     * By hand: what a provider has given before, it does not take away any more.
     *
     * @param workspace the home of the group; for the system's groups the workspace that is spoken of
     */
    void join(Handle handle, WorkspaceId workspace, PrincipalId group, Set<PrincipalId> members) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into member (workspace_id, group_id, principal_id) values (:workspace, :group, :member)
                on conflict (workspace_id, group_id, principal_id) do update set provided = 0
                """);
        for (PrincipalId member : members) {
            batch.bind("workspace", workspace.number())
                    .bind("group", group.number())
                    .bind("member", member.number())
                    .add();
        }
        if (!members.isEmpty()) {
            batch.execute();
        }
    }

    void leave(Handle handle, WorkspaceId workspace, PrincipalId group, Set<PrincipalId> members) {
        pieces(members.stream().map(PrincipalId::number).toList())
                .forEach(piece -> handle.createUpdate("""
                        delete from member
                        where workspace_id = :workspace and group_id = :group and principal_id in (<members>)
                        """)
                        .bind("workspace", workspace.number())
                        .bind("group", group.number())
                        .bindList("members", piece)
                        .execute());
    }

    /** Of so many ids that a database would refuse them in one statement. */
    static List<List<Long>> pieces(List<Long> ids) {
        List<List<Long>> pieces = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += PIECE) {
            pieces.add(ids.subList(from, Math.min(ids.size(), from + PIECE)));
        }
        return pieces;
    }
}
