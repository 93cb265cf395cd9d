package io.slipway.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.Clock;
import io.slipway.kit.Kind;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What has happened, told once: written to the append-only event log and heard by whoever reacts, all in the transaction that makes
 * it true. So a reaction that writes rows happens together with its cause or not at all.
 */
public final class Facts {
    private static final PageQuery.Order NEWEST = PageQuery.Order.descending("events", PageQuery.Column.number("seq"));

    /** Reacts to a fact inside its transaction: writes rows, wakes loops. Must not call a door, which would begin another transaction. */
    @FunctionalInterface
    public interface Listener<F extends Fact> {
        void hear(Tx tx, F fact);
    }

    private final Clock clock;
    private final Map<Class<?>, List<Listener<Fact>>> listeners = new ConcurrentHashMap<>();

    public Facts(Clock clock) {
        this.clock = clock;
    }

    /** {@code listener} hears every fact of exactly this type from now on. */
    public <F extends Fact> void on(Class<F> type, Listener<? super F> listener) {
        listeners
                .computeIfAbsent(type, unused -> new CopyOnWriteArrayList<>())
                .add((tx, fact) -> listener.hear(tx, type.cast(fact)));
    }

    /** @param by who caused it */
    public void tell(Tx tx, PrincipalId by, Fact fact) {
        if (fact.kept()) {
            write(tx, by, fact);
        }
        for (Listener<Fact> listener : listeners.getOrDefault(fact.getClass(), List.of())) {
            listener.hear(tx, fact);
        }
    }

    private void write(Tx tx, PrincipalId by, Fact fact) {
        JsonNode body = Json.tree(fact.body());
        if (body instanceof ObjectNode object && fact.body() == fact) {
            object.remove("subject");
        }
        tx.sql()
                .createUpdate("""
                        insert into event (at, actor_id, kind, workspace_id, subject, body)
                        values (:at, :actor, :kind, :workspace, :subject, :body)
                        """)
                .bind("at", clock.millis())
                .bind("actor", by.number())
                .bind("workspace", fact.subject().workspace().number())
                .bind("kind", fact.kind())
                .bind("subject", fact.subject().id())
                .bind("body", Json.write(body))
                .execute();
    }

    /** What has happened to one thing. */
    public Page<Event> of(Handle handle, Ref subject, FactFilter filter, boolean oldestFirst, PageWanted wanted) {
        return about(subject, filter, oldestFirst ? NEWEST.reversed() : NEWEST)
                .page(handle, wanted, (row, context) -> event(row), event -> List.of(event.seq()));
    }

    /** How many facts there are in all pages of them. */
    public long count(Handle handle, Ref subject, FactFilter filter) {
        return about(subject, filter, NEWEST).count(handle);
    }

    private static PageQuery about(Ref subject, FactFilter filter, PageQuery.Order order) {
        PageQuery query = new PageQuery("*", "event", order).where("subject = :subject", "subject", subject.id());
        if (filter.kinds().isEmpty()) {
            query.where("kind like :kind", "kind", subject.kind().word() + ".%");
        } else {
            query.where("kind in (<kinds>)", "kinds", filter.kinds());
        }
        return query.where("at >= :from", "from", filter.from()).where("at <= :to", "to", filter.to());
    }

    /**
     * Takes facts older than {@code before} out of the event log.
     *
     * @param kinds of things that they are about; none = all
     * @return how many were taken, at most {@code most}
     */
    public int forget(Tx tx, Set<Kind> kinds, long before, int most) {
        String about = kinds.stream()
                .map(kind -> "kind like '" + kind.word() + ".%'")
                .sorted()
                .collect(Collectors.joining(" or "));
        return tx.sql()
                .createUpdate("delete from event where seq in (select seq from event where at < :before"
                        + (about.isEmpty() ? "" : " and (" + about + ")") + " order by at, seq limit :most)")
                .bind("before", before)
                .bind("most", most)
                .execute();
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
                new PrincipalId(row.getLong("actor_id")),
                row.getString("kind"),
                new WorkspaceId(row.getLong("workspace_id")),
                row.getString("subject"),
                Json.read(row.getString("body"), JsonNode.class));
    }
}
