package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.PageWanted;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Described;
import io.slipway.work.job.Compute;
import io.slipway.work.job.Job;
import io.slipway.work.job.JobSettings;
import io.slipway.work.job.JobWanted;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunFilter;
import io.slipway.work.job.RunParameters;
import io.slipway.work.job.RunResult;
import io.slipway.work.job.RunState;
import io.slipway.work.job.Runs;
import io.slipway.work.job.TaskRun;
import io.slipway.work.job.TaskSpec;
import io.slipway.work.job.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs of random graphs under a dying server, failing clusters and users who cancel. */
class RunLifeTest extends Simulation {
    private static final Duration ENDLESS = Duration.ofDays(1);

    /** What a piece of code will do, drawn from its place in the run and not from when it runs. */
    private enum Fate {
        OK,
        ERROR,
        EXIT,
        ENDLESS
    }

    /** A history: its world and what was asked of it. */
    private static final class Play {
        final long seed;
        final World world;
        final String existing;
        final Set<String> cancelled = new HashSet<>();

        /** Runs that nobody has asked for yet. */
        int toCome;

        Play(long seed, World world, String existing) {
            this.seed = seed;
            this.world = world;
            this.existing = existing;
        }
    }

    @Test
    void results_are_those_of_the_code_whatever_happens_to_the_server() {
        play(40, seed -> history(seed, World.Mood.ROUGH));
    }

    @Test
    void runs_end_and_give_everything_back_whatever_happens() {
        play(25, seed -> history(seed, World.Mood.HARSH));
    }

