package io.slipway.server;

import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Loop;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.kit.testing.StepExecutor;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.NodeTypes;
import io.slipway.spark.compute.RuntimeInstalls;
import io.slipway.spark.compute.WantedProcess;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.spark.testing.FakeNodes;
import io.slipway.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The whole control plane over one database with everything outside it made up, driven by one seed: which pass runs next, what
 * machines and drivers do, when a user comes and when the server dies are all drawn from it, so that a seed replays a history.
 *
 * <p>Passes run one at a time, but not undisturbed: at every {@link Seam} (each call to the outside and each wake of a loop)
 * a call may fail, a user may act, or the server may die. A new server is then built on the same database.
 */
final class World {
    static final Caller ADMIN = People.ADMIN;
    static final Caller ANN = People.ANN;
    static final Caller BOB = People.BOB;

    private static final Duration CHANCE = Duration.ofMinutes(2);
    private static final int MOST_PASSES_IN_AN_INSTANT = 3_000;

    /** The server process ends here. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super(where, null, false, false);
        }
    }

    /** A machine or network did not do what it was asked. */
    private static final class Mishap extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mishap(String where) {
            super(where, null, false, false);
        }
    }

    /** How unkind the world is. */
    enum Mood {
        /** Everything does what it shall. */
        CALM,
        /** The server dies and calls fail, but machines and Spark are well: results must not suffer. */
        ROUGH,
        /** Machines and Spark fail too. */
        HARSH
    }

    /** What is the same for every seed and dear to make. */
    record Outside(
            Database database,
            NodeTypes nodeTypes,
            RuntimeLines runtimes,
            RuntimeInstalls installs,
            Path dbfs,
            Path tree) {}

    final Random random;
    final FakeClock clock = new FakeClock(1_700_000_000_000L);
    final FakeDrivers drivers;
    final FakeNodes nodes;
    final Database database;

    final Outside outside;
    final Ids ids;
    final StepExecutor threads = new StepExecutor();
    private final List<String> story = new ArrayList<>();
    private final List<String> defects = new ArrayList<>();
    private Optional<ServerLife> platform = Optional.empty();
    private Runnable visitor = () -> {};
    private Mood mood = Mood.CALM;
    private final Map<String, Integer> passes = new TreeMap<>();
    private Optional<Crash> crashed = Optional.empty();
    private boolean visiting;
    private long instant;
    private int passesInInstant;

    World(Outside outside, long seed, FakeDrivers.Script script) {
        this.outside = outside;
        this.database = outside.database();
        random = new Random(seed);
        ids = new Ids(clock, new Random(seed + 1));
        drivers = new FakeDrivers(clock, this::outsideCall, script);
        nodes = new FakeNodes(clock, this::outsideCall, new Fates(), drivers, () -> platform.map(p -> p.fleet));
        start();
    }

    /** From now on things go wrong, and {@code visitor} acts at bad moments. */
    void chaos(Mood mood, Runnable visitor) {
        this.visitor = visitor;
        this.mood = mood;
    }

    void calm() {
        mood = Mood.CALM;
    }

    private boolean troubled() {
        return mood != Mood.CALM;
    }

    Optional<ServerLife> platform() {
        return platform;
    }

    /** The server, started if it is down. */
    ServerLife up() {
        if (platform.isEmpty()) {
            start();
        }
        return platform.orElseThrow();
    }

    private void start() {
        tell("the server starts");
        platform = Optional.of(new ServerLife(this));
    }

    private void die(String where) {
        tell("the server dies at " + where);
        platform.ifPresent(ServerLife::end);
        platform = Optional.empty();
        threads.clear();
        crashed = Optional.empty();
        Duration away = chance(0.1) ? Duration.ofMinutes(7) : seconds(10);
        clock.plan(this, away, () -> {
            if (platform.isEmpty()) {
                start();
            }
        });
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Less than so many seconds. */
    Duration seconds(int most) {
        return Duration.ofMillis(random.nextInt(most * 1000));
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    void tell(String what) {
        story.add(clock.millis() - 1_700_000_000_000L + " " + what);
    }

    /** The last of what happened. */
    String story() {
        return String.join("\n", story.subList(Math.max(0, story.size() - 150), story.size()));
    }

    /** What the platform did that it never may. */
    List<String> defects() {
        List<String> all = new ArrayList<>(defects);
        all.addAll(nodes.violations());
        return all;
    }

    void defect(String what) {
        tell("DEFECT " + what);
        defects.add(what);
    }

    private final class Fates implements FakeNodes.Fates {
        @Override
        public FakeNodes.Fate of(String nodeId, WantedProcess process) {
            return fate(process);
        }

        @Override
        public boolean stillborn(String nodeId) {
            boolean stillborn = mood == Mood.HARSH && chance(0.03);
            if (stillborn) {
                tell("nothing will ever be heard of node " + nodeId);
            }
            return stillborn;
        }
    }

    private FakeNodes.Fate fate(WantedProcess process) {
        Duration takes = Duration.ofMillis(500 + random.nextInt(4_000));
        if (mood == Mood.HARSH && chance(0.05)) {
            tell("the start of a " + process.name() + " will fail");
            return new FakeNodes.Fate(
                    takes, Optional.of("{\"code\":\"SPARK_STARTUP_FAILURE\",\"message\":\"Spark did not start.\"}"));
        }
        return FakeNodes.Fate.good(mood == Mood.HARSH && chance(0.01) ? Duration.ofMinutes(12) : takes);
    }

    /** A call to a machine or driver: it may fail, before or after it has had its effect. */
    private void outsideCall(String where) {
        disturb(where);
        if (troubled() && chance(0.03)) {
            tell("failure " + where);
            if (where.endsWith("acquire") || where.endsWith("release")) {
                throw new Mishap(where);
            }
            throw new PlatformException(ErrorCode.UNAVAILABLE, "the driver does not answer: " + where);
        }
    }

    private void disturb(String where) {
        if (!troubled() || platform.isEmpty()) {
            return;
        }
        if (chance(0.006)) {
            Crash crash = new Crash(where);
            crashed = Optional.of(crash);
            throw crash;
        }
        if (!visiting && chance(0.03)) {
            visiting = true;
            try {
                visitor.run();
            } finally {
                visiting = false;
            }
        }
    }

    /** A pass is asked for: by a wake after a commit, by the timer, by a look at everything unfinished. */
    void submit(Runnable pass) {
        disturb("wake");
        threads.execute(pass);
    }

    /** Passes may fail with what the world did to them, and with nothing else. */
    void judge(Loop<?> loop, Object key, Optional<Throwable> failure) {
        if (instant != clock.millis()) {
            instant = clock.millis();
            passesInInstant = 0;
        }
        if (++passesInInstant == MOST_PASSES_IN_AN_INSTANT) {
            defect("the loop " + loop + " spins at " + key);
        }
        passes.merge(loop + " " + key, 1, Integer::sum);
        failure.ifPresent(thrown -> judge(loop, thrown));
    }

    private void judge(Loop<?> loop, Throwable thrown) {
        if (thrown instanceof Crash crash) {
            crashed = Optional.of(crash);
        } else if (thrown instanceof PlatformException e) {
            if (e.code() != ErrorCode.UNAVAILABLE && e.code() != ErrorCode.CONFLICT) {
                defect("a pass of " + loop + " failed: " + e.code() + " " + e.message());
            }
        } else if (!(thrown instanceof Mishap)) {
            defect("a pass of " + loop + " failed: " + thrown + " at " + thrown.getStackTrace()[0] + " "
                    + List.of(thrown.getStackTrace()).stream()
                            .filter(at -> at.getClassName().startsWith("io.slipway"))
                            .limit(6)
                            .toList());
        }
    }

    /** How often each key has had a pass, by loop and key. */
    Map<String, Integer> passes() {
        return passes;
    }

    /** As a user: what a door may refuse is refused, anything else is a defect. */
    void ask(String what, Runnable request) {
        if (platform.isEmpty()) {
            return;
        }
        try {
            request.run();
            tell(what);
        } catch (PlatformException e) {
            tell(what + ": " + e.code());
            boolean fair = e.code() == ErrorCode.INVALID_STATE
                    || e.code() == ErrorCode.NOT_FOUND
                    || e.code() == ErrorCode.INVALID_PARAMETER_VALUE
                    || e.code() == ErrorCode.PERMISSION_DENIED;
            if (!fair) {
                defect(what + " was refused with " + e.code() + " " + e.message());
            }
        } catch (IllegalStateException e) {
            defect(what + " failed: " + e);
        }
    }

    /** One step: a pass of any loop that has one to do, or else the next thing that time brings. */
    void step() {
        try {
            if (troubled() && chance(0.001)) {
                throw new Crash("no particular point");
            }
            boolean pass = !threads.idle() && chance(0.95);
            if (pass) {
                threads.step(random);
            } else if (!clock.next()) {
                threads.step(random);
            }
            // A loop goes on after anything that a pass throws; a process that has died does not.
            crashed.ifPresent(crash -> {
                throw crash;
            });
        } catch (Crash crash) {
            die(String.valueOf(crash.getMessage()));
        }
    }

    /** Goes on for this long. */
    void live(Duration duration) {
        long until = clock.millis() + duration.toMillis();
        boolean[] over = {false};
        clock.plan(this, duration, () -> over[0] = true);
        while (!over[0] && clock.millis() < until + CHANCE.toMillis() && defects.isEmpty()) {
            step();
        }
    }

    /** Goes on until something is so; false if it is not after {@code limit}. */
    boolean liveUntil(BooleanSupplier condition, Duration limit) {
        long until = clock.millis() + limit.toMillis();
        int count = 0;
        while (clock.millis() < until && defects.isEmpty()) {
            step();
            if (++count % 100 == 0) {
                if (platform.isPresent() && condition.getAsBoolean()) {
                    return true;
                }
            }
        }
        return condition.getAsBoolean();
    }

    /** Acts again and again, at random times, as long as there is chaos. */
    void often(int mostSecondsBetween, Runnable act) {
        clock.plan(this, seconds(mostSecondsBetween), () -> {
            if (troubled()) {
                act.run();
                often(mostSecondsBetween, act);
            }
        });
    }

    static ClusterSpec cluster(String name, int workers) {
        return new ClusterSpec(
                name,
                "18.0.x-scala2.13",
                "m5.large",
                "m5.large",
                Optional.of(workers),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                0);
    }

    static ClusterSpec autoscaling(String name, int least, int most) {
        return cluster(name, 0).resized(Optional.empty(), Optional.of(new ClusterSpec.Autoscale(least, most)));
    }

    static CommandSpec code(String text) {
        return new CommandSpec.Code("python", text);
    }

    /** Moves of one kind of thing, as the database saw them: lists of {@code FROM>TO} by id. */
    Map<String, List<String>> moves(String kind) {
        Map<String, List<String>> moves = new TreeMap<>();
        database.read(handle -> handle.createQuery(
                                "select id, from_state || '>' || to_state as move from move where kind = :kind order by seq")
                        .bind("kind", kind)
                        .map((row, context) -> Map.entry(row.getString("id"), row.getString("move")))
                        .list())
                .forEach(move -> moves.computeIfAbsent(move.getKey(), id -> new ArrayList<>())
                        .add(move.getValue()));
        return moves;
    }

    long count(String query) {
        return database.read(
                handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    List<String> texts(String query) {
        return database.read(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    Optional<Cluster> find(String clusterId) {
        try {
            return Optional.of(up().clusters.get(ADMIN, clusterId));
        } catch (PlatformException e) {
            return Optional.empty();
        }
    }
}
