package io.slipway.driver.watch;

import io.slipway.driver.output.Journal;
import io.slipway.protocol.driver.SparkJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** The Spark jobs of each command, found by the tag that a command gives its jobs. */
public final class SparkJobs extends SparkListener {
    private static final String TAGS = "spark.job.tags";
    private static final int JOBS_PER_COMMAND = 1_000;

    /** Counts of one job; guarded by the listener's lock. */
    private static final class Job {
        final String tag;
        final int id;
        final int tasks;
        SparkJob.State state = SparkJob.State.RUNNING;
        int done;
        int active;
        int failed;

        Job(String tag, int id, int tasks) {
            this.tag = tag;
            this.id = id;
            this.tasks = tasks;
        }
    }

    private final Journal journal;
    private final Map<String, Map<Integer, Job>> byTag = new LinkedHashMap<>();
    private final Map<Integer, Job> byId = new LinkedHashMap<>();
    private final Map<Integer, Job> byStage = new LinkedHashMap<>();

    public SparkJobs(Journal journal) {
        this.journal = journal;
    }

    @Override
    public synchronized void onJobStart(SparkListenerJobStart event) {
        String tag = tagOf(event);
        if (tag == null) {
            return;
        }
        var jobs = byTag.computeIfAbsent(tag, key -> new LinkedHashMap<>());
        if (jobs.size() >= JOBS_PER_COMMAND) {
            return;
        }
        int tasks = 0;
        var stages = CollectionConverters.asJava(event.stageInfos());
        for (var stage : stages) {
            tasks += stage.numTasks();
        }
        var job = new Job(tag, event.jobId(), tasks);
        jobs.put(event.jobId(), job);
        byId.put(event.jobId(), job);
        for (var stage : stages) {
            byStage.put(stage.stageId(), job);
        }
        tell(tag);
    }

    private static @Nullable String tagOf(SparkListenerJobStart event) {
        String tags = event.properties() == null ? null : event.properties().getProperty(TAGS);
        if (tags != null) {
            for (String tag : tags.split(",")) {
                if (tag.startsWith("slipway:")) {
                    return tag;
                }
            }
        }
        return null;
    }

    private void tell(String tag) {
        String[] parts = tag.split(":", 3);
        journal.progress(parts[1], parts[2], () -> progress(tag));
    }

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart event) {
        Job job = byStage.get(event.stageId());
        if (job != null) {
            job.active++;
            tell(job.tag);
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        Job job = byStage.get(event.stageId());
        if (job == null) {
            return;
        }
        job.active = Math.max(0, job.active - 1);
        if (event.taskInfo().successful()) {
            job.done++;
        } else {
            job.failed++;
        }
        tell(job.tag);
    }

    @Override
    public synchronized void onJobEnd(SparkListenerJobEnd event) {
        Job job = byId.remove(event.jobId());
        if (job != null) {
            job.state = event.jobResult() == org.apache.spark.scheduler.JobSucceeded$.MODULE$
                    ? SparkJob.State.DONE
                    : SparkJob.State.FAILED;
            job.active = 0;
            byStage.values().removeIf(other -> other == job);
            tell(job.tag);
        }
    }

    /** The jobs of the command, oldest first. */
    public synchronized List<SparkJob> progress(String tag) {
        return byTag.getOrDefault(tag, Map.of()).values().stream()
                .map(job -> new SparkJob(job.id, job.state, job.tasks, job.done, job.active, job.failed))
                .toList();
    }

    /** The command is gone, its counts may go too. */
    public synchronized void forget(String tag) {
        var jobs = byTag.remove(tag);
        if (jobs != null) {
            jobs.keySet().forEach(byId::remove);
            byStage.values().removeIf(jobs::containsValue);
        }
    }
}
