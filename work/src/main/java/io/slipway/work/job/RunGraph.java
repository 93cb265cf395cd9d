package io.slipway.work.job;

import io.slipway.kit.PlatformException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides, from how far each task has come, which may start and which never will. Pure: the same input gives the same answer. */
final class RunGraph {
    /** What is to be done with a task that waits. */
    enum Verdict {
        WAIT,
        START,
        UPSTREAM_FAILED,
        UPSTREAM_CANCELED,
        EXCLUDED
    }

    private RunGraph() {}

    /** Refuses unknown keys, duplicates and cycles. */
    static void check(List<TaskSpec> tasks) {
        Map<String, TaskSpec> byKey = new HashMap<>();
        for (TaskSpec task : tasks) {
            if (byKey.put(task.key(), task) != null) {
                throw PlatformException.invalid("Task key '" + task.key() + "' is used more than once.");
            }
        }
        for (TaskSpec task : tasks) {
            for (TaskSpec.Dependency dependency : task.dependsOn()) {
                if (!byKey.containsKey(dependency.taskKey())) {
                    throw PlatformException.invalid("Task '" + task.key() + "' depends on '" + dependency.taskKey()
                            + "', which is not a task of this job.");
                }
            }
        }
        Set<String> done = new HashSet<>();
        List<TaskSpec> left = new ArrayList<>(tasks);
        while (!left.isEmpty()) {
            List<TaskSpec> next = left.stream()
                    .filter(task -> task.dependsOn().stream().allMatch(d -> done.contains(d.taskKey())))
                    .toList();
            if (next.isEmpty()) {
                throw PlatformException.invalid("The tasks form a cycle: "
                        + String.join(", ", left.stream().map(TaskSpec::key).toList()) + ".");
            }
            next.forEach(task -> done.add(task.key()));
            left.removeAll(next);
        }
    }

    /**
     * The rules of Databricks' "Run if": an excluded task counts as good, a task behind nothing but excluded ones is excluded itself,
     * and only conditions that wait for a failure exclude when they are not met.
     *
     * @param latest the last attempt of every task of the run
     */
    static Verdict decide(TaskSpec task, Map<String, TaskRun> latest) {
        List<TaskRun> before = new ArrayList<>();
        for (TaskSpec.Dependency dependency : task.dependsOn()) {
            TaskRun run = latest.get(dependency.taskKey());
            if (run == null || !run.state().ended()) {
                return Verdict.WAIT;
            }
            before.add(run);
        }
        if (before.isEmpty()) {
            return Verdict.START;
        }
        long succeeded = before.stream().filter(TaskRun::succeeded).count();
        long excluded =
                before.stream().filter(run -> is(run, RunResult.EXCLUDED)).count();
        long canceled = before.stream()
                .filter(run -> is(run, RunResult.CANCELED) || is(run, RunResult.UPSTREAM_CANCELED))
                .count();
        long failed = before.size() - succeeded - excluded - canceled;
        if (excluded == before.size()) {
            return Verdict.EXCLUDED;
        }
        boolean start = switch (task.runIf()) {
            case ALL_SUCCESS, NONE_FAILED -> failed == 0 && canceled == 0;
            case ALL_DONE -> true;
            case AT_LEAST_ONE_SUCCESS -> succeeded + excluded > 0;
            case ALL_FAILED -> failed == before.size();
            case AT_LEAST_ONE_FAILED -> failed > 0;
        };
        if (start) {
            return Verdict.START;
        }
        if (task.runIf() == TaskSpec.RunIf.ALL_FAILED || task.runIf() == TaskSpec.RunIf.AT_LEAST_ONE_FAILED) {
            return Verdict.EXCLUDED;
        }
        return failed > 0 ? Verdict.UPSTREAM_FAILED : Verdict.UPSTREAM_CANCELED;
    }

    private static boolean is(TaskRun run, RunResult result) {
        return run.result().filter(result::equals).isPresent();
    }

    /** Result of a run whose tasks have all ended: that of its leaves; failures before a good leaf are mentioned. */
    static RunResult result(JobSettings settings, Map<String, TaskRun> latest) {
        Set<String> upstream = new HashSet<>();
        settings.tasks().forEach(task -> task.dependsOn().forEach(d -> upstream.add(d.taskKey())));
        List<TaskRun> leaves = latest.values().stream()
                .filter(run -> !upstream.contains(run.taskKey()))
                .toList();
        if (leaves.stream().anyMatch(run -> is(run, RunResult.CANCELED) || is(run, RunResult.UPSTREAM_CANCELED))) {
            return RunResult.CANCELED;
        }
        if (leaves.stream().anyMatch(run -> is(run, RunResult.TIMEDOUT))) {
            return RunResult.TIMEDOUT;
        }
        boolean leavesGood = leaves.stream().allMatch(run -> run.succeeded() || is(run, RunResult.EXCLUDED));
        if (!leavesGood) {
            return RunResult.FAILED;
        }
        boolean allGood = latest.values().stream().allMatch(run -> run.succeeded() || is(run, RunResult.EXCLUDED));
        return allGood ? RunResult.SUCCESS : RunResult.SUCCESS_WITH_FAILURES;
    }
}
