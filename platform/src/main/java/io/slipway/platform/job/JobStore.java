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
                        insert into job (id, name, settings, creator, created_at, next_run_at)
                        values (:id, :name, :settings, :creator, :createdAt, :nextRunAt)
                        """)
                .bind("id", job.id())
                .bind("name", job.settings().name())
                .bind("settings", Json.write(job.settings()))
                .bind("creator", job.creator())
                .bind("createdAt", job.createdAt())
                .bind("nextRunAt", job.nextRunAt())
                .execute();
    }

    Optional<Job> find(Handle handle, long id) {
        return handle.createQuery("select * from job where id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne();
    }

    Job get(Handle handle, long id) {
        return find(handle, id).orElseThrow(() -> PlatformException.notFound("Job " + id + " does not exist."));
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

    /** Ids of the jobs that will run by themselves. */
    List<Long> scheduled(Handle handle) {
        return handle.createQuery("select id from job where next_run_at > 0 order by next_run_at")
                .mapTo(Long.class)
                .list();
    }

    void nextRun(Tx tx, long id, long at) {
        tx.sql()
                .createUpdate("update job set next_run_at = :at where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    void settings(Tx tx, long id, JobSettings settings, long nextRunAt) {
        tx.sql()
                .createUpdate(
                        "update job set settings = :settings, name = :name, next_run_at = :nextRunAt where id = :id")
                .bind("nextRunAt", nextRunAt)
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
                row.getLong("created_at"),
                row.getLong("next_run_at"));
    }
}
