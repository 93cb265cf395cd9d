package io.slipway.iam;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code aws_group_member} and {@code aws_profile_role}. */
final class LinkStore {
    /** Who is in the group already stays so. */
    void addMember(Handle handle, String groupId, String userId) {
        handle.execute("""
                insert into aws_group_member (group_id, user_id) values (?, ?) on conflict (group_id, user_id) do nothing
                """, groupId, userId);
    }

    void removeMember(Handle handle, String groupId, String userId) {
        handle.execute("delete from aws_group_member where group_id = ? and user_id = ?", groupId, userId);
    }

    /** By name, at most {@code limit} after a name in small letters. */
    List<Entity> members(Handle handle, String groupId, String after, int limit) {
        return linked(handle, "aws_group_member", "user_id", "group_id", groupId, after, limit);
    }

    List<Entity> groups(Handle handle, String userId, String after, int limit) {
        return linked(handle, "aws_group_member", "group_id", "user_id", userId, after, limit);
    }

    List<Entity> groups(Handle handle, String userId) {
        return groups(handle, userId, "", Integer.MAX_VALUE);
    }

    List<Entity> profiles(Handle handle, String roleId, String after, int limit) {
        return linked(handle, "aws_profile_role", "profile_id", "role_id", roleId, after, limit);
    }

    private static List<Entity> linked(
            Handle handle, String table, String wanted, String given, String id, String after, int limit) {
        return handle.createQuery("select aws_entity.* from " + table + " join aws_entity on aws_entity.id = " + wanted
                        + " where " + given + " = :id and folded > :after order by folded limit :limit")
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> EntityStore.entity(row))
                .list();
    }

    Optional<Entity> role(Handle handle, String profileId) {
        return handle.createQuery("""
                        select aws_entity.* from aws_profile_role join aws_entity on aws_entity.id = role_id
                        where profile_id = :profile
                        """)
                .bind("profile", profileId)
                .map((row, context) -> EntityStore.entity(row))
                .findOne();
    }

    void setRole(Handle handle, String profileId, String roleId) {
        handle.execute("insert into aws_profile_role (profile_id, role_id) values (?, ?)", profileId, roleId);
    }

    void removeRole(Handle handle, String profileId) {
        handle.execute("delete from aws_profile_role where profile_id = ?", profileId);
    }
}
