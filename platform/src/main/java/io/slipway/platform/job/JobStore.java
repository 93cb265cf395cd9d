package io.slipway.platform.job;

import io.slipway.kit.PlatformException;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code job}. */
final class JobStore {
    void insert(Tx tx, Job job) {
        tx.sql()
                .createUpdate("""
                        insert into job (id, name, settings, creator, created_at)
                        values (:id, :name, :settings, :creator, :createdAt)
                        """)
                .bind("id", job.id())
                .bind("name", job.settings().name())
                .bind("settings", Json.write(job.settings()))
                .bind("creator", job.creator())
                .bind("createdAt", job.createdAt())
                .execute();
    }

    Job get(Handle handle, long id) {
        return handle.createQuery("select * from job where id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne()
                .orElseThrow(() -> PlatformException.notFound("Job " + id + " does not exist."));
    }

    /** Newest first; {@code name} limits to jobs of exactly this name, whatever its case. */
    List<Job> list(Handle handle, Optional<String> name) {
        return handle.createQuery("""
                        select * from job where cast(:name as text) is null or lower(name) = lower(cast(:name as text))
                        order by created_at desc, id desc
                        """)
                .bind("name", name)
                .map((row, context) -> job(row))
                .list();
    }

    void settings(Tx tx, long id, JobSettings settings) {
        tx.sql()
                .createUpdate("update job set settings = :settings, name = :name where id = :id")
                .bind("settings", Json.write(settings))
                .bind("name", settings.name())
                .bind("id", id)
                .execute();
    }

    void delete(Tx tx, long id) {
        tx.sql().createUpdate("delete from job where id = :id").bind("id", id).execute();
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getLong("id"),
                Json.read(row.getString("settings"), JobSettings.class),
                row.getString("creator"),
                row.getLong("created_at"));
    }
}
