package io.slipway.work.job;

import io.slipway.content.notebook.Sources;
import io.slipway.identity.Caller;
import io.slipway.kit.Clock;
import io.slipway.kit.Elapsed;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.Loop;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Reconciler;
import io.slipway.kit.Ref;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.kernel.Command;
import io.slipway.spark.kernel.CommandState;
import io.slipway.spark.kernel.ContextOptions;
import io.slipway.spark.kernel.Contexts;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs one attempt at one task: cluster, context, command after command, end. Every step is found again after a crash by ids that
 * follow from the task run's own, so that nothing runs twice.
 */
final class TaskReconciler implements Reconciler<Long> {
    private static final Duration CLUSTER_POLL = Duration.ofMillis(250);
    private static final Duration LONGEST_DOUBT = Duration.ofSeconds(5);

    private final Database database;
    private final Clock clock;
    private final TaskClusters clusters;
    private final Contexts contexts;
    private final Sources sources;
    private final Loop<Long> runLoop;
    private final String serverUrl;
    private final Elapsed<Long> running;
    private final RunStore runs = new RunStore();
    private final TaskRunStore tasks = new TaskRunStore();

    /**
     * @param runLoop woken for a run when one of its tasks has moved on
     * @param serverUrl what tasks are told when they ask for the address of their workspace
     */
    TaskReconciler(
            Base base,
            TaskClusters clusters,
            Contexts contexts,
            Sources sources,
            Loop<Long> runLoop,
            String serverUrl) {
        this.database = base.database();
        this.clock = base.clock();
        this.clusters = clusters;
        this.contexts = contexts;
        this.sources = sources;
        this.runLoop = runLoop;
        this.serverUrl = serverUrl;
        this.running = new Elapsed<>(base.clock());
    }

    @Override
    public Outcome reconcile(Long taskRunId) {
        Optional<TaskRun> found = database.read(handle -> tasks.find(handle, taskRunId));
        Optional<Run> run = found.flatMap(task -> database.read(handle -> runs.find(handle, task.runId())));
        if (found.isEmpty() || run.isEmpty()) {
            return Outcome.done();
        }
        TaskRun task = found.get();
        TaskSpec spec = run.get().settings().task(task.taskKey());
        return switch (task.state()) {
            case PENDING -> prepare(run.get(), task, spec);
            case RUNNING -> work(run.get(), task, spec);
            case TERMINATING -> stop(run.get(), task, spec);
            default -> Outcome.done();
        };
    }

