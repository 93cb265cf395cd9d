package io.slipway.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Where the entries of all streams are: on SQLite a file of its own, since a file has one writer and one log that readers look
 * through; on PostgreSQL a table, written without the lock of other writers.
 */
final class StreamTable {
    static final String MADE = """
            create table if not exists stream_entry (
                stream text not null,
                sequence text not null,
                number bigint not null,
                body text not null,
                primary key (stream, sequence, number)
            )""";

    private final Jdbi reader;
    private final Writer writer;

    /** Runs work in one transaction. */
    interface Writer {
        <T> T write(Function<Handle, T> work);
    }

    /** @param writer returns when what was written is safe */
    StreamTable(Jdbi reader, Writer writer) {
        this.reader = reader;
        this.writer = writer;
    }

    <T> T read(Function<Handle, T> query) {
        return reader.withHandle(query::apply);
    }

    <T> T write(Function<Handle, T> work) {
        return writer.write(work);
    }
}
