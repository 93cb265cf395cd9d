package io.slipway.work.job;

import io.slipway.content.notebook.Sources;
import io.slipway.identity.IdentityArea;
import io.slipway.kit.Kind;
import io.slipway.kit.Loop;
import io.slipway.spark.compute.ClusterFact;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.kernel.CommandFact;
import io.slipway.spark.kernel.Contexts;
import io.slipway.store.Base;
import io.slipway.store.Tx;

/** Jobs, their schedules, runs and runs of tasks, put together. */
public final class JobRoom {
    private final Jobs jobs;
    private final Runs runs;
    private final RunReconciler runSteps;
    private final TaskReconciler taskSteps;
    private final Loop<Long> taskLoop;

    /** @param serverUrl what tasks are told when they ask for the address of their workspace */
    public JobRoom(
            Base base, IdentityArea identity, Clusters clusters, Contexts contexts, Sources sources, String serverUrl) {
        Loop<Long> scheduleLoop = base.loops().loop("schedule");
        Loop<Long> runLoop = base.loops().loop("run");
        taskLoop = base.loops().loop("task");
        TaskClusters taskClusters = new TaskClusters(base.database(), identity.identities(), clusters, contexts);
        jobs = new Jobs(base, identity, scheduleLoop);
        runs = new Runs(base, identity, contexts, runLoop);
        runSteps = new RunReconciler(base, taskClusters, runLoop, taskLoop);
        taskSteps = new TaskReconciler(base, taskClusters, contexts, sources, runLoop, serverUrl);
        base.loops().run(scheduleLoop, new ScheduleReconciler(base, identity.identities(), runs));
        base.loops().run(runLoop, runSteps);
        base.loops().run(taskLoop, taskSteps);
        base.facts().on(ClusterFact.Running.class, (tx, fact) -> wakeTasksOf(tx, fact));
        base.facts().on(ClusterFact.Ended.class, (tx, fact) -> wakeTasksOf(tx, fact));
        // More runs may be allowed at a time than before.
        base.facts()
                .on(
                        JobFact.Changed.class,
                        (tx, fact) -> runSteps.wakeQueued(tx, fact.subject().number()));
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
