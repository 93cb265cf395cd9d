package io.slipway.wire.databricks.compute;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.spark.compute.ClusterFact;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.TerminationReason;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is told of each fact about a cluster. */
class EventTypeTest {
    private static final Ref CLUSTER = Ref.of(Kind.CLUSTER, WorkspaceId.FIRST, "c");
    private static final ClusterSpec SPEC = new ClusterSpec(
            "flights",
            "18.0.x-scala2.13",
            "m5.large",
            "m5.xlarge",
            Optional.empty(),
            Optional.of(new ClusterSpec.Autoscale(1, 3)),
            Map.of("spark.a", "b"),
            Map.of(),
            Map.of(),
            30);
    private static final List<ClusterFact> ALL = List.of(
            new ClusterFact.Creating(CLUSTER, SPEC, "ann"),
            new ClusterFact.Starting(CLUSTER, "ann", List.of()),
            new ClusterFact.Starting(CLUSTER, "ann", List.of("One.", "Two.")),
            new ClusterFact.Running(CLUSTER, 2),
            new ClusterFact.DriverHealthy(CLUSTER),
            new ClusterFact.Resizing(CLUSTER, 2, 3, "AUTOSCALE", ""),
            new ClusterFact.UpsizeCompleted(CLUSTER, 3),
            new ClusterFact.NodesLost(CLUSTER, List.of("n"), "lost"),
            new ClusterFact.Edited(CLUSTER, SPEC.lasting("new"), SPEC, "ann"),
            new ClusterFact.Restarting(CLUSTER, "ann"),
            new ClusterFact.Terminating(CLUSTER, TerminationReason.userRequest("ann"), Optional.of("ann")),
            new ClusterFact.Terminating(CLUSTER, TerminationReason.jobFinished(), Optional.empty()),
            new ClusterFact.SparkException(CLUSTER, "broken"),
            new ClusterFact.Pinned(CLUSTER, "ann"),
            new ClusterFact.Unpinned(CLUSTER, "ann"));

    @Test
    void every_event_has_its_details() {
        ArrayNode told = WireJson.mapper().createArrayNode();
        ALL.forEach(fact -> told.add(ClusterJson.event("c", new Clusters.Happened(5, fact))));
        Golden.same(EventTypeTest.class, "event-details", told);
    }

    @Test
    void every_fact_that_is_shown_has_a_type() {
        Set<Class<?>> hidden = Set.of(ClusterFact.Ended.class, ClusterFact.Replanned.class);
        assertThat(ALL.stream().map(Object::getClass).collect(Collectors.toSet()))
                .as("a new fact needs a type of event, and a line in this test")
                .isEqualTo(Arrays.stream(ClusterFact.class.getPermittedSubclasses())
                        .filter(type -> !hidden.contains(type))
                        .collect(Collectors.toSet()));
    }
}
