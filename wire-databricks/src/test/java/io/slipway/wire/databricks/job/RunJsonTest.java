package io.slipway.wire.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.store.Manifest;
import io.slipway.wire.WireJson;
import io.slipway.work.job.RunResult;
import io.slipway.work.job.RunState;
import io.slipway.work.job.Runs;
import io.slipway.work.job.TaskRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunJsonTest {
    private static TaskRun task(long id, int attempt) {
        return new TaskRun(
                id,
                1,
                "only",
                attempt,
                RunState.TERMINATED,
                Optional.of(RunResult.SUCCESS),
                "",
                "",
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                0,
                100,
                110,
                120,
                200);
    }

    @Test
    void a_run_that_was_never_repaired_has_a_history_of_one_entry_without_an_id() {
        ObjectNode out = WireJson.mapper().createObjectNode();

        RunJson.history(out, new Runs.Details(RunTextTest.RUN, Manifest.NONE, List.of(task(11, 0), task(12, 1))));

        JsonNode history = out.path("repair_history");
        assertThat(history).hasSize(1);
        JsonNode original = history.path(0);
        assertThat(original.path("type").asText()).isEqualTo("ORIGINAL");
        assertThat(original.has("id")).isFalse();
        assertThat(original.path("task_run_ids").toString()).isEqualTo("[11,12]");
        assertThat(original.path("start_time").asLong()).isEqualTo(100);
        assertThat(original.path("end_time").asLong()).isEqualTo(200);
        assertThat(original.path("state").path("result_state").asText()).isEqualTo("SUCCESS");
        assertThat(original.path("status").path("state").asText()).isEqualTo("TERMINATED");
    }
}
