package io.slipway.catalog;

import io.slipway.kit.PrincipalId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Places of managed tables before and after their lives: rows of {@code uc_staging_table} and {@code uc_dropped_location}. */
final class LocationStore {
    void insert(Handle handle, StagingTable staging) {
        handle.createUpdate("""
                        insert into uc_staging_table (id, catalog_name, schema_name, name, location, created_by_id, created_at)
                        values (:id, :catalogName, :schemaName, :name, :location, :createdBy, :createdAt)
                        """)
                .bind("id", staging.id())
                .bind("catalogName", staging.catalogName())
                .bind("schemaName", staging.schemaName())
                .bind("name", staging.name())
                .bind("location", staging.location())
                .bind("createdBy", staging.createdBy().number())
                .bind("createdAt", staging.createdAt())
                .execute();
    }

    Optional<StagingTable> staging(Handle handle, String location) {
        return handle.createQuery("select * from uc_staging_table where location = :location")
                .bind("location", location)
                .map((row, context) -> staging(row))
                .findOne();
    }

    List<StagingTable> stagingBefore(Handle handle, long time) {
        return handle.createQuery("select * from uc_staging_table where created_at < :time")
                .bind("time", time)
                .map((row, context) -> staging(row))
                .list();
    }

    /** Whether no table has this place, is written there or has left files there. */
    boolean free(Handle handle, String location) {
        return handle.createQuery("""
                        select (select count(*) from uc_table where storage_location = :location)
                            + (select count(*) from uc_staging_table where location = :location)
                            + (select count(*) from uc_dropped_location where location = :location)
                        """)
                .bind("location", location)
                .mapTo(Integer.class)
                .one()
                .equals(0);
    }

    void deleteStaging(Handle handle, String id) {
        handle.createUpdate("delete from uc_staging_table where id = :id")
                .bind("id", id)
                .execute();
    }

    void insertDropped(Handle handle, String location, String fullName, long droppedAt) {
        handle.createUpdate("""
                        insert into uc_dropped_location (location, full_name, dropped_at)
                        values (:location, :fullName, :droppedAt) on conflict (location) do nothing
                        """)
                .bind("location", location)
                .bind("fullName", fullName)
                .bind("droppedAt", droppedAt)
                .execute();
    }

    /** Places of other dropped tables. */
    List<String> droppedUntil(Handle handle, long time) {
        return handle.createQuery("select location from uc_dropped_location where dropped_at <= :time"
                        + " and full_name not like 'hive!_metastore.%' escape '!' order by dropped_at")
                .bind("time", time)
                .mapTo(String.class)
                .list();
    }

    /** Places of dropped tables of {@code hive_metastore}. */
    List<String> droppedOfHive(Handle handle) {
        return handle.createQuery(
                        "select location from uc_dropped_location where full_name like 'hive!_metastore.%' escape '!'")
                .mapTo(String.class)
                .list();
    }

    void deleteDropped(Handle handle, String location) {
        handle.createUpdate("delete from uc_dropped_location where location = :location")
                .bind("location", location)
                .execute();
    }

    private static StagingTable staging(ResultSet row) throws SQLException {
        return new StagingTable(
                row.getString("id"),
                row.getString("catalog_name"),
                row.getString("schema_name"),
                row.getString("name"),
                row.getString("location"),
                new PrincipalId(row.getLong("created_by_id")),
                row.getLong("created_at"));
    }
}
