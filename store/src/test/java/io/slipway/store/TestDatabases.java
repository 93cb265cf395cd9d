package io.slipway.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fresh databases for contract suites: a throw-away SQLite file, or a database of its own on one shared PostgreSQL server. Each is a
 * copy of one whose tables were made once, since the migrations take longer than most tests.
 */
public final class TestDatabases {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = "made";
    private static @Nullable EmbeddedPostgres server;
    private static @Nullable Path files;

    private TestDatabases() {}

    public static Database sqlite(Path folder) {
        DatabaseConfig.Sqlite config = new DatabaseConfig.Sqlite(folder.resolve("slipway.db"));
        try {
            if (!Files.exists(config.file())) {
                Files.createDirectories(folder);
                for (Path file : made()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the files of SQLite cannot be copied", e);
        }
        return Database.open(config);
    }

    private static synchronized List<Path> made() throws IOException {
        Path folder = files;
        if (folder == null) {
            folder = Files.createTempDirectory("sqlite");
            Database.open(new DatabaseConfig.Sqlite(folder.resolve("slipway.db")))
                    .close();
            files = folder;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    /** The server starts at the first call and ends with the JVM. */
    public static synchronized Database postgres() {
        try {
            EmbeddedPostgres running = server;
            if (running == null) {
                running = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(
                                Files.createTempDirectory("postgres").toFile())
                        .start();
                server = running;
                execute(running, "create database " + TEMPLATE);
                open(running, TEMPLATE).close();
            }
            String name = "test" + COUNT.incrementAndGet();
            execute(running, "create database " + name + " template " + TEMPLATE);
            return open(running, name);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests did not start", e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL for tests refused a new database", e);
        }
    }

    private static void execute(EmbeddedPostgres running, String statement) throws SQLException {
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private static Database open(EmbeddedPostgres running, String name) {
        return Database.open(new DatabaseConfig.Postgres(running.getJdbcUrl("postgres", name), "postgres", "postgres"));
    }
}
