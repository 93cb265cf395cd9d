package io.slipway.iam;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.iam.policy.AccountId;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Rows of {@code aws_entity}. */
final class EntityStore {
    private static final TypeReference<LinkedHashMap<String, String>> TAGS = new TypeReference<>() {};

    /** Names differ in more than case (IAM, names of users, groups, roles). */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    void insert(Handle handle, Entity entity) {
        bound(handle.createUpdate("""
                        insert into aws_entity (id, account, kind, name, folded, path, description, created_at, changed_at,
                            tags, boundary, detail)
                        values (:id, :account, :kind, :name, :folded, :path, :description, :created, :changed, :tags,
                            :boundary, :detail)
                        """), entity)
                .bind("account", entity.account().digits())
                .bind("kind", entity.kind().word())
                .bind("created", entity.createdAt())
                .execute();
    }

    void update(Handle handle, Entity entity) {
        bound(handle.createUpdate("""
                        update aws_entity set name = :name, folded = :folded, path = :path, description = :description,
                            changed_at = :changed, tags = :tags, boundary = :boundary, detail = :detail
                        where id = :id
                        """), entity).execute();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Entity entity) {
        return statement
                .bind("id", entity.id())
                .bind("name", entity.name())
                .bind("folded", folded(entity.name()))
                .bind("path", entity.path())
                .bind("description", entity.description())
                .bind("changed", entity.changedAt())
                .bind("tags", Json.write(entity.tags()))
                .bind("boundary", entity.boundary())
                .bind("detail", entity.detail());
    }

    void used(Handle handle, String id, Entity.Used used) {
        handle.createUpdate("update aws_entity set used_at = :at, used_region = :region where id = :id")
                .bind("at", used.at())
                .bind("region", used.region())
                .bind("id", id)
                .execute();
    }

    void delete(Handle handle, String id) {
        handle.execute("delete from aws_entity where id = ?", id);
    }

    Optional<Entity> named(Handle handle, AccountId account, EntityKind kind, String name) {
        return handle.createQuery("""
                        select * from aws_entity where account = :account and kind = :kind and folded = :folded
                        """)
                .bind("account", account.digits())
                .bind("kind", kind.word())
                .bind("folded", folded(name))
                .map((row, context) -> entity(row))
                .findOne();
    }

    Optional<Entity> find(Handle handle, String id) {
        return handle.createQuery("select * from aws_entity where id = :id")
                .bind("id", id)
                .map((row, context) -> entity(row))
                .findOne();
    }

    /** By name. */
    List<Entity> all(Handle handle, Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : handle.createQuery("select * from aws_entity where id in (<ids>) order by folded")
                        .bindList("ids", List.copyOf(ids))
                        .map((row, context) -> entity(row))
                        .list();
    }

    /**
     * By name, at most {@code limit}.
     *
     * @param after in small letters, empty for the first
     * @param pathPrefix {@code /} for all
     */
    List<Entity> page(Handle handle, AccountId account, EntityKind kind, String pathPrefix, String after, int limit) {
        return handle.createQuery("""
                        select * from aws_entity where account = :account and kind = :kind and folded > :after
                        and substr(path, 1, :length) = :prefix order by folded limit :limit
                        """)
                .bind("account", account.digits())
                .bind("kind", kind.word())
                .bind("after", after)
                .bind("prefix", pathPrefix)
                .bind("length", pathPrefix.length())
                .bind("limit", limit)
                .map((row, context) -> entity(row))
                .list();
    }

    int count(Handle handle, AccountId account, EntityKind kind) {
        return handle.createQuery("select count(*) from aws_entity where account = :account and kind = :kind")
                .bind("account", account.digits())
                .bind("kind", kind.word())
                .mapTo(Integer.class)
                .one();
    }

    /** Users and roles that a policy is the boundary of. */
    List<Entity> boundedBy(Handle handle, AccountId account, String policy) {
        return handle.createQuery("""
                        select * from aws_entity where account = :account and boundary = :policy order by folded
                        """)
                .bind("account", account.digits())
                .bind("policy", policy)
                .map((row, context) -> entity(row))
                .list();
    }

    static Entity entity(ResultSet row) throws SQLException {
        return new Entity(
                row.getString("id"),
                new AccountId(row.getString("account")),
                kind(row.getString("kind")),
                row.getString("name"),
                row.getString("path"),
                Optional.ofNullable(row.getString("description")),
                row.getLong("created_at"),
                row.getLong("changed_at"),
                Json.read(row.getString("tags"), TAGS),
                Optional.ofNullable(row.getString("boundary")),
                row.getString("detail"),
                new Entity.Used(row.getLong("used_at"), row.getString("used_region")));
    }

    private static EntityKind kind(String word) {
        for (EntityKind each : EntityKind.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IllegalStateException("unknown kind " + word);
    }
}
