package io.slipway.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fresh databases for contract suites: a throw-away SQLite file, or a database of its own on one shared PostgreSQL server. Each is a
 * copy of one whose tables were made once, since the migrations take longer than most tests.
 */
public final class TestDatabases {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = "made";

    /** A test has two at most; older ones go, since each takes 15 MB. */
    private static final int KEPT = 8;

    private static final long ENOUGH_MEMORY = 1L << 30;

    /** With the process whose it is. */
    private static final Pattern DATA = Pattern.compile("slipway-test-(\\d+)");

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
                        // Its programs are unpacked once for all modules, which takes seconds; databases have folders
                        // of their own.
                        .setOverrideWorkingDirectory(Path.of("..", "target", "postgres")
                                .toAbsolutePath()
                                .normalize()
                                .toFile())
                        .setDataDirectory(dataFolder())
                        // What a test has stored need not outlive the machine.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
                server = running;
                execute(running, "create database " + TEMPLATE);
                open(running, TEMPLATE).close();
            }
            int number = COUNT.incrementAndGet();
            if (number > KEPT) {
                execute(running, "drop database test" + (number - KEPT) + " with (force)");
            }
            String name = "test" + number;
            execute(running, "create database " + name + " template " + TEMPLATE);
            return open(running, name);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests did not start", e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL for tests refused a new database", e);
        }
    }

    /** In memory, where there is enough: a new database takes 45 ms there, and 290 on a disk. What killed tests have left there goes. */
    private static Path dataFolder() throws IOException {
        Path memory = Path.of("/dev/shm");
        if (!Files.isWritable(memory) || Files.getFileStore(memory).getUsableSpace() < ENOUGH_MEMORY) {
            return Files.createTempDirectory("postgres");
        }
        try (Stream<Path> all = Files.list(memory)) {
            for (Path folder : all.toList()) {
                Matcher name = DATA.matcher(folder.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    delete(folder);
                }
            }
        }
        return Files.createDirectory(
                memory.resolve("slipway-test-" + ProcessHandle.current().pid()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
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
