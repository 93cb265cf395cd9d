package io.slipway.object.bucket;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.iam.policy.AccountId;
import io.slipway.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Rows of {@code bucket}. */
final class BucketStore {
    private static final TypeReference<Map<Setting, String>> SETTINGS = new TypeReference<>() {};

    /** A row as it is. */
    record Row(
            long id,
            String name,
            AccountId account,
            String region,
            long createdAt,
            long revision,
            Versioning versioning,
            Map<Setting, String> settings) {}

    /** What tells whether something kept in memory is still true. */
    record Stamp(long id, long revision) {}

    Optional<Stamp> stamp(Handle handle, String name) {
        return handle.createQuery("select id, revision from bucket where name = ?")
                .bind(0, name)
                .map((row, context) -> new Stamp(row.getLong("id"), row.getLong("revision")))
                .findOne();
    }

    Optional<Row> bucket(Handle handle, String name) {
        return handle.createQuery("select * from bucket where name = ?")
                .bind(0, name)
                .map((row, context) -> row(row))
                .findOne();
    }

    Optional<Row> bucket(Handle handle, long id) {
        return handle.createQuery("select * from bucket where id = ?")
                .bind(0, id)
                .map((row, context) -> row(row))
                .findOne();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("name"),
                new AccountId(row.getString("account")),
                row.getString("region"),
                row.getLong("created_at"),
                row.getLong("revision"),
                Versioning.valueOf(row.getString("versioning")),
                Json.read(row.getString("settings"), SETTINGS));
    }

    void insert(Handle handle, Row row) {
        handle.createUpdate("""
                        insert into bucket (id, name, account, region, created_at, revision, versioning, settings,
                            lifecycle, swept_on)
                        values (:id, :name, :account, :region, :createdAt, 1, :versioning, :settings, 0, 0)
                        """)
                .bind("id", row.id())
                .bind("name", row.name())
                .bind("account", row.account().digits())
                .bind("region", row.region())
                .bind("createdAt", row.createdAt())
                .bind("versioning", row.versioning().name())
                .bind("settings", Json.write(row.settings(), SETTINGS))
                .execute();
    }

    void update(Handle handle, long id, Versioning versioning, Map<Setting, String> settings) {
        handle.createUpdate("""
                        update bucket set versioning = :versioning, settings = :settings, lifecycle = :lifecycle,
                            swept_on = 0, revision = revision + 1
                        where id = :id
                        """)
                .bind("id", id)
                .bind("versioning", versioning.name())
                .bind("settings", Json.write(settings, SETTINGS))
                .bind("lifecycle", settings.containsKey(Setting.LIFECYCLE) ? 1 : 0)
                .execute();
    }

    void delete(Handle handle, long id) {
        handle.execute("delete from bucket where id = ?", id);
    }

    int count(Handle handle, AccountId account) {
        return handle.createQuery("select count(*) from bucket where account = ?")
                .bind(0, account.digits())
                .mapTo(Integer.class)
                .one();
    }

    /** Of an account, after a name, by name. */
    List<Row> buckets(Handle handle, AccountId account, String after, Optional<String> region, int most) {
        Query query = handle.createQuery("select * from bucket where account = :account and name > :after"
                        + (region.isPresent() ? " and region = :region" : "") + " order by name limit :most")
                .bind("account", account.digits())
                .bind("after", after)
                .bind("most", most);
        region.ifPresent(only -> query.bind("region", only));
        return query.map((row, context) -> row(row)).list();
    }

    /** Those with rules by which objects go that have not been looked at on this day. */
    List<Long> toSweep(Handle handle, long day) {
        return handle.createQuery("select id from bucket where lifecycle = 1 and swept_on < ? order by swept_on")
                .bind(0, day)
                .mapTo(Long.class)
                .list();
    }

    void swept(Handle handle, long id, long day) {
        handle.execute("update bucket set swept_on = ? where id = ?", day, id);
    }

    boolean hasContent(Handle handle, long id) {
        return handle.createQuery("select 1 from object_version where bucket_id = ? limit 1")
                .bind(0, id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
