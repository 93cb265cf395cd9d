package io.slipway.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The append-only log of everything that happened. */
public final class EventLog {
    private final Clock clock;

    public EventLog(Clock clock) {
        this.clock = clock;
    }

    /** Adds a fact to {@code tx}; {@code body} becomes one JSON object. */
    public void append(Tx tx, String actor, String kind, String subject, Object body) {
        tx.sql()
                .createUpdate("""
                        insert into event (at, actor, kind, subject, body) values (:at, :actor, :kind, :subject, :body)
                        """)
                .bind("at", clock.millis())
                .bind("actor", actor)
                .bind("kind", kind)
                .bind("subject", subject)
                .bind("body", Json.write(body))
                .execute();
    }

    /** Facts about one thing whose kind begins with {@code kindPrefix}, newest first. */
    public List<Event> of(Handle handle, String subject, String kindPrefix) {
        return handle.createQuery("""
                        select * from event where subject = :subject and kind like :kind || '%' order by seq desc
                        """)
                .bind("subject", subject)
                .bind("kind", kindPrefix)
                .map((row, context) -> event(row))
                .list();
    }

    /** At most {@code limit} facts after position {@code seq}, oldest first: what a consumer with a cursor reads. */
    public List<Event> after(Handle handle, long seq, int limit) {
        return handle.createQuery("select * from event where seq > :seq order by seq limit :limit")
                .bind("seq", seq)
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list();
    }

    /** The position of the last fact; 0 before the first. */
    public long last(Handle handle) {
        return handle.createQuery("select coalesce(max(seq), 0) from event")
                .mapTo(Long.class)
                .one();
    }

    private static Event event(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Event(
                row.getLong("seq"),
                row.getLong("at"),
                row.getString("actor"),
                row.getString("kind"),
                row.getString("subject"),
                Json.read(row.getString("body"), JsonNode.class));
    }
}
