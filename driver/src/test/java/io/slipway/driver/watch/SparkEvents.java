package io.slipway.driver.watch;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.TaskState;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.JobFailed;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.apache.spark.scheduler.cluster.ExecutorInfo;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Events as Spark sends them to its listeners. */
final class SparkEvents {
    private static final TaskMetrics NONE = TaskMetrics.empty();

    private SparkEvents() {}

    private static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }

    static StageInfo stage(int id, int attempt, int tasks) {
        return new StageInfo(
                id,
                attempt,
                "stage " + id,
                tasks,
                seq(List.of()),
                seq(List.of()),
                "",
                NONE,
                seq(List.of()),
                Option.empty(),
                0,
                false,
                0);
    }

    /** @param tags as Spark writes them, with commas; null for a job without properties */
    static SparkListenerJobStart jobStart(int id, @Nullable String tags, StageInfo... stages) {
        Properties properties = null;
        if (tags != null) {
            properties = new Properties();
            properties.setProperty("spark.job.tags", tags);
        }
        return new SparkListenerJobStart(id, 0, seq(List.of(stages)), properties);
    }

    static SparkListenerJobEnd jobEnd(int id, boolean success) {
        return new SparkListenerJobEnd(
                id, 0, success ? JobSucceeded$.MODULE$ : new JobFailed(new IllegalStateException("no")));
    }

    private static TaskInfo task(String executor) {
        return new TaskInfo(0, 0, 0, 0, 0, executor, "host", TaskLocality.PROCESS_LOCAL(), false);
    }

    static SparkListenerTaskStart taskStart(int stage, int attempt, String executor) {
        return new SparkListenerTaskStart(stage, attempt, task(executor));
    }

    static SparkListenerTaskEnd taskEnd(int stage, int attempt, String executor, boolean success) {
        TaskInfo task = task(executor);
        task.markFinished(success ? TaskState.FINISHED() : TaskState.FAILED(), 1);
        return new SparkListenerTaskEnd(
                stage, attempt, "ResultTask", org.apache.spark.Success$.MODULE$, task, new ExecutorMetrics(), NONE);
    }

    static SparkListenerStageSubmitted submitted(StageInfo stage) {
        return new SparkListenerStageSubmitted(stage, new Properties());
    }

    static SparkListenerStageCompleted completed(StageInfo stage) {
        return new SparkListenerStageCompleted(stage);
    }

    static SparkListenerExecutorAdded added(String id, String host, int cores) {
        return new SparkListenerExecutorAdded(
                0, id, new ExecutorInfo(host, cores, Map$.MODULE$.from(CollectionConverters.asScala(Map.of()))));
    }

    static SparkListenerExecutorRemoved removed(String id, String reason) {
        return new SparkListenerExecutorRemoved(0, id, reason);
    }
}
