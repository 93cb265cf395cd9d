package io.slipway.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Fresh databases for contract suites: a throw-away SQLite file, or a schema of its own on one shared PostgreSQL server. */
public final class TestDatabases {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private TestDatabases() {}

    public static Database sqlite(Path folder) {
        return Database.open(new DatabaseConfig.Sqlite(folder.resolve("slipway.db")));
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
            }
            String name = "test" + COUNT.incrementAndGet();
            try (Connection connection = running.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return Database.open(
                    new DatabaseConfig.Postgres(running.getJdbcUrl("postgres", name), "postgres", "postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests did not start", e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL for tests refused a new database", e);
        }
    }
}
