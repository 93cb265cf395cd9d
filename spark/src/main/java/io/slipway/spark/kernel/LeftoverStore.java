package io.slipway.spark.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What of {@code context} and {@code command} nobody will ask for any more. */
final class LeftoverStore {
    /** Commands that are part of nothing but their context, oldest first. */
    List<String> commandsEndedBefore(Handle handle, long before, int most) {
        return handle.createQuery("""
                        select id from command
                        where part_of_kind = 'context' and ended_at > 0 and ended_at < :before
                        order by ended_at, id limit :most
                        """)
                .bind("before", before)
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    /** Contexts that are part of nothing but themselves, oldest failure first. */
    List<String> contextsFailedBefore(Handle handle, long before, int most) {
        return handle.createQuery("""
                        select id from context
                        where part_of_kind = 'context' and state = 'ERROR' and ended_at < :before
                        order by ended_at, id limit :most
                        """)
                .bind("before", before)
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    /** Those of the ids that no command has. */
    List<String> unknown(Handle handle, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Set<String> known = new HashSet<>(handle.createQuery("select id from command where id in (<ids>)")
                .bindList("ids", ids)
                .mapTo(String.class)
                .list());
        return ids.stream().filter(id -> !known.contains(id)).toList();
    }
}
