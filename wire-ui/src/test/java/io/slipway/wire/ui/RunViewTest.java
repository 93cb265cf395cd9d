package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.testing.People;
import io.slipway.store.Described;
import io.slipway.store.Manifest;
import io.slipway.wire.WireJson;
import io.slipway.work.job.Compute;
import io.slipway.work.job.Job;
import io.slipway.work.job.JobSettings;
import io.slipway.work.job.JobWanted;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunParameters;
import io.slipway.work.job.TaskSpec;
import io.slipway.work.job.Work;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages show of runs beside the Jobs API. */
@NullUnmarked
class RunViewTest {
    private static UiPlatform platform;
    private static Job job;
    private static Run run;

    @BeforeAll
    static void start(@TempDir Path folder) {
        platform = new UiPlatform(folder, NoLogs.LOGS);
        TaskSpec task = new TaskSpec(
                "a",
                List.of(),
                TaskSpec.RunIf.ALL_SUCCESS,
                new Compute.Existing("c"),
                new Work.PythonFile("/x.py", List.of()),
                List.of(),
                0,
                0,
                0,
                false);
        JobSettings settings = new JobSettings("j", List.of(task), Map.of(), Map.of(), 0, 1, false, Optional.empty());
        job = platform.work.jobs().create(People.ANN, JobWanted.of(new Described<>(settings, Manifest.NONE)));
        run = platform.work.runs().start(People.ANN, job.id(), RunParameters.NONE, Optional.empty());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static JsonNode tree(String who, String path) throws Exception {
        HttpResponse<String> answer = platform.get(who, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return WireJson.mapper().readTree(answer.body());
    }

    @Test
    void the_last_runs_of_several_jobs_are_told_at_once() throws Exception {
        JsonNode jobs = tree("ann", "/ui-api/last-runs?job_id=" + job.id() + "&job_id=5")
                .path("jobs");
        assertThat(jobs.path(0).path("job_id").asLong()).isEqualTo(job.id());
        JsonNode last = jobs.path(0).path("runs").path(0);
        assertThat(last.path("run_id").asLong()).isEqualTo(run.id());
        assertThat(last.path("state").path("life_cycle_state").asText()).isEqualTo("PENDING");
        assertThat(last.path("start_time").asLong()).isPositive();
        assertThat(jobs.path(1).has("runs")).isFalse();
        assertThat(tree("far", "/ui-api/last-runs?job_id=" + job.id())
                        .path("jobs")
                        .path(0)
                        .has("runs"))
                .isFalse();
        assertThat(platform.get("ann", "/ui-api/last-runs?" + "job_id=1&".repeat(101))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_run_that_has_not_failed_has_no_cause() throws Exception {
        assertThat(tree("ann", "/ui-api/run-causes?run_id=" + run.id()).has("causes"))
                .isFalse();
        assertThat(tree("ann", "/ui-api/run-causes").has("causes")).isFalse();
    }

    @Test
    void only_the_run_of_a_task_has_cells() throws Exception {
        assertThat(platform.get("ann", "/ui-api/task-runs/" + run.id() + "/cells")
                        .statusCode())
                .isEqualTo(404);
        assertThat(platform.get("ann", "/ui-api/task-runs/x/cells").statusCode())
                .isEqualTo(400);
    }
}