    private Outcome prepare(Run run, TaskRun task, TaskSpec spec) {
        if (run.cancelRequested()) {
            return finish(run, task, RunState.TERMINATED, ending(RunResult.CANCELED, "Run cancelled."));
        }
        if (late(task, spec)) {
            return failOrRepeat(run, task, spec, RunState.TERMINATED, ending(RunResult.TIMEDOUT, timedOut(spec)));
        }
        try {
            if (task.clusterId().isEmpty()) {
                Optional<Cluster> cluster = spec.compute().obtain(clusters, run, task);
                cluster.ifPresent(there -> database.change(tx -> tasks.cluster(tx, task.id(), there.id())));
                return Outcome.again(cluster.isPresent() ? Duration.ZERO : CLUSTER_POLL);
            }
            Cluster cluster = clusters.get(task.clusterId());
            if (cluster.state() == ClusterState.TERMINATING || cluster.state() == ClusterState.TERMINATED) {
                return failOrRepeat(
                        run, task, spec, RunState.INTERNAL_ERROR, ending(RunResult.FAILED, terminated(cluster)));
            }
            if (!cluster.state().up()) {
                return awaitNews(task, spec);
            }
            begin(run, task, spec);
            return Outcome.again(Duration.ZERO);
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.INVALID_STATE) {
                return Outcome.again(CLUSTER_POLL);
            }
            return finish(run, task, RunState.INTERNAL_ERROR, ending(RunResult.FAILED, e.message()));
        }
    }

    private static String terminated(Cluster cluster) {
        String why = cluster.termination()
                .map(reason -> reason.code() + " (" + reason.type() + "): " + reason.message())
                .orElse("unknown");
        return "Cluster '" + cluster.id() + "' was terminated. Reason: " + why;
    }

    private void begin(Run run, TaskRun task, TaskSpec spec) {
        Map<String, TaskRun> latest = database.read(handle -> tasks.latest(handle, run.id()));
        Work.Given given = Work.Given.of(run, task, latest, serverUrl);
        Caller owner = clusters.owner(run);
        List<CommandSpec> plan = spec.work().with(given).commands(owner, sources);
        contexts.create(
                owner,
                Ref.of(Kind.TASK_RUN, run.workspace(), task.id()),
                task.contextId(),
                task.clusterId(),
                plan.isEmpty() || !(plan.get(0) instanceof CommandSpec.Code code) ? "python" : language(code),
                new ContextOptions(
                        spec.work().widgets(given),
                        taskValues(latest),
                        spec.libraries(),
                        spec.work().notebookPath(),
                        new ContextSpec.RunInfo(run.jobId().orElse(0L), run.id(), task.id(), task.taskKey())));
        database.change(tx -> {
            tasks.plan(tx, task.id(), plan, clock.millis());
            tasks.state(tx, task, RunState.RUNNING);
            tx.wake(runLoop, run.id());
        });
    }

    private static String language(CommandSpec.Code code) {
        return List.of("python", "sql", "scala").contains(code.language()) ? code.language() : "python";
    }

    private static Map<String, Map<String, String>> taskValues(Map<String, TaskRun> latest) {
        Map<String, Map<String, String>> values = new HashMap<>();
        latest.forEach((key, other) -> values.put(key, other.taskValues()));
        return values;
    }

    private Outcome work(Run run, TaskRun task, TaskSpec spec) {
        if (run.cancelRequested() || late(task, spec)) {
            if (task.position() < task.plan().size()) {
                cancel(task);
            }
            database.change(tx -> tasks.state(tx, task, RunState.TERMINATING));
            return Outcome.again(Duration.ZERO);
        }
        if (task.position() >= task.plan().size()) {
            return finish(run, task, RunState.TERMINATED, ending(RunResult.SUCCESS, ""));
        }
        try {
            contexts.execute(
                    Caller.SYSTEM,
                    task.commandId(task.position()),
                    task.contextId(),
                    task.plan().get(task.position()));
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.INVALID_STATE) {
                return failOrRepeat(run, task, spec, RunState.INTERNAL_ERROR, ending(RunResult.FAILED, e.message()));
            }
            throw e;
        }
        if (!contexts.ended(Caller.SYSTEM, task.commandId(task.position()))) {
            return awaitNews(task, spec);
        }
        return next(run, task, spec, contexts.result(Caller.SYSTEM, task.commandId(task.position()), 0));
    }

    private void cancel(TaskRun task) {
        try {
            contexts.cancel(Caller.SYSTEM, task.commandId(task.position()));
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    private Outcome next(Run run, TaskRun task, TaskSpec spec, Contexts.Result result) {
        Map<String, String> values = new TreeMap<>(task.taskValues());
        Optional<String> exit = Optional.empty();
        for (OutputFrame frame : result.frames()) {
            frame.taskValue().ifPresent(set -> values.put(set.key(), Json.write(set.value())));
            if (frame.exit().isPresent()) {
                exit = frame.exit();
            }
        }
        Command command = result.command();
        CommandStatus.Outcome outcome = command.outcome().orElse(CommandStatus.Outcome.ERROR);
        if (command.state() == CommandState.FINISHED && outcome != CommandStatus.Outcome.ERROR) {
            boolean last = outcome == CommandStatus.Outcome.EXIT
                    || task.position() + 1 >= task.plan().size();
            if (!last) {
                database.change(tx -> tasks.position(tx, task.id(), task.position() + 1, values));
                return Outcome.again(Duration.ZERO);
            }
            TaskRunStore.Ending ending =
                    new TaskRunStore.Ending(RunResult.SUCCESS, "", exit, Optional.empty(), Optional.empty());
            // Together with the end: after an exit, the next command must not be run by a server that comes back.
            return finish(
                    run,
                    task,
                    RunState.TERMINATED,
                    ending,
                    tx -> tasks.position(tx, task.id(), task.position() + 1, values));
        }
        if (command.state() == CommandState.LOST && clusterMayTellWhy(task, command)) {
            return Outcome.again(CLUSTER_POLL);
        }
        database.change(tx -> tasks.position(tx, task.id(), task.position(), values));
        return failOrRepeat(
                run,
                task,
                spec,
                command.state() == CommandState.LOST ? RunState.INTERNAL_ERROR : RunState.TERMINATED,
                command.state() == CommandState.LOST ? lost(task, result) : failure(result));
    }

    /** A driver that died takes its cluster with it, but a command may hear of the death before the cluster does. */
    private boolean clusterMayTellWhy(TaskRun task, Command command) {
        return clock.millis() - command.endedAt() < LONGEST_DOUBT.toMillis()
                && clusters.find(task.clusterId())
                        .filter(cluster -> cluster.state().up())
                        .isPresent();
    }

    /** Why the driver is gone: the cluster's own reason, if it has ended. */
    private TaskRunStore.Ending lost(TaskRun task, Contexts.Result result) {
        return clusters.find(task.clusterId())
                .filter(cluster ->
                        cluster.state() == ClusterState.TERMINATING || cluster.state() == ClusterState.TERMINATED)
                .map(cluster -> ending(RunResult.FAILED, terminated(cluster)))
                .orElseGet(() -> failure(result));
    }

    private static TaskRunStore.Ending failure(Contexts.Result result) {
        if (result.command().state() == CommandState.CANCELLED) {
            return ending(RunResult.CANCELED, "The command was cancelled.");
        }
        boolean lost = result.command().state() == CommandState.LOST;
        return result.frames().stream()
                .flatMap(frame -> frame.problem().stream())
                .findFirst()
                .map(problem -> new TaskRunStore.Ending(
                        RunResult.FAILED,
                        lost ? problem.evalue() : "Workload failed, see run output for details",
                        Optional.empty(),
                        Optional.of(problem.ename() + ": " + problem.evalue()),
                        Optional.of(String.join("\n", problem.traceback()))))
                .orElseGet(() -> ending(RunResult.FAILED, "The command failed without an error of its own."));
    }

    private static TaskRunStore.Ending ending(RunResult result, String message) {
        return new TaskRunStore.Ending(
                result,
                message,
                Optional.empty(),
                result == RunResult.FAILED ? Optional.of(message) : Optional.empty(),
                Optional.empty());
    }

    private boolean late(TaskRun task, TaskSpec spec) {
        return limited(spec) && timeLeft(task, spec).compareTo(Duration.ZERO) <= 0;
    }

    private static boolean limited(TaskSpec spec) {
        return spec.timeoutSeconds() > 0;
    }

    private Duration timeLeft(TaskRun task, TaskSpec spec) {
        return Duration.ofSeconds(spec.timeoutSeconds()).minus(running.since(task.id(), task.startedAt()));
    }

    /** Cluster and command say by their facts when they have come further; only a time limit has to be looked after. */
    private Outcome awaitNews(TaskRun task, TaskSpec spec) {
        return limited(spec) ? Outcome.again(timeLeft(task, spec)) : Outcome.done();
    }

    private static String timedOut(TaskSpec spec) {
        return "The task took longer than " + spec.timeoutSeconds() + " seconds.";
    }

    /** Waits until the cancelled command has really ended, then ends the context, which ends it in any case. */
    private Outcome stop(Run run, TaskRun task, TaskSpec spec) {
        boolean late = late(task, spec) && !run.cancelRequested();
        TaskRunStore.Ending ending =
                late ? ending(RunResult.TIMEDOUT, timedOut(spec)) : ending(RunResult.CANCELED, "Run cancelled.");
        return late
                ? failOrRepeat(run, task, spec, RunState.TERMINATED, ending)
                : finish(run, task, RunState.TERMINATED, ending);
    }

    private Outcome failOrRepeat(Run run, TaskRun task, TaskSpec spec, RunState state, TaskRunStore.Ending ending) {
        boolean triesLeft = spec.maxRetries() < 0 || task.attempt() < spec.maxRetries();
        boolean repeatable =
                ending.result() == RunResult.FAILED || (ending.result() == RunResult.TIMEDOUT && spec.retryOnTimeout());
        boolean repeat = triesLeft && repeatable && !run.cancelRequested();
        return finish(run, task, repeat ? RunState.WAITING_FOR_RETRY : state, ending);
    }

    private Outcome finish(Run run, TaskRun task, RunState state, TaskRunStore.Ending ending) {
        return finish(run, task, state, ending, tx -> {});
    }

    /** The end comes first: how a task went is known from its context, which goes after it. The run sweeps up what a crash leaves. */
    private Outcome finish(Run run, TaskRun task, RunState state, TaskRunStore.Ending ending, Consumer<Tx> also) {
        database.change(tx -> {
            also.accept(tx);
            tasks.state(tx, task, state);
            tasks.ending(tx, task.id(), ending, clock.millis());
            tasks.ended(tx, task.id(), clock.millis());
            running.forget(task.id());
            tx.wake(runLoop, run.id());
        });
        clusters.release(task);
        return Outcome.done();
    }

    @Override
    public List<Long> unfinished() {
        return database.read(tasks::unfinished);
    }

    /** Task runs on this cluster that have not ended. */
    List<Long> waitingFor(Tx tx, String clusterId) {
        return tasks.waitingFor(tx.sql(), clusterId);
    }
}
