package io.slipway.driver.watch;

import io.slipway.driver.clock.SteadyClock;
import io.slipway.protocol.driver.DriverStatus;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final Runnable changed;
    private int running;

    /** @param changed run whenever what is told of executors and tasks has changed */
    public ExecutorWatch(ExecutorFailures failures, Runnable changed) {
        this.failures = failures;
        this.changed = changed;
    }

    /** In local mode the only executor is there before anybody can listen. */
    public synchronized void addLocal(String host, int cores) {
        executors.put("driver", new Executor(host, cores, SteadyClock.millis()));
        changed.run();
    }

    @Override
    public synchronized void onExecutorAdded(SparkListenerExecutorAdded event) {
        var info = event.executorInfo();
        executors.put(event.executorId(), new Executor(info.executorHost(), info.totalCores(), SteadyClock.millis()));
        changed.run();
    }

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        executors.remove(event.executorId());
        Matcher code = EXIT_CODE.matcher(event.reason());
        if (code.find()) {
            failures.exitCode(event.executorId(), Integer.parseInt(code.group(1)));
        }
        changed.run();
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        var stage = event.stageInfo();
        waiting.put(stage.stageId() + "." + stage.attemptNumber(), stage.numTasks());
        changed.run();
    }

    @Override
    public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
        waiting.remove(event.stageInfo().stageId() + "." + event.stageInfo().attemptNumber());
        changed.run();
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
        changed.run();
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        running = Math.max(0, running - 1);
        Executor executor = executors.get(event.taskInfo().executorId());
        if (executor != null) {
            executor.activeTasks = Math.max(0, executor.activeTasks - 1);
            executor.idleSince = SteadyClock.millis();
        }
        changed.run();
    }

    /** The executors there are, the tasks that wait and run, and the cores. */
    public record Load(List<DriverStatus.Executor> executors, int pendingTasks, int runningTasks, int totalCores) {}

    public synchronized Load load() {
        var list = executors.entrySet().stream()
                .map(each -> new DriverStatus.Executor(
                        each.getKey(),
                        each.getValue().host,
                        each.getValue().cores,
                        each.getValue().addedAt,
                        each.getValue().activeTasks,
                        each.getValue().activeTasks > 0 ? 0 : each.getValue().idleSince))
                .toList();
        return new Load(
                list,
                waiting.values().stream().mapToInt(Integer::intValue).sum(),
                running,
                list.stream().mapToInt(DriverStatus.Executor::cores).sum());
    }
}
