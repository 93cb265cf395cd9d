package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.work.job.RunGraph.Verdict;
import io.slipway.work.job.TaskSpec.RunIf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** "Run if" as Databricks documents it: one line a rule. */
class RunGraphTest {
    private static TaskSpec task(String key, RunIf runIf, List<String> before) {
        return new TaskSpec(
                key,
                before.stream().map(TaskSpec.Dependency::new).toList(),
                runIf,
                new Compute.Existing("c"),
                new Work.Jar("x", List.of()),
                List.of(),
                0,
                0,
                0,
                false);
    }

    private static TaskRun run(String key, RunState state, Optional<RunResult> result) {
        return new TaskRun(
                1,
                1,
                key,
                0,
                state,
                result,
                "",
                "",
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                0,
                0,
                0,
                0,
                0);
    }

    private static Verdict decide(RunIf runIf, RunResult... before) {
        Map<String, TaskRun> latest = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        for (RunResult result : before) {
            String key = "t" + keys.size();
            keys.add(key);
            latest.put(key, run(key, RunState.TERMINATED, Optional.of(result)));
        }
        return RunGraph.decide(task("last", runIf, keys), latest);
    }

    private static final RunResult GOOD = RunResult.SUCCESS;
    private static final RunResult BAD = RunResult.FAILED;
    private static final RunResult LATE = RunResult.TIMEDOUT;
    private static final RunResult CUT = RunResult.CANCELED;
    private static final RunResult OUT = RunResult.EXCLUDED;

    @Test
    void a_task_without_dependencies_starts() {
        for (RunIf runIf : RunIf.values()) {
            assertThat(decide(runIf)).isEqualTo(Verdict.START);
        }
    }

    @Test
    void a_task_waits_until_the_last_dependency_has_ended() {
        Map<String, TaskRun> latest = Map.of(
                "a", run("a", RunState.TERMINATED, Optional.of(BAD)),
                "b", run("b", RunState.WAITING_FOR_RETRY, Optional.of(BAD)));
        for (RunIf runIf : RunIf.values()) {
            assertThat(RunGraph.decide(task("c", runIf, List.of("a", "b")), latest))
                    .isEqualTo(Verdict.WAIT);
            assertThat(RunGraph.decide(task("c", runIf, List.of("a", "not yet")), latest))
                    .isEqualTo(Verdict.WAIT);
        }
    }

    @Test
    void all_success() {
        assertThat(decide(RunIf.ALL_SUCCESS, GOOD, GOOD)).isEqualTo(Verdict.START);
        assertThat(decide(RunIf.ALL_SUCCESS, GOOD, OUT)).isEqualTo(Verdict.START);
        assertThat(decide(RunIf.ALL_SUCCESS, GOOD, BAD)).isEqualTo(Verdict.UPSTREAM_FAILED);
        assertThat(decide(RunIf.ALL_SUCCESS, GOOD, LATE)).isEqualTo(Verdict.UPSTREAM_FAILED);
        assertThat(decide(RunIf.ALL_SUCCESS, GOOD, CUT)).isEqualTo(Verdict.UPSTREAM_CANCELED);
        assertThat(decide(RunIf.ALL_SUCCESS, BAD, CUT)).isEqualTo(Verdict.UPSTREAM_FAILED);
        assertThat(decide(RunIf.ALL_SUCCESS, RunResult.UPSTREAM_FAILED)).isEqualTo(Verdict.UPSTREAM_FAILED);
        assertThat(decide(RunIf.ALL_SUCCESS, RunResult.UPSTREAM_CANCELED)).isEqualTo(Verdict.UPSTREAM_CANCELED);
    }

    @Test
    void none_failed() {
        assertThat(decide(RunIf.NONE_FAILED, GOOD, OUT)).isEqualTo(Verdict.START);
        assertThat(decide(RunIf.NONE_FAILED, GOOD, BAD)).isEqualTo(Verdict.UPSTREAM_FAILED);
    }

    @Test
    void at_least_one_success() {
        assertThat(decide(RunIf.AT_LEAST_ONE_SUCCESS, GOOD, BAD, CUT)).isEqualTo(Verdict.START);
        assertThat(decide(RunIf.AT_LEAST_ONE_SUCCESS, BAD, CUT)).isEqualTo(Verdict.UPSTREAM_FAILED);
    }

    @Test
    void all_done() {
        assertThat(decide(RunIf.ALL_DONE, BAD, CUT)).isEqualTo(Verdict.START);
    }

    @Test
    void conditions_that_wait_for_failure_exclude_without_one() {
        assertThat(decide(RunIf.AT_LEAST_ONE_FAILED, GOOD, BAD)).isEqualTo(Verdict.START);
        assertThat(decide(RunIf.AT_LEAST_ONE_FAILED, GOOD, GOOD)).isEqualTo(Verdict.EXCLUDED);
        assertThat(decide(RunIf.ALL_FAILED, BAD, LATE)).isEqualTo(Verdict.START);
        assertThat(decide(RunIf.ALL_FAILED, BAD, GOOD)).isEqualTo(Verdict.EXCLUDED);
    }

    @Test
    void behind_nothing_but_excluded_tasks_everything_is_excluded() {
        for (RunIf runIf : RunIf.values()) {
            assertThat(decide(runIf, OUT, OUT)).as(runIf.name()).isEqualTo(Verdict.EXCLUDED);
        }
    }

    private static RunResult result(RunResult upstream, RunResult leaf) {
        JobSettings settings = new JobSettings(
                "j",
                List.of(task("a", RunIf.ALL_SUCCESS, List.of()), task("b", RunIf.ALL_DONE, List.of("a"))),
                Map.of(),
                Map.of(),
                0,
                1,
                false,
                Optional.empty());
        return RunGraph.result(
                settings,
                Map.of(
                        "a", run("a", RunState.TERMINATED, Optional.of(upstream)),
                        "b", run("b", RunState.TERMINATED, Optional.of(leaf))));
    }

    @Test
    void a_run_ends_as_its_leaves_do() {
        assertThat(result(GOOD, GOOD)).isEqualTo(RunResult.SUCCESS);
        assertThat(result(OUT, OUT)).isEqualTo(RunResult.SUCCESS);
        assertThat(result(BAD, GOOD)).isEqualTo(RunResult.SUCCESS_WITH_FAILURES);
        assertThat(result(GOOD, BAD)).isEqualTo(RunResult.FAILED);
        assertThat(result(BAD, RunResult.UPSTREAM_FAILED)).isEqualTo(RunResult.FAILED);
        assertThat(result(GOOD, LATE)).isEqualTo(RunResult.TIMEDOUT);
        assertThat(result(GOOD, CUT)).isEqualTo(RunResult.CANCELED);
        assertThat(result(CUT, RunResult.UPSTREAM_CANCELED)).isEqualTo(RunResult.CANCELED);
    }
}
