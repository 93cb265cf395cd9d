package io.slipway.server;

import io.slipway.kit.ControlLoop;
import io.slipway.platform.compute.ClusterReconciler;
import io.slipway.platform.job.RunReconciler;
import io.slipway.platform.job.ScheduleReconciler;
import io.slipway.platform.job.TaskReconciler;
import io.slipway.platform.kernel.CommandReconciler;
import io.slipway.platform.kernel.ContextReconciler;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is woken by what. Rooms only say that something happened; this table knows which loops care. It breaks the circle between
 * rooms and loops: rooms are made first, loops are installed before the server answers.
 */
final class Wakes {
    private record Loops(
            ControlLoop<String> clusters,
            ControlLoop<String> contexts,
            ControlLoop<String> commands,
            ControlLoop<Long> runs,
            ControlLoop<Long> tasks,
            ControlLoop<Long> schedules,
            ContextReconciler contextSteps,
            TaskReconciler taskSteps) {}

    private volatile Optional<Loops> installed = Optional.empty();

    void install(
            ControlLoop<String> clusters,
            ControlLoop<String> contexts,
            ControlLoop<String> commands,
            ControlLoop<Long> runs,
            ControlLoop<Long> tasks,
            ControlLoop<Long> schedules,
            ContextReconciler contextSteps,
            TaskReconciler taskSteps) {
        installed =
                Optional.of(new Loops(clusters, contexts, commands, runs, tasks, schedules, contextSteps, taskSteps));
    }

    private Loops loops() {
        return installed.orElseThrow(() -> new IllegalStateException("nothing may happen before the loops are there"));
    }

    void cluster(String id) {
        loops().clusters().enqueue(id);
    }

    void clusterRunning(String id) {
        loops().taskSteps().waitingFor(id).forEach(this::task);
    }

    void clusterEnded(String id) {
        loops().contextSteps().clusterEnded(id);
        loops().taskSteps().waitingFor(id).forEach(this::task);
    }

    void context(String id) {
        loops().contexts().enqueue(id);
    }

    void command(String id) {
        loops().commands().enqueue(id);
    }

    void commandEnded(String id) {
        TaskReconciler.ownerOf(id).ifPresent(this::task);
    }

    void job(long id) {
        loops().schedules().enqueue(id);
    }

    void run(long id) {
        loops().runs().enqueue(id);
    }

    void runEnded(long id) {
        // Nobody waits for runs yet.
    }

    void task(long id) {
        loops().tasks().enqueue(id);
    }

    /** Looks at everything unfinished now and then: nothing depends on a signal having arrived. */
    void resync(
            ClusterReconciler clusterSteps,
            ContextReconciler contextSteps,
            CommandReconciler commandSteps,
            RunReconciler runSteps,
            TaskReconciler taskSteps,
            ScheduleReconciler scheduleSteps,
            Duration period) {
        Loops loops = loops();
        loops.clusters().resync(clusterSteps::unsettled, period);
        loops.contexts().resync(contextSteps::toDo, period);
        loops.commands().resync(commandSteps::unfinished, period);
        loops.runs().resync(runSteps::unfinished, period);
        loops.tasks().resync(taskSteps::unfinished, period);
        loops.schedules().resync(scheduleSteps::scheduled, period);
    }
}
