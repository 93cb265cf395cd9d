package io.slipway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.slipway.kit.Closing;
import io.slipway.kit.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The platform's database. There is one writer at a time, which rules out lost updates and late event numbers: on SQLite writes
 * queue on a single connection and share commits, on PostgreSQL they queue on an advisory lock that ends with the
 * transaction. Reads go their own way and see the last commit.
 */
public final class Database implements AutoCloseable {
    private static final long WRITER_LOCK = 0x511b_0a1dL;
    private static final int LONGEST_LOG = 16 << 20;
    private static final Duration SQLITE_BUSY = Duration.ofSeconds(30);

    private final Closing closing = new Closing();
    private final Jdbi writer;
    private final Jdbi reader;
    private final Dialect dialect;

    /** On SQLite; on PostgreSQL each connection commits by itself, and its server gathers commits. */
    private final Optional<GroupCommit> together;

    private final StreamTable streams;

    /** Whether this thread uses a connection already. */
    private final ThreadLocal<Boolean> busy = ThreadLocal.withInitial(() -> false);

    /** The few places where the two databases differ. */
    public enum Dialect {
        SQLITE,
        POSTGRES;

        /** What the migrations write as <code>${name}</code>. */
        Map<String, String> placeholders() {
            return switch (this) {
                case SQLITE ->
                    Map.of(
                            "serial",
                            "INTEGER PRIMARY KEY AUTOINCREMENT",
                            "bytes",
                            "BLOB",
                            // Texts compare by their bytes anyway.
                            "bytewise",
                            "",
                            // Rows lie in the order of their key.
                            "clustered",
                            "without rowid",
                            // Streams are in a file of their own.
                            "stream_table",
                            "",
                            "second_word_of_id",
                            "substr(substr(id, instr(id, '-') + 1), 1,"
                                    + " instr(substr(id, instr(id, '-') + 1) || '-', '-') - 1)");
                case POSTGRES ->
                    Map.of(
                            "serial",
                            "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                            "bytes",
                            "BYTEA",
                            "bytewise",
                            "collate \"C\"",
                            "clustered",
                            "",
                            "stream_table",
                            StreamTable.MADE + "; insert into stream_entry (stream, sequence, number, body)"
                                    + " select 'frame', command_id, seq, body from frame;",
                            "second_word_of_id",
                            "split_part(id, '-', 2)");
            };
        }
    }

    private Database(DatabaseConfig config) {
        if (config instanceof DatabaseConfig.Sqlite sqlite) {
            dialect = Dialect.SQLITE;
            prepare(sqlite.file());
            Path beside = beside(sqlite.file());
            prepare(beside);
            SqliteSpace.give(beside);
            GroupCommit streamWriter =
                    new GroupCommit(Jdbi.create(closing.add(pool("stream-writer", sqlite(beside, true), 1))));
            streams = new StreamTable(
                    Jdbi.create(closing.add(pool("stream-reader", sqlite(beside, false), 4))), streamWriter::write);
            streams.write(handle -> handle.execute(StreamTable.MADE));
            DataSource migrations = sqlite(sqlite.file(), false);
            moveFrames(Jdbi.create(migrations));
            new Migrations(migrations, dialect).apply();
            SqliteSpace.give(sqlite.file());
            writer = Jdbi.create(closing.add(pool("writer", sqlite(sqlite.file(), true), 1)));
            reader = Jdbi.create(closing.add(pool("reader", sqlite(sqlite.file(), false), 4)));
            together = Optional.of(new GroupCommit(writer));
        } else if (config instanceof DatabaseConfig.Postgres postgres) {
            dialect = Dialect.POSTGRES;
            HikariDataSource writers = closing.add(postgres(postgres, "writer", 2));
            // Streams have connections of their own, since they may be used within a read or write.
            Jdbi appenders = Jdbi.create(closing.add(postgres(postgres, "stream", 6)));
            streams = new StreamTable(appenders, new StreamTable.Writer() {
                @Override
                public <T> T write(Function<Handle, T> work) {
                    return appenders.inTransaction(work::apply);
                }
            });
            new Migrations(writers, dialect).apply();
            writer = Jdbi.create(writers);
            // Of its own: writers that wait for each other must not take the readers' connections.
            reader = Jdbi.create(closing.add(postgres(postgres, "reader", 12)));
            together = Optional.empty();
        } else {
            throw new IllegalStateException("unknown database " + config);
        }
    }

