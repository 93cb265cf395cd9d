package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTypesTest {
    private final NodeTypes types = NodeTypes.bundled();

    @Test
    void a_type_has_the_figures_of_the_machine_of_its_name() {
        NodeType type = types.get("i3.2xlarge");
        assertThat(type.vcpus()).isEqualTo(8);
        assertThat(type.memoryMb()).isEqualTo(62_464);
        assertThat(type.localDisks()).isEqualTo(1);
        assertThat(type.localDiskGb()).isEqualTo(1_900);
        assertThat(type.nvme()).isTrue();
        assertThat(types.get("m6g.large").arch()).isEqualTo("arm64");
    }

    @ParameterizedTest
    @CsvSource({
        "m5.large, General Purpose",
        "r6i.xlarge, Memory Optimized",
        "z1d.large, Memory Optimized",
        "c5.4xlarge, Compute Optimized",
        "i3.xlarge, Storage Optimized",
        "d3.xlarge, Storage Optimized",
        "g5.xlarge, GPU Accelerated",
    })
    void types_are_grouped_in_the_words_of_the_real_service(String id, String category) {
        assertThat(types.get(id).category()).isEqualTo(category);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t3.large", "m5.metal", "a1.large", "nothing", "M5.large", "m5"})
    void what_is_not_on_offer_is_refused_by_name(String id) {
        assertThat(types.find(id)).isEmpty();
        assertThatThrownBy(() -> types.get(id)).hasMessageStartingWith("Node type " + id + " is not supported.");
    }

    @Test
    void families_of_long_ago_are_offered_but_not_chosen_by_selectors() {
        for (String old : new String[] {"m4.large", "r4.xlarge", "c4.xlarge"}) {
            assertThat(types.get(old).currentGeneration()).as(old).isFalse();
        }
        assertThat(types.get("i3.xlarge").currentGeneration()).isTrue();
        assertThat(List.copyOf(types.all())).extracting(NodeType::id).isSorted();
    }

    @Test
    void a_reason_tells_failures_from_wishes_and_keeps_the_end_of_what_is_long() {
        assertThat(TerminationReason.userRequest("ann").failure()).isFalse();
        assertThat(TerminationReason.userRequest("ann").parameters()).isEqualTo(Map.of("username", "ann"));
        assertThat(TerminationReason.inactivity(30).parameters()).isEqualTo(Map.of("inactivity_duration_min", "30"));
        assertThat(TerminationReason.jobFinished().message()).isEqualTo("JOB_FINISHED");
        TerminationReason fault = TerminationReason.fault("DRIVER_UNREACHABLE", "x".repeat(5_000) + "end");
        assertThat(fault.failure()).isTrue();
        assertThat(fault.message()).hasSize(4_001).startsWith("…").endsWith("end");
        assertThat(fault.withExcerpt(" ")).isSameAs(fault);
        assertThat(fault.withExcerpt("the log").parameters())
                .containsEntry("log_excerpt", "the log")
                .containsKey("databricks_error_message");
        assertThat(TerminationReason.clientError("A", "b").type()).isEqualTo("CLIENT_ERROR");
        assertThat(TerminationReason.cloudFailure("A", "b").type()).isEqualTo("CLOUD_FAILURE");
    }
}
