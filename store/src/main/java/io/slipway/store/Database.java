package io.slipway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.slipway.kit.Closing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The platform's database. There is one writer at a time, which rules out lost updates and late event numbers: on SQLite writes
 * queue on a single connection whose transactions begin immediate, on PostgreSQL on an advisory lock that ends with the
 * transaction. Reads go their own way and see the last commit.
 */
public final class Database implements AutoCloseable {
    private static final long WRITER_LOCK = 0x511b_0a1dL;
    private static final Duration SQLITE_BUSY = Duration.ofSeconds(30);

    private final Closing closing = new Closing();
    private final Jdbi writer;
    private final Jdbi reader;
    private final Dialect dialect;

    /** The few places where the two databases differ. */
    public enum Dialect {
        SQLITE,
        POSTGRES;

        /** What the migrations write as <code>${name}</code>. */
        Map<String, String> placeholders() {
            return switch (this) {
                case SQLITE -> Map.of("serial", "INTEGER PRIMARY KEY AUTOINCREMENT", "bytes", "BLOB");
                case POSTGRES -> Map.of("serial", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "bytes", "BYTEA");
            };
        }
    }

    private Database(DatabaseConfig config) {
        if (config instanceof DatabaseConfig.Sqlite sqlite) {
            dialect = Dialect.SQLITE;
            createParent(sqlite.file());
            DataSource migrations = sqlite(sqlite.file(), false);
            migrate(migrations);
            writer = Jdbi.create(closing.add(pool("writer", sqlite(sqlite.file(), true), 1)));
            reader = Jdbi.create(closing.add(pool("reader", sqlite(sqlite.file(), false), 4)));
        } else if (config instanceof DatabaseConfig.Postgres postgres) {
            dialect = Dialect.POSTGRES;
            HikariConfig hikari = new HikariConfig();
            hikari.setJdbcUrl(postgres.jdbcUrl());
            hikari.setUsername(postgres.user());
            hikari.setPassword(postgres.password());
            hikari.setMaximumPoolSize(16);
            hikari.setPoolName("postgres");
            HikariDataSource source = closing.add(new HikariDataSource(hikari));
            migrate(source);
            writer = Jdbi.create(source);
            reader = writer;
        } else {
            throw new IllegalStateException("unknown database " + config);
        }
    }

    /** Opens the database and brings its tables up to date. */
    public static Database open(DatabaseConfig config) {
        return new Database(config);
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Reads without a lock; sees everything committed before the call. */
    public <T> T read(Function<Handle, T> query) {
        return reader.withHandle(query::apply);
    }

    /** Runs {@code work} in one transaction; no other writer runs at the same time. */
    public <T> T write(Function<Tx, T> work) {
        List<Runnable> signals = new ArrayList<>();
        T result = writer.inTransaction(handle -> {
            if (dialect == Dialect.POSTGRES) {
                handle.execute("select pg_advisory_xact_lock(?)", WRITER_LOCK);
            }
            return work.apply(new Tx(handle, signals));
        });
        signals.forEach(Runnable::run);
        return result;
    }

    /** As {@link #write}, without a result. */
    public void change(Consumer<Tx> work) {
        write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    private void migrate(DataSource source) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .placeholders(dialect.placeholders())
                .load()
                .migrate();
    }

    private static DataSource sqlite(Path file, boolean writes) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: an acknowledged write survives the loss of power, not only of the process.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) SQLITE_BUSY.toMillis());
        config.enforceForeignKeys(true);
        config.setTransactionMode(
                writes ? SQLiteConfig.TransactionMode.IMMEDIATE : SQLiteConfig.TransactionMode.DEFERRED);
        Properties properties = config.toProperties();
        SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig(properties));
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static HikariDataSource pool(String name, DataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    private static void createParent(Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder of " + file, e);
        }
    }

    @Override
    public void close() {
        closing.close();
    }
}
