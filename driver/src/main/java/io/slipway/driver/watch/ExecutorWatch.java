package io.slipway.driver.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** The executors that serve this driver and the tasks that run or wait; feeds scaling decisions of the server. */
public final class ExecutorWatch extends SparkListener {
    private static final Pattern EXIT_CODE = Pattern.compile("exit(?:ed with)? code (\\d+)");

    /** One executor; guarded by the listener's lock. */
    private static final class Executor {
        final String host;
        final int cores;
        final long addedAt;
        int activeTasks;
        long idleSince;

        Executor(String host, int cores, long addedAt) {
            this.host = host;
            this.cores = cores;
            this.addedAt = addedAt;
            this.idleSince = addedAt;
        }
    }

    private final Map<String, Executor> executors = new LinkedHashMap<>();
    private final Map<String, Integer> waiting = new LinkedHashMap<>();
    private final ExecutorFailures failures;
    private int running;

    public ExecutorWatch(ExecutorFailures failures) {
        this.failures = failures;
    }

    /** In local mode the only executor is there before anybody can listen. */
    public synchronized void addLocal(String host, int cores) {
        executors.put("driver", new Executor(host, cores, System.currentTimeMillis()));
    }

    @Override
    public synchronized void onExecutorAdded(SparkListenerExecutorAdded event) {
        var info = event.executorInfo();
        executors.put(event.executorId(), new Executor(info.executorHost(), info.totalCores(), event.time()));
    }

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        executors.remove(event.executorId());
        Matcher code = EXIT_CODE.matcher(event.reason());
        if (code.find()) {
            failures.exitCode(event.executorId(), Integer.parseInt(code.group(1)));
        }
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        var stage = event.stageInfo();
        waiting.put(stage.stageId() + "." + stage.attemptNumber(), stage.numTasks());
    }

    @Override
    public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
        waiting.remove(event.stageInfo().stageId() + "." + event.stageInfo().attemptNumber());
    }

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart event) {
        running++;
        waiting.computeIfPresent(
                event.stageId() + "." + event.stageAttemptId(), (stage, left) -> Math.max(0, left - 1));
        Executor executor = executors.get(event.taskInfo().executorId());
        if (executor != null) {
            executor.activeTasks++;
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        running = Math.max(0, running - 1);
        Executor executor = executors.get(event.taskInfo().executorId());
        if (executor != null) {
            executor.activeTasks = Math.max(0, executor.activeTasks - 1);
            executor.idleSince = event.taskInfo().finishTime();
        }
    }

    /** Adds executors, tasks and failures to the answer of {@code GET /status}. */
    public void describe(ObjectNode status) {
        synchronized (this) {
            var list = status.putArray("executors");
            int cores = 0;
            for (var entry : executors.entrySet()) {
                Executor executor = entry.getValue();
                cores += executor.cores;
                list.addObject()
                        .put("id", entry.getKey())
                        .put("host", executor.host)
                        .put("cores", executor.cores)
                        .put("addedAt", executor.addedAt)
                        .put("activeTasks", executor.activeTasks)
                        .put("idleSince", executor.activeTasks > 0 ? 0 : executor.idleSince);
            }
            status.put(
                    "pendingTasks",
                    waiting.values().stream().mapToInt(Integer::intValue).sum());
            status.put("runningTasks", running);
            status.put("totalCores", cores);
        }
        status.set("executorFailures", failures.view());
    }
}
