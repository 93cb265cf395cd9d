package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.testing.People;
import io.slipway.kit.testing.StepExecutor;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.compute.NodeTypes;
import io.slipway.spark.compute.RuntimeInstalls;
import io.slipway.store.Database;
import io.slipway.store.DatabaseConfig;
import io.slipway.store.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Plays histories, one a seed. {@code -Dslipway.seeds=N} plays N of them, {@code -Dslipway.seed=S} replays one. The database itself
 * keeps book of every move of every state machine.
 */
abstract class Simulation {
    private static final List<String> EMPTIED = List.of(
            "tree_object",
            "move",
            "event",
            "node",
            "cluster",
            "driver_cursor",
            "command",
            "context",
            "task_run",
            "run",
            "job");

    @TempDir(factory = InMemory.class)
    static Path folder;

    /** Commits of a simulation need not outlive a loss of power: on Linux they go to memory, which is many times faster. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "simulation")
                    : Files.createTempDirectory("simulation");
        }
    }

    private World.Outside outside;

    @BeforeEach
    void open() throws IOException {
        Database database = Database.open(
                new DatabaseConfig.Sqlite(folder.resolve(getClass().getSimpleName() + ".db")));
        database.change(tx -> {
            tx.sql()
                    .execute("create table if not exists move (seq integer primary key autoincrement, kind text,"
                            + " id text, from_state text, to_state text)");
            Machine.ALL.forEach(machine -> machine.tables()
                    .forEach(table -> tx.sql()
                            .execute("create trigger if not exists book_" + table + " after update of state on " + table
                                    + " when old.state <> new.state begin insert into move (kind, id, from_state, to_state) values ('"
                                    + table + "', " + machine.id() + ", old.state, new.state); end")));
        });
        People.known(database);
        RuntimeLines runtimes = RuntimeLines.bundled();
        StepExecutor background = new StepExecutor();
        RuntimeInstalls installs = InstalledRuntimes.in(folder, runtimes, background);
        empty(database);
        outside = new World.Outside(
                database, NodeTypes.bundled(), runtimes, installs, folder.resolve("dbfs"), folder.resolve("tree"));
    }

    @AfterEach
    void close() {
        outside.database().close();
    }

    private static void empty(Database database) {
        database.change(tx -> EMPTIED.forEach(table -> tx.sql().execute("delete from " + table)));
        Stream frames = database.stream("frame");
        frames.forget(frames.sequences("", Integer.MAX_VALUE));
    }

    World.Outside outside() {
        return outside;
    }

    /** Plays every seed on an empty database. */
    void play(int seeds, LongConsumer history) {
        Long only = Long.getLong("slipway.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? Integer.getInteger("slipway.seeds", seeds) : only;
        for (long seed = first; seed <= last; seed++) {
            empty(outside.database());
            history.accept(seed);
        }
    }

    static String named(long seed, World world) {
        return "seed " + seed + "; replay it by -Dslipway.seed=" + seed + "\n" + world.story() + "\n";
    }

    /** No state machine has made a move that is not in its table. */
    static void obeyed(World world, long seed) {
        for (Machine<?> machine : Machine.ALL) {
            for (String table : machine.tables()) {
                world.moves(table)
                        .forEach((id, moves) -> assertThat(moves)
                                .as("moves of %s %s; %s", table, id, named(seed, world))
                                .allMatch(machine::allows));
            }
        }
    }
}
