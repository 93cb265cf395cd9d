package io.slipway.wire.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.wire.WireJson;
import io.slipway.work.job.RunResult;
import io.slipway.work.job.RunState;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States of runs in the old words and the new ones (Jobs API 2.1, RunState and RunStatus). */
class RunStateTest {
    private static ObjectNode shown(RunState state, Optional<RunResult> result, boolean cancelled) {
        ObjectNode out = WireJson.mapper().createObjectNode();
        RunJson.putState(out, state, result, "why", cancelled);
        return out;
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCKED, BLOCKED",
        "PENDING, PENDING",
        "RUNNING, RUNNING",
        "TERMINATING, TERMINATING",
        "WAITING_FOR_RETRY, WAITING"
    })
    void a_run_that_goes_on_has_a_state_and_no_end(RunState state, String status) {
        ObjectNode shown = shown(state, Optional.of(RunResult.FAILED), false);
        assertThat(shown.toString().replace('"', '\''))
                .isEqualTo("{'state':{'life_cycle_state':'" + state
                        + "','state_message':'why','user_cancelled_or_timedout':false},'status':{'state':'" + status
                        + "'}}");
    }

    @ParameterizedTest
    @CsvSource({
        "TERMINATED, SUCCESS, SUCCESS, SUCCESS",
        "TERMINATED, SUCCESS_WITH_FAILURES, SUCCESS_WITH_FAILURES, SUCCESS",
        "TERMINATED, FAILED, RUN_EXECUTION_ERROR, CLIENT_ERROR",
        "TERMINATED, TIMEDOUT, RUN_EXECUTION_ERROR, CLIENT_ERROR",
        "TERMINATED, CANCELED, USER_CANCELED, SUCCESS",
        "INTERNAL_ERROR, FAILED, DRIVER_ERROR, INTERNAL_ERROR",
        "SKIPPED, MAXIMUM_CONCURRENT_RUNS_REACHED, MAX_CONCURRENT_RUNS_EXCEEDED, SUCCESS",
        "SKIPPED, UPSTREAM_FAILED, SKIPPED, SUCCESS",
        "SKIPPED, UPSTREAM_CANCELED, SKIPPED, SUCCESS",
        "SKIPPED, EXCLUDED, SKIPPED, SUCCESS"
    })
    void a_run_that_ended_says_how(RunState state, RunResult result, String code, String type) {
        ObjectNode shown = shown(state, Optional.of(result), false);
        assertThat(shown.path("state").path("result_state").asText()).isEqualTo(result.name());
        assertThat(shown.path("status").toString().replace('"', '\''))
                .isEqualTo("{'state':'TERMINATED','termination_details':{'code':'" + code + "','type':'" + type
                        + "','message':'why'}}");
        assertThat(shown.path("state").path("user_cancelled_or_timedout").asBoolean())
                .isEqualTo(result == RunResult.TIMEDOUT);
    }

    @Test
    void a_cancelled_run_says_that_somebody_wanted_it() {
        assertThat(shown(RunState.RUNNING, Optional.empty(), true)
                        .path("state")
                        .path("user_cancelled_or_timedout")
                        .asBoolean())
                .isTrue();
    }
}
