package io.slipway.server;

import io.slipway.kit.ControlLoop;
import io.slipway.platform.compute.ClusterReconciler;
import io.slipway.platform.job.RunReconciler;
import io.slipway.platform.job.ScheduleReconciler;
import io.slipway.platform.job.TaskReconciler;
import io.slipway.platform.kernel.CommandReconciler;
import io.slipway.platform.kernel.ContextReconciler;
import io.slipway.platform.kernel.DriverNews;
import io.slipway.platform.notebook.NotebookFeed;
import io.slipway.platform.notebook.NotebookReconciler;
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
            ControlLoop<String> news,
            ControlLoop<Long> runs,
            ControlLoop<Long> tasks,
            ControlLoop<Long> schedules,
            ControlLoop<Long> notebooks,
            ContextReconciler contextSteps,
            TaskReconciler taskSteps,
            NotebookReconciler notebookSteps) {}

    private volatile Optional<Loops> installed = Optional.empty();

    void install(
            ControlLoop<String> clusters,
            ControlLoop<String> contexts,
            ControlLoop<String> commands,
            ControlLoop<String> news,
            ControlLoop<Long> runs,
            ControlLoop<Long> tasks,
            ControlLoop<Long> schedules,
            ControlLoop<Long> notebooks,
            ContextReconciler contextSteps,
            TaskReconciler taskSteps,
            NotebookReconciler notebookSteps) {
        installed = Optional.of(new Loops(
                clusters,
                contexts,
                commands,
                news,
                runs,
                tasks,
                schedules,
                notebooks,
                contextSteps,
                taskSteps,
                notebookSteps));
    }

    private volatile Optional<NotebookFeed> feed = Optional.empty();

    /** Whoever tells browsers what is new. */
    void watch(NotebookFeed whoTells) {
        feed = Optional.of(whoTells);
    }

    /** There is something to read in the log of a notebook; before anybody can watch, nobody must be told. */
    void notebookNews(long id) {
        feed.ifPresent(each -> each.news(id));
    }

    private Loops loops() {
        return installed.orElseThrow(() -> new IllegalStateException("nothing may happen before the loops are there"));
    }

    void cluster(String id) {
        loops().clusters().enqueue(id);
    }

    void clusterRunning(String id) {
        loops().news().enqueue(id);
        loops().taskSteps().waitingFor(id).forEach(this::task);
        loops().notebookSteps().attachedTo(id).forEach(this::notebook);
    }

    void clusterEnded(String id) {
        loops().contextSteps().clusterEnded(id);
        loops().taskSteps().waitingFor(id).forEach(this::task);
        loops().notebookSteps().attachedTo(id).forEach(this::notebook);
    }

    void context(String id) {
        loops().contexts().enqueue(id);
    }

    void command(String id) {
        loops().commands().enqueue(id);
    }

    /** It has put something out. */
    void commandMoved(String id) {
        NotebookReconciler.ownerOf(id).ifPresent(this::notebook);
    }

    void commandEnded(String id) {
        TaskReconciler.ownerOf(id).ifPresent(this::task);
        NotebookReconciler.ownerOf(id).ifPresent(this::notebook);
    }

    void notebook(long id) {
        loops().notebooks().enqueue(id);
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
            DriverNews newsSteps,
            RunReconciler runSteps,
            TaskReconciler taskSteps,
            ScheduleReconciler scheduleSteps,
            NotebookReconciler notebookSteps,
            Duration period) {
        Loops loops = loops();
        loops.clusters().resync(clusterSteps::unsettled, period);
        loops.contexts().resync(contextSteps::toDo, period);
        loops.commands().resync(commandSteps::unfinished, period);
        loops.news().resync(newsSteps::running, period);
        loops.runs().resync(runSteps::unfinished, period);
        loops.tasks().resync(taskSteps::unfinished, period);
        loops.schedules().resync(scheduleSteps::scheduled, period);
        loops.notebooks().resync(notebookSteps::unsettled, period);
    }
}
