package io.slipway.work;

import io.slipway.content.notebook.Sources;
import io.slipway.identity.IdentityArea;
import io.slipway.spark.SparkArea;
import io.slipway.store.Base;
import io.slipway.work.job.JobRoom;
import io.slipway.work.job.Jobs;
import io.slipway.work.job.Runs;

/** Jobs and their runs, put together. */
public final class WorkArea {
    private final JobRoom job;

    /** @param serverUrl what tasks are told when they ask for the address of their workspace */
    public WorkArea(Base base, IdentityArea identity, SparkArea spark, Sources sources, String serverUrl) {
        job = new JobRoom(base, identity, spark.clusters(), spark.contexts(), sources, serverUrl);
    }

    public Jobs jobs() {
        return job.jobs();
    }

    public Runs runs() {
        return job.runs();
    }

    /** Whether some run has not ended. */
    public boolean busy() {
        return job.busy();
    }
}
