package io.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest extends DatabaseContract {
    @Override
    Database open() {
        try {
            return TestDatabases.sqlite(Files.createTempDirectory("sqlite"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    boolean commitsTogether() {
        return true;
    }

    @Test
    void writers_that_have_waited_for_each_other_share_one_commit() throws Exception {
        ConcurrentLinkedQueue<String> commits = new ConcurrentLinkedQueue<>();
        database.listen(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                if (context.getRawSql().equals("commit")) {
                    commits.add(context.getRawSql());
                }
            }
        });
        writeAtTheSameTime(
                8, (tx, number) -> facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, number))));
        assertThat(all()).hasSize(8);
        assertThat(commits).hasSize(1);
    }

    @Test
    void a_full_disk_is_named_and_what_was_acknowledged_stays() {
        database.change(tx -> facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "before"))));
        // As many pages as there are: the file cannot grow, like one on a full disk.
        database.change(tx -> tx.sql().execute("pragma max_page_count = 1"));
        String much = "x".repeat(5_000_000);
        assertThatThrownBy(() -> database.change(tx ->
                        tx.sql().execute("insert into event (at, kind, subject, body) values (0, '', '', ?)", much)))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessage("The platform's database cannot be written: its disk is full.");
        database.change(tx -> tx.sql().execute("pragma max_page_count = 1000000"));
        database.change(tx -> facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "after"))));
        assertThat(all()).extracting(Event::subject).containsExactly("before", "after");
    }

    @Test
    void the_files_shrink_when_much_is_forgotten(@TempDir Path folder) throws Exception {
        Path streams = folder.resolve("slipway-streams.db");
        Path rows = folder.resolve("slipway.db");
        long small;
        try (Database mine = TestDatabases.sqlite(folder)) {
            small = Files.size(rows);
            Stream stream = mine.stream("frame");
            for (int i = 1; i <= 20; i++) {
                stream.append("a", List.of(new Stream.Entry(i, "x".repeat(500_000))));
            }
            mine.change(tx -> {
                for (int i = 0; i < 20; i++) {
                    tx.sql()
                            .execute(
                                    "insert into event (at, kind, subject, body) values (0, '', '', ?)",
                                    "x".repeat(500_000));
                }
            });
        }
        assertThat(Files.size(streams)).isGreaterThan(9_000_000);
        assertThat(Files.size(rows)).isGreaterThan(9_000_000);
        try (Database mine = TestDatabases.sqlite(folder)) {
            mine.stream("frame").forget(List.of("a"));
            mine.change(tx -> tx.sql().execute("delete from event"));
            while (mine.giveSpaceBack()) {
                assertThat(mine.stream("frame").last("a")).isZero();
            }
        }
        assertThat(Files.size(streams)).isLessThan(100_000);
        assertThat(Files.size(rows)).isLessThan(small + 100_000);
    }

    @Test
    void a_file_of_an_earlier_version_gives_its_space_back_too(@TempDir Path folder) throws Exception {
        Path rows = folder.resolve("slipway.db");
        TestDatabases.sqlite(folder).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + rows);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma auto_vacuum = none");
            statement.execute("vacuum");
            statement.execute("create table big (body text)");
            statement.execute("insert into big values (zeroblob(9000000))");
            statement.execute("delete from big");
        }
        assertThat(Files.size(rows)).isGreaterThan(9_000_000);
        TestDatabases.sqlite(folder).close();
        assertThat(Files.size(rows)).isLessThan(2_000_000);
    }

    /** Tells, a line each, what the database has acknowledged to eight writers; ends only by being killed. */
    static final class Acknowledging {
        private Acknowledging() {}

        public static void main(String[] args) {
            Database database = TestDatabases.sqlite(Path.of(args[0]));
            Facts facts = new Facts(Clock.system());
            for (int i = 0; i < 8; i++) {
                int writer = i;
                new Thread(() -> {
                            for (int number = writer; true; number += 8) {
                                int mine = number;
                                database.change(
                                        tx -> facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, mine))));
                                System.out.println(mine + ".");
                            }
                        })
                        .start();
            }
        }
    }

    @Test
    void what_was_acknowledged_is_there_after_a_kill(@TempDir Path folder) throws Exception {
        Path told = folder.resolve("acknowledged");
        Process writers = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Acknowledging.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(told.toFile())
                .start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> acknowledged(told).size() >= 200);
        } finally {
            writers.destroyForcibly().waitFor();
        }
        try (Database again = TestDatabases.sqlite(folder)) {
            Set<String> there = again.read(handle -> facts.after(handle, 0, Integer.MAX_VALUE)).stream()
                    .map(Event::subject)
                    .collect(Collectors.toSet());
            assertThat(there).containsAll(acknowledged(told));
        }
    }

    private static List<String> acknowledged(Path told) throws IOException {
        return Files.readAllLines(told).stream()
                .filter(line -> line.endsWith("."))
                .map(line -> line.substring(0, line.length() - 1))
                .toList();
    }
}
