package io.slipway.store;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Sequences that only grow at their end, each read from a place on, until they are forgotten as a whole: output of commands, for
 * instance. They do not pass the writer's lock, so that much of them keeps nobody waiting who writes rows, and rows stay small and
 * few. What is appended is no part of a transaction: append first, then write the row that says so. A number that is there already
 * stays as it is, so that who does not know whether an append was heard repeats it.
 *
 * <p>May be used within a read or write of the {@link Database}, never the other way round.
 */
public final class Stream {
    /** @param number its place in the sequence */
    public record Entry(long number, String body) {}

    private final StreamTable table;
    private final String name;

    Stream(StreamTable table, String name) {
        this.table = table;
        this.name = name;
    }

    /** How many of the entries were new. They are safe when this returns. */
    public int append(String sequence, List<Entry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        return table.write(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into stream_entry (stream, sequence, number, body) values (:stream, :sequence, :number, :body)
                    on conflict do nothing
                    """);
            for (Entry entry : entries) {
                batch.bind("stream", name)
                        .bind("sequence", sequence)
                        .bind("number", entry.number())
                        .bind("body", entry.body())
                        .add();
            }
            int added = 0;
            for (int count : batch.execute()) {
                added += count;
            }
            return added;
        });
    }

    /** Puts an entry behind all there are, whatever is appended meanwhile. */
    public long add(String sequence, String body) {
        while (true) {
            long number = last(sequence) + 1;
            if (append(sequence, List.of(new Entry(number, body))) == 1) {
                return number;
            }
        }
    }

    /** Entries with numbers above {@code after}, up to {@code last}. */
    public List<Entry> read(String sequence, long after, long last) {
        return table.read(handle -> handle.createQuery("""
                        select number, body from stream_entry
                        where stream = :stream and sequence = :sequence and number > :after and number <= :last
                        order by number
                        """)
                .bind("stream", name)
                .bind("sequence", sequence)
                .bind("after", after)
                .bind("last", last)
                .map((row, context) -> new Entry(row.getLong("number"), row.getString("body")))
                .list());
    }

    /** Number of the last entry; 0 if there is none. */
    public long last(String sequence) {
        return table.read(handle -> handle.createQuery("""
                        select coalesce(max(number), 0) from stream_entry where stream = :stream and sequence = :sequence
                        """)
                .bind("stream", name)
                .bind("sequence", sequence)
                .mapTo(Long.class)
                .one());
    }

    public void forget(Collection<String> sequences) {
        for (String sequence : sequences) {
            table.write(handle -> handle.createUpdate(
                            "delete from stream_entry where stream = :stream and sequence = :sequence")
                    .bind("stream", name)
                    .bind("sequence", sequence)
                    .execute());
        }
    }

    /** Names of sequences that have entries, in order, after {@code after}. */
    public List<String> sequences(String after, int most) {
        return table.read(handle -> sequences(handle, after, most));
    }

    /** From one name to the next by the index: a sequence may have a million entries. */
    private List<String> sequences(Handle handle, String after, int most) {
        return handle.createQuery("""
                        with recursive known (sequence, count) as (
                            select min(sequence), 1 from stream_entry where stream = :stream and sequence > :after
                            union all
                            select (select min(sequence) from stream_entry
                                    where stream = :stream and sequence > known.sequence), count + 1
                            from known where known.sequence is not null and count < :most)
                        select sequence from known where sequence is not null order by sequence
                        """)
                .bind("stream", name)
                .bind("after", after)
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }
}