    private void history(long seed, World.Mood mood) {
        List<World> self = new ArrayList<>();
        World world = new World(outside(), seed, (context, command, spec) -> ending(self.get(0), seed, command));
        self.add(world);
        String existing = world.up()
                .clusters
                .create(
                        World.ANN,
                        Described.plainly(World.cluster("existing", 0)),
                        "API",
                        Optional.empty(),
                        Optional.empty())
                .id();
        Play play = new Play(seed, world, existing);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            jobs.add(world.up().jobs.create(World.ANN, JobWanted.of(Described.plainly(settings(play)))));
        }
        world.chaos(mood, mood == World.Mood.HARSH ? () -> harm(play) : () -> {});
        for (int i = 0; i < 3; i++) {
            String token = "run-" + i;
            play.toCome++;
            begin(play, world.any(jobs), token);
        }
        if (mood == World.Mood.HARSH) {
            world.often(30, () -> harm(play));
        }
        world.live(Duration.ofMinutes(2));
        world.calm();
        boolean ended = world.liveUntil(
                () -> play.toCome == 0
                        && world.count("select count(*) from run where ended_at = 0") == 0
                        && world.count("select count(*) from cluster where source = 'JOB' and state <> 'TERMINATED'")
                                == 0,
                Duration.ofMinutes(90));
        assertThat(world.defects()).as(named(seed, world)).isEmpty();
        world.liveUntil(
                () -> world.count("select count(*) from context where state = 'DESTROYING'") == 0,
                Duration.ofMinutes(5));
        assertThat(world.count("select count(*) from context"))
                .as("contexts of tasks that ended; " + named(seed, world))
                .isZero();
        assertThat(ended)
                .as(
                        "runs end and give their clusters back: %s %s %s %s",
                        world.texts("select id || ' ' || state from run where ended_at = 0"),
                        world.texts("select id || task_key || state from task_run where ended_at = 0"),
                        world.texts("select id || ' ' || state || owner_run from cluster"),
                        named(seed, world))
                .isTrue();
        obeyed(world, seed);
        assertThat(world.drivers.begun().stream()
                        .map(FakeDrivers.Begun::commandId)
                        .toList())
                .as("no command runs twice; " + named(seed, world))
                .doesNotHaveDuplicates();
        List<Run> all = world.up()
                .runs
                .list(World.ADMIN, RunFilter.ALL, PageWanted.ALL)
                .map(Runs.Details::run)
                .items();
        oneAfterTheOther(play, all);
        all.forEach(run -> judge(play, mood, run.id()));
    }

    /** Runs of a job that allows one at a time, but for those that were cancelled before their turn. */
    private static void oneAfterTheOther(Play play, List<Run> all) {
        Map<Long, List<Run>> byJob = all.stream()
                .filter(run -> run.settings().maxConcurrentRuns() == 1)
                .filter(run -> !play.cancelled.contains(String.valueOf(run.id())))
                .collect(Collectors.groupingBy(run -> run.jobId().orElseThrow()));
        byJob.values().forEach(runs -> {
            List<Run> inTurn =
                    runs.stream().sorted(Comparator.comparingLong(Run::begunAt)).toList();
            for (int i = 1; i < inTurn.size(); i++) {
                assertThat(inTurn.get(i).begunAt())
                        .as("a run begins after the one before; " + named(play.seed, play.world))
                        .isGreaterThanOrEqualTo(inTurn.get(i - 1).endedAt());
            }
        });
    }

    /** A user who asks again, with the same token, until an answer comes. */
    private static void begin(Play play, Job job, String token) {
        World world = play.world;
        world.clock.plan(play, world.seconds(20), () -> {
            if (world.platform().isEmpty()) {
                begin(play, job, token);
                return;
            }
            play.toCome--;
            world.ask(
                    "run " + job.id(),
                    () -> world.up().runs.start(World.ANN, job.id(), RunParameters.NONE, Optional.of(token)));
        });
    }

    private static void harm(Play play) {
        World world = play.world;
        if (world.platform().isEmpty()) {
            return;
        }
        List<String> runs = world.texts("select id from run where ended_at = 0");
        List<String> clusters = world.texts("select id from cluster where state <> 'TERMINATED'");
        switch (world.random.nextInt(5)) {
            case 0 -> {
                if (!runs.isEmpty()) {
                    String run = world.any(runs);
                    play.cancelled.add(run);
                    world.ask("cancel " + run, () -> world.up().runs.cancel(World.ANN, Long.parseLong(run)));
                }
            }
            case 1 -> {
                if (!clusters.isEmpty()) {
                    String cluster = world.any(clusters);
                    world.ask("terminate " + cluster, () -> world.up().clusters.terminate(World.ANN, cluster));
                }
            }
            case 2 -> world.ask("restart", () -> world.up().clusters.restart(World.ANN, play.existing));
            default -> {
                if (!world.nodes.list().isEmpty()) {
                    String node = world.any(world.nodes.list());
                    world.tell("the process of " + node + " dies");
                    world.nodes.kill(node, 137);
                }
            }
        }
    }

    private static JobSettings settings(Play play) {
        Random random = play.world.random;
        List<TaskSpec> tasks = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            List<TaskSpec.Dependency> before = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    before.add(new TaskSpec.Dependency("t" + j));
                }
            }
            Compute compute = switch (random.nextInt(4)) {
                case 0 -> new Compute.Fresh(World.cluster("fresh", random.nextInt(2)));
                case 1, 2 -> new Compute.Shared("shared");
                default -> new Compute.Existing(play.existing);
            };
            tasks.add(new TaskSpec(
                    "t" + i,
                    before,
                    play.world.any(List.of(TaskSpec.RunIf.values())),
                    compute,
                    new Work.NotebookTask("/n/" + (1 + random.nextInt(3)), Map.of()),
                    List.of(),
                    // Code that never ends needs a limit; other code keeps far away from its own.
                    endless(play.seed, "t" + i) ? 30 : 0,
                    random.nextInt(3),
                    random.nextInt(2000),
                    random.nextBoolean()));
        }
        boolean oneByOne = random.nextBoolean();
        return new JobSettings(
                "job",
                tasks,
                Map.of("shared", World.cluster("shared", random.nextInt(2))),
                Map.of(),
                0,
                oneByOne ? 1 : 10,
                oneByOne,
                Optional.empty());
    }

    private static boolean endless(long seed, String key) {
        return new Random(31 * seed + key.hashCode()).nextInt(12) == 0;
    }

    private static Fate fate(long seed, String key, int attempt, int index) {
        if (endless(seed, key)) {
            return Fate.ENDLESS;
        }
        int roll = new Random(997 * seed + 31L * key.hashCode() + 7L * attempt + index).nextInt(100);
        return roll < 75 ? Fate.OK : roll < 95 ? Fate.ERROR : Fate.EXIT;
    }

    private static FakeDrivers.Ending ending(World world, long seed, String command) {
        String[] parts = command.split("-", -1);
        String task = world.texts("select task_key || ' ' || attempt from task_run where id = " + parts[1])
                .get(0);
        int space = task.indexOf(' ');
        Fate fate = fate(
                seed,
                task.substring(0, space),
                Integer.parseInt(task.substring(space + 1)),
                Integer.parseInt(parts[2]));
        world.tell("command " + command + " of " + task + " begins, " + fate);
        return switch (fate) {
            case OK -> FakeDrivers.Ending.ok(world.seconds(4));
            case ERROR -> new FakeDrivers.Ending(CommandStatus.Outcome.ERROR, world.seconds(4), List.of());
            case EXIT -> new FakeDrivers.Ending(CommandStatus.Outcome.EXIT, world.seconds(4), List.of());
            case ENDLESS -> FakeDrivers.Ending.ok(ENDLESS);
        };
    }

    private static void judge(Play play, World.Mood mood, long runId) {
        World world = play.world;
        Runs.Details details = world.up().runs.get(World.ADMIN, runId);
        Run run = details.run();
        String name = run.settings().tasks() + "\n" + details.tasks() + "\n" + named(play.seed, world);
        Map<String, TaskRun> last = new LinkedHashMap<>();
        Map<String, Integer> attempts = new HashMap<>();
        for (TaskRun task : details.tasks()) {
            last.merge(task.taskKey(), task, (a, b) -> a.attempt() > b.attempt() ? a : b);
            attempts.merge(task.taskKey(), 1, Integer::sum);
            assertThat(task.result()).as("every attempt has a result; " + name).isPresent();
        }
        for (TaskSpec spec : run.settings().tasks()) {
            startedAfterUpstreams(world, details.tasks(), spec, name);
        }
        Map<String, RunResult> expected = new HashMap<>();
        for (TaskSpec spec : run.settings().tasks()) {
            List<RunResult> before = spec.dependsOn().stream()
                    .map(d -> mood == World.Mood.ROUGH
                            ? expected.get(d.taskKey())
                            : Objects.requireNonNull(last.get(d.taskKey()))
                                    .result()
                                    .orElseThrow())
                    .toList();
            RunResult skipped = Oracle.skipped(spec.runIf(), before);
            RunResult actual =
                    Objects.requireNonNull(last.get(spec.key())).result().orElseThrow();
            if (mood == World.Mood.ROUGH) {
                Outcome outcome = skipped != RunResult.SUCCESS ? new Outcome(skipped, 1) : outcome(play.seed, spec);
                expected.put(spec.key(), outcome.result());
                assertThat(actual).as("result of %s; %s", spec.key(), name).isEqualTo(outcome.result());
                assertThat(attempts).as("attempts; " + name).containsEntry(spec.key(), outcome.attempts());
            } else if (!play.cancelled.contains(String.valueOf(runId))) {
                boolean ran = Objects.requireNonNull(last.get(spec.key())).state() != RunState.SKIPPED;
                assertThat(ran).as("%s runs; %s", spec.key(), name).isEqualTo(skipped == RunResult.SUCCESS);
            }
        }
        RunResult result = run.result().orElseThrow();
        if (mood == World.Mood.ROUGH) {
            assertThat(result).as("result of the run; " + name).isEqualTo(Oracle.ofRun(run.settings(), expected));
        }
        if (play.cancelled.isEmpty()) {
            assertThat(result).as(name).isNotEqualTo(RunResult.CANCELED);
        }
    }

    private static void startedAfterUpstreams(World world, List<TaskRun> tasks, TaskSpec spec, String name) {
        for (TaskRun task : tasks) {
            if (!task.taskKey().equals(spec.key())) {
                continue;
            }
            long first = world.drivers.begun().stream()
                    .filter(begun -> begun.contextId().equals(task.contextId()))
                    .mapToLong(FakeDrivers.Begun::at)
                    .min()
                    .orElse(Long.MAX_VALUE);
            for (TaskSpec.Dependency dependency : spec.dependsOn()) {
                long upstreamEnded = tasks.stream()
                        .filter(other -> other.taskKey().equals(dependency.taskKey()))
                        .mapToLong(TaskRun::endedAt)
                        .max()
                        .orElseThrow();
                assertThat(first)
                        .as("%s starts after %s; %s", spec.key(), dependency.taskKey(), name)
                        .isGreaterThanOrEqualTo(upstreamEnded);
            }
        }
    }

    private record Outcome(RunResult result, int attempts) {}

    /** What must become of a task that runs, from the fates of its code alone. */
    private static Outcome outcome(long seed, TaskSpec spec) {
        int cells = Integer.parseInt(((Work.NotebookTask) spec.work()).path().substring(3));
        for (int attempt = 0; ; attempt++) {
            RunResult result = RunResult.SUCCESS;
            for (int index = 0; index < cells && result == RunResult.SUCCESS; index++) {
                Fate fate = fate(seed, spec.key(), attempt, index);
                if (fate == Fate.EXIT) {
                    break;
                }
                result = switch (fate) {
                    case ERROR -> RunResult.FAILED;
                    case ENDLESS -> RunResult.TIMEDOUT;
                    default -> RunResult.SUCCESS;
                };
            }
            boolean again = result == RunResult.FAILED || (result == RunResult.TIMEDOUT && spec.retryOnTimeout());
            if (!again || attempt >= spec.maxRetries()) {
                return new Outcome(result, attempt + 1);
            }
        }
    }

    /** The rules of conditional tasks as Databricks documents them (jobs, run-if), written a second time. */
    private static final class Oracle {
        /** SUCCESS: it runs. Otherwise the result of a task that is skipped. */
        static RunResult skipped(TaskSpec.RunIf runIf, List<RunResult> before) {
            if (before.isEmpty()) {
                return RunResult.SUCCESS;
            }
            if (before.stream().allMatch(RunResult.EXCLUDED::equals)) {
                return RunResult.EXCLUDED;
            }
            boolean anyGood = before.stream().anyMatch(Oracle::good);
            boolean anyCancelled = before.stream().anyMatch(Oracle::cancelled);
            boolean anyFailed = before.stream().anyMatch(Oracle::failed);
            RunResult unmet = anyFailed ? RunResult.UPSTREAM_FAILED : RunResult.UPSTREAM_CANCELED;
            return switch (runIf) {
                case ALL_DONE -> RunResult.SUCCESS;
                case ALL_SUCCESS, NONE_FAILED -> anyFailed || anyCancelled ? unmet : RunResult.SUCCESS;
                case AT_LEAST_ONE_SUCCESS -> anyGood ? RunResult.SUCCESS : unmet;
                case AT_LEAST_ONE_FAILED -> anyFailed ? RunResult.SUCCESS : RunResult.EXCLUDED;
                case ALL_FAILED -> before.stream().allMatch(Oracle::failed) ? RunResult.SUCCESS : RunResult.EXCLUDED;
            };
        }

        static boolean good(RunResult result) {
            return result == RunResult.SUCCESS || result == RunResult.EXCLUDED;
        }

        static boolean cancelled(RunResult result) {
            return result == RunResult.CANCELED || result == RunResult.UPSTREAM_CANCELED;
        }

        static boolean failed(RunResult result) {
            return !good(result) && !cancelled(result);
        }

        /** That of the leaves; a failure before a good leaf is mentioned. */
        static RunResult ofRun(JobSettings settings, Map<String, RunResult> results) {
            Set<String> leaves = new HashSet<>(results.keySet());
            settings.tasks().forEach(task -> task.dependsOn().forEach(d -> leaves.remove(d.taskKey())));
            if (leaves.stream().map(results::get).anyMatch(RunResult.TIMEDOUT::equals)) {
                return RunResult.TIMEDOUT;
            }
            if (leaves.stream().map(results::get).anyMatch(Oracle::failed)) {
                return RunResult.FAILED;
            }
            return results.values().stream().allMatch(Oracle::good)
                    ? RunResult.SUCCESS
                    : RunResult.SUCCESS_WITH_FAILURES;
        }
    }
}