    /** Opens the database and brings its tables up to date. */
    public static Database open(DatabaseConfig config) {
        return new Database(config);
    }

    /** Sequences of one kind. */
    public Stream stream(String name) {
        return new Stream(streams, name);
    }

    public Dialect dialect() {
        return dialect;
    }

    /** {@code logger} is told every statement from now on: tests look at how they are carried out. */
    void listen(SqlLogger logger) {
        reader.setSqlLogger(logger);
        writer.setSqlLogger(logger);
    }

    /** Reads without a lock; sees everything committed before the call. */
    public <T> T read(Function<Handle, T> query) {
        return alone(() -> reader.withHandle(query::apply));
    }

    /**
     * Runs {@code work} in one transaction; no other writer runs at the same time. Returns when the rows are safe. Work must not wait
     * for another thread that writes: that one may be waiting for the same commit.
     */
    public <T> T write(Function<Tx, T> work) {
        List<Tx> done = new ArrayList<>(1);
        Function<Handle, T> transaction = handle -> {
            Tx tx = new Tx(handle);
            done.add(tx);
            return work.apply(tx);
        };
        T result = StorageFault.named(
                () -> alone(() -> together.isPresent() ? together.get().write(transaction) : locked(transaction)));
        done.forEach(Tx::committed);
        return result;
    }

    /** Gives some unused space back to the disk; true if there is more. PostgreSQL does so by itself. */
    public boolean giveSpaceBack() {
        if (together.isEmpty()) {
            return false;
        }
        boolean rows = together.get().write(SqliteSpace::step);
        return streams.write(SqliteSpace::step) || rows;
    }

    private <T> T locked(Function<Handle, T> transaction) {
        return writer.inTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(?)", WRITER_LOCK);
            return transaction.apply(handle);
        });
    }

    /**
     * One connection at a time for each thread. A write within a write would wait for itself, a read within a write would see rows as
     * they were before it, and threads that hold one connection while they wait for another can use up the pool.
     */
    private <T> T alone(Supplier<T> work) {
        if (busy.get()) {
            throw new IllegalStateException("a read or write of the database within another: hand its handle on");
        }
        busy.set(true);
        try {
            return work.get();
        } finally {
            busy.set(false);
        }
    }

    /** As {@link #write}, without a result. */
    public void change(Consumer<Tx> work) {
        write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /**
     * Earlier versions kept output of commands in a table. It is appended before it is deleted, some commands at a time, so that a
     * server that is killed meanwhile goes on where it was; the migrations drop the table afterwards.
     */
    private void moveFrames(Jdbi from) {
        Stream frames = stream("frame");
        from.useHandle(handle -> {
            if (!handle.queryMetadata(data -> data.getTables(null, null, "frame", null))
                    .mapToMap()
                    .list()
                    .isEmpty()) {
                FrameMove.all(handle, frames);
            }
        });
    }

    /** The file of streams of this database. */
    private static Path beside(Path file) {
        String name = String.valueOf(file.getFileName());
        String base = name.endsWith(".db") ? name.substring(0, name.length() - 3) : name;
        return file.resolveSibling(base + "-streams.db");
    }

    private static DataSource sqlite(Path file, boolean writes) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: an acknowledged write survives the loss of power, not only of the process.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) SQLITE_BUSY.toMillis());
        config.enforceForeignKeys(true);
        // What a great deletion has written there is given back with the next checkpoint.
        config.setJournalSizeLimit(LONGEST_LOG);
        config.setTransactionMode(
                writes ? SQLiteConfig.TransactionMode.IMMEDIATE : SQLiteConfig.TransactionMode.DEFERRED);
        Properties properties = config.toProperties();
        SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig(properties));
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static HikariDataSource postgres(DatabaseConfig.Postgres postgres, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(postgres.jdbcUrl());
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    private static HikariDataSource pool(String name, DataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** Everything of everybody is in this file and those that SQLite lays beside it, which it makes as open as this one. */
    private static void prepare(Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            PrivateFile.touch(file);
            for (String part : List.of("-wal", "-shm")) {
                PrivateFile.close(file.resolveSibling(file.getFileName() + part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the database " + file, e);
        }
    }

    @Override
    public void close() {
        closing.close();
    }
}
