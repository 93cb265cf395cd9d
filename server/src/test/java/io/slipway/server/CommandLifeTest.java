package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.kernel.ContextOptions;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Described;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Contexts and commands under cancels, lost drivers and a dying server. */
class CommandLifeTest extends Simulation {
    private static final Duration ENDLESS = Duration.ofDays(1);

    /** What was asked and what the driver was told to do, to compare with what the platform says at the end. */
    private static final class Book {
        final List<String> contexts = new ArrayList<>();
        final List<String> commands = new ArrayList<>();
        final Set<String> cancelled = new HashSet<>();
        final Set<String> destroyed = new HashSet<>();
        final Map<String, FakeDrivers.Ending> endings = new HashMap<>();
    }

    @Test
    void commands_run_once_and_in_order_whatever_happens_to_the_server() {
        play(40, seed -> history(seed, World.Mood.ROUGH));
    }

    @Test
    void commands_end_whatever_happens_to_their_driver() {
        play(25, seed -> history(seed, World.Mood.HARSH));
    }

    private void history(long seed, World.Mood mood) {
        Book book = new Book();
        List<World> self = new ArrayList<>();
        World world = new World(outside(), seed, (context, command, spec) -> {
            FakeDrivers.Ending ending = ending(self.get(0));
            book.endings.put(command, ending);
            return ending;
        });
        self.add(world);
        String cluster = world.up()
                .clusters
                .create(
                        World.ANN,
                        Described.plainly(World.cluster("kernels", 0)),
                        "API",
                        Optional.empty(),
                        Optional.empty())
                .id();
        assertThat(world.liveUntil(() -> up(world, cluster), Duration.ofMinutes(5)))
                .isTrue();
        world.chaos(mood, () -> user(world, cluster, book));
        world.often(3, () -> user(world, cluster, book));
        if (mood == World.Mood.HARSH) {
            world.often(60, () -> {
                world.tell("the driver dies");
                world.nodes.list().forEach(node -> world.nodes.kill(node, 137));
            });
            world.often(30, () -> world.ask("start", () -> world.up().clusters.start(World.ANN, cluster)));
            world.often(90, () -> world.ask("restart", () -> world.up().clusters.restart(World.ANN, cluster)));
        }
        world.live(Duration.ofMinutes(1));
        world.calm();
        boolean rested = world.liveUntil(() -> rested(world, book), Duration.ofMinutes(20));
        assertThat(world.defects()).as(named(seed, world)).isEmpty();
        assertThat(rested)
                .as("every command ends: %s %s", world.texts("select id || state from command"), named(seed, world))
                .isTrue();
        world.live(Duration.ofSeconds(30));
        judge(world, seed, mood, book);
    }

    private static FakeDrivers.Ending ending(World world) {
        List<ObjectNode> frames = new ArrayList<>();
        for (int i = 0; i < world.random.nextInt(4); i++) {
            frames.add(
                    JsonNodeFactory.instance.objectNode().put("type", "stream").put("text", "part " + i));
        }
        return new FakeDrivers.Ending(
                world.any(List.of(CommandStatus.Outcome.values())),
                world.chance(0.15) ? ENDLESS : world.seconds(5),
                frames);
    }

    private static boolean up(World world, String cluster) {
        return world.find(cluster)
                .filter(found -> found.state() == ClusterState.RUNNING)
                .isPresent();
    }

    private static void user(World world, String cluster, Book book) {
        if (world.platform().isEmpty()) {
            return;
        }
        Contexts contexts = world.up().contexts;
        if (book.contexts.isEmpty() || world.chance(0.1)) {
            world.ask(
                    "create a context",
                    () -> book.contexts.add(contexts.create(World.ANN, cluster, "python", ContextOptions.NONE)
                            .id()));
            return;
        }
        String context = world.any(book.contexts);
        if (world.chance(0.05)) {
            // Asked is enough: the server may die before it says so.
            book.destroyed.add(context);
            world.ask("destroy " + context, () -> contexts.destroy(World.ANN, context));
        } else if (!book.commands.isEmpty() && world.chance(0.25)) {
            String command = world.chance(0.5) ? book.commands.get(book.commands.size() - 1) : world.any(book.commands);
            book.cancelled.add(command);
            world.ask("cancel " + command, () -> contexts.cancel(World.ANN, command));
        } else {
            String command = "command-" + book.commands.size();
            book.commands.add(command);
            world.ask("execute " + command, () -> contexts.execute(World.ANN, command, context, World.code("x")));
        }
    }

    /** Everything has ended; what would go on for ever is cancelled. */
    private static boolean rested(World world, Book book) {
        for (String command : world.texts("select id from command where state in ('QUEUED', 'RUNNING')")) {
            book.cancelled.add(command);
            world.up().contexts.cancel(World.ANN, command);
        }
        return world.count("select count(*) from command where state in ('QUEUED', 'RUNNING', 'CANCELLING')") == 0
                && world.count("select count(*) from context where state in ('PENDING', 'DESTROYING')") == 0;
    }

    private static void judge(World world, long seed, World.Mood mood, Book book) {
        String name = named(seed, world);
        obeyed(world, seed);
        List<String> begun =
                world.drivers.begun().stream().map(FakeDrivers.Begun::commandId).toList();
        assertThat(begun).as("commands run once; " + name).doesNotHaveDuplicates();
        for (String context : new HashSet<>(book.contexts)) {
            List<String> asked =
                    world.texts("select id from command where context_id = '" + context + "' order by ordinal");
            List<String> ran = begun.stream().filter(asked::contains).toList();
            assertThat(ran)
                    .as("commands of a context run in order; " + name)
                    .isEqualTo(asked.stream().filter(ran::contains).toList());
        }
        assertThat(world.drivers.running()).as("commands run on; " + name).isEmpty();
        assertThat(world.drivers.contexts())
                .as("contexts of drivers are in rows; " + name)
                .isSubsetOf(world.texts("select id from context"));
        for (String id : world.texts("select id from command")) {
            one(world, mood, book, id, name);
        }
    }

    private static void one(World world, World.Mood mood, Book book, String id, String name) {
        Contexts.Result result = world.up().contexts.result(World.ADMIN, id, 0);
        List<OutputFrame> frames = result.frames();
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).seq()).as("frames of %s; %s", id, name).isEqualTo(i + 1L);
        }
        String context = result.command().contextId();
        switch (result.command().state()) {
            case FINISHED -> {
                FakeDrivers.Ending ending = book.endings.get(id);
                assertThat(ending).isNotNull();
                assertThat(result.command().outcome()).as(name).contains(ending.outcome());
                assertThat(frames.stream()
                                .map(frame -> frame.body().path("text").asText())
                                .toList())
                        .as("output of %s; %s", id, name)
                        .isEqualTo(ending.frames().stream()
                                .map(frame -> frame.path("text").asText())
                                .toList());
            }
            case CANCELLED -> assertThat(book.cancelled).as(name).contains(id);
            case LOST -> {
                assertThat(frames.get(frames.size() - 1).body().path("ename").asText())
                        .as(name)
                        .isEqualTo("DriverLost");
                if (mood == World.Mood.ROUGH) {
                    assertThat(book.destroyed)
                            .as("%s is lost for a reason; %s", id, name)
                            .contains(context);
                }
            }
            default -> throw new AssertionError(id + " has not ended; " + name);
        }
        assertThat(result.command().endedAt()).as(name).isPositive();
    }
}
