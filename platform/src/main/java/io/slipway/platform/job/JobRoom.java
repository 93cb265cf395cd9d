package io.slipway.platform.job;

import io.slipway.kit.Kind;
import io.slipway.kit.Loop;
import io.slipway.platform.compute.ClusterFact;
import io.slipway.platform.compute.Clusters;
import io.slipway.platform.identity.Access;
import io.slipway.platform.identity.Identities;
import io.slipway.platform.kernel.CommandFact;
import io.slipway.platform.kernel.Contexts;
import io.slipway.store.Base;
import io.slipway.store.Tx;

/** Jobs, their schedules, runs and runs of tasks, put together. */
public final class JobRoom {
    private final Jobs jobs;
    private final Runs runs;
    private final RunReconciler runSteps;
    private final TaskReconciler taskSteps;
    private final Loop<Long> taskLoop;

    public JobRoom(
            Base base,
            Access access,
            Identities identities,
            Clusters clusters,
            Contexts contexts,
            TaskPlan.Sources sources) {
        Loop<Long> scheduleLoop = base.loops().loop("schedule");
        Loop<Long> runLoop = base.loops().loop("run");
        taskLoop = base.loops().loop("task");
        TaskClusters taskClusters = new TaskClusters(clusters, contexts);
        jobs = new Jobs(base, access, scheduleLoop);
        runs = new Runs(base, access, contexts, runLoop);
        runSteps = new RunReconciler(base, taskClusters, taskLoop);
        taskSteps = new TaskReconciler(base, taskClusters, contexts, new TaskPlan(sources), runLoop);
        base.loops().run(scheduleLoop, new ScheduleReconciler(base, identities, runs));
        base.loops().run(runLoop, runSteps);
        base.loops().run(taskLoop, taskSteps);
        base.facts().on(ClusterFact.Running.class, (tx, fact) -> wakeTasksOf(tx, fact));
        base.facts().on(ClusterFact.Ended.class, (tx, fact) -> wakeTasksOf(tx, fact));
        base.facts().on(CommandFact.Ended.class, (tx, ended) -> {
            if (ended.partOf().kind() == Kind.TASK_RUN) {
                tx.wake(taskLoop, ended.partOf().number());
            }
        });
    }

    private void wakeTasksOf(Tx tx, ClusterFact fact) {
        taskSteps.waitingFor(tx, fact.subject().id()).forEach(task -> tx.wake(taskLoop, task));
    }

    public Jobs jobs() {
        return jobs;
    }

    public Runs runs() {
        return runs;
    }

    /** Whether some run has not ended. */
    public boolean busy() {
        return !runSteps.unfinished().isEmpty();
    }
}
