package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.ResourceDoesNotExist;
import com.databricks.sdk.mixin.NodeTypeSelector;
import com.databricks.sdk.mixin.SparkVersionSelector;
import com.databricks.sdk.service.compute.AutoScale;
import com.databricks.sdk.service.compute.ClusterDetails;
import com.databricks.sdk.service.compute.ClusterEvent;
import com.databricks.sdk.service.compute.Command;
import com.databricks.sdk.service.compute.CreateCluster;
import com.databricks.sdk.service.compute.CreateContext;
import com.databricks.sdk.service.compute.EditCluster;
import com.databricks.sdk.service.compute.EventType;
import com.databricks.sdk.service.compute.GetEvents;
import com.databricks.sdk.service.compute.Language;
import com.databricks.sdk.service.compute.ListClustersFilterBy;
import com.databricks.sdk.service.compute.ListClustersRequest;
import com.databricks.sdk.service.compute.State;
import com.databricks.sdk.service.compute.TerminationReasonType;
import com.databricks.sdk.support.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clusters API by the Java SDK. */
@ExtendWith({OneMoreCluster.class, SharedPlatform.class})
class ClustersTest {
    private final WorkspaceClient client = SharedPlatform.client();

    private static CreateCluster small(String name) {
        return SharedPlatform.singleNode(name);
    }

    @Test
    void a_cluster_lives_from_create_to_permanent_delete() throws Exception {
        ClusterDetails made = client.clusters().create(small("life")).get(Duration.ofMinutes(5));
        String id = made.getClusterId();
        assertThat(made.getState()).isEqualTo(State.RUNNING);
        assertThat(made.getDriver().getPrivateIp()).startsWith("127.");
        assertThat(made.getSpec().getClusterName()).isEqualTo("life");

        client.clusters()
                .edit(new EditCluster()
                        .setClusterId(id)
                        .setClusterName("renamed")
                        .setSparkVersion(SharedPlatform.SPARK)
                        .setNodeTypeId(SharedPlatform.NODE_TYPE)
                        .setNumWorkers(0L)
                        .setSparkConf(Map.of("spark.sql.ansi.enabled", "true")));
        ClusterDetails edited = client.clusters().waitGetClusterRunning(id, Duration.ofMinutes(5), d -> {});
        assertThat(edited.getClusterName()).isEqualTo("renamed");
        assertThat(edited.getSparkConf()).containsEntry("spark.sql.ansi.enabled", "true");

        ClusterDetails ended = client.clusters().delete(id).get(Duration.ofMinutes(2));
        assertThat(ended.getState()).isEqualTo(State.TERMINATED);
        assertThat(ended.getTerminationReason().getType()).isEqualTo(TerminationReasonType.SUCCESS);

        List<EventType> events = new ArrayList<>();
        for (ClusterEvent event : client.clusters().events(new GetEvents().setClusterId(id))) {
            events.add(event.getType());
        }
        assertThat(events)
                .contains(
                        EventType.CREATING,
                        EventType.STARTING,
                        EventType.RUNNING,
                        EventType.EDITED,
                        EventType.RESTARTING,
                        EventType.TERMINATING);

        client.clusters().permanentDelete(id);
        assertThatThrownBy(() -> client.clusters().get(id)).isInstanceOf(ResourceDoesNotExist.class);
    }

    @Test
    void a_wrong_spark_conf_ends_the_cluster_with_a_typed_reason_and_leaves_no_process() throws Exception {
        Wait<ClusterDetails, ?> creating =
                client.clusters().create(small("wrong").setSparkConf(Map.of("spark.driver.maxResultSize", "plenty")));
        assertThatThrownBy(() -> creating.get(Duration.ofMinutes(5))).hasMessageContaining("TERMINATED");
        ClusterDetails ended =
                client.clusters().list(new ListClustersRequest()).iterator().next();
        ClusterDetails wrong = ended;
        for (ClusterDetails each : client.clusters().list(new ListClustersRequest())) {
            if ("wrong".equals(each.getClusterName())) {
                wrong = each;
            }
        }
        String id = wrong.getClusterId();
        assertThat(wrong.getTerminationReason().getType()).isNotEqualTo(TerminationReasonType.SUCCESS);
        assertThat(wrong.getTerminationReason().getParameters().toString()).contains("plenty");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(client.clusters().get(id).getState()).isEqualTo(State.TERMINATED));
        assertThat(client.clusters().get(id).getDriver()).isNull();
    }

    /** Code leaves its parents, session and environment behind, and then takes more memory than there is. */
    @Test
    void a_driver_without_memory_ends_its_cluster_and_everything_that_its_code_started() throws Exception {
        ClusterDetails made = client.clusters().create(small("greedy")).get(Duration.ofMinutes(5));
        String id = made.getClusterId();
        String context = client.commandExecution()
                .create(new CreateContext().setClusterId(id).setLanguage(Language.PYTHON))
                .get(Duration.ofMinutes(3))
                .getId();
        Command command = new Command().setClusterId(id).setContextId(context);
        client.commandExecution()
                .execute(command.setLanguage(Language.PYTHON).setCommand("""
                        import os
                        if os.fork() == 0:
                            os.setsid()
                            if os.fork() == 0:
                                os.closerange(0, 1024)
                                os.execve("/bin/sleep", ["escaped-of-%s", "600"], {})
                            os._exit(0)
                        """.formatted(id)))
                .get(Duration.ofMinutes(3));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> lives("escaped-of-" + id));

        client.commandExecution()
                .execute(command.setLanguage(Language.SCALA)
                        .setCommand("val all = Iterator.continually(new Array[Byte](1 << 24)).toList"));

        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> client.clusters().get(id).getState() == State.TERMINATED);
        ClusterDetails ended = client.clusters().get(id);
        assertThat(ended.getTerminationReason().getCode().toString()).isEqualTo("DRIVER_UNREACHABLE");
        assertThat(ended.getTerminationReason().getParameters().get("log_excerpt"))
                .contains("java.lang.OutOfMemoryError");
        assertThat(lives("escaped-of-" + id)).isFalse();
    }

    private static boolean lives(String name) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .startsWith(name + "\0")) {
                        return true;
                    }
                } catch (IOException ended) {
                    // It is not the one that is looked for.
                }
            }
        }
        return false;
    }

    @Test
    void the_spark_ui_is_shown_through_the_platform() {
        Raw raw = new Raw(SharedPlatform.platform());
        String path = raw.get("/ui-api/clusters/" + SharedPlatform.clusterId() + "/spark-ui")
                .body()
                .path("path")
                .asText();

        Raw.Reply applications = raw.with("").get(path + "api/v1/applications");

        assertThat(applications.status()).isEqualTo(200);
        assertThat(applications.body()).hasSize(1);
    }

    @Test
    void executors_that_die_as_fast_as_they_are_made_end_the_cluster_with_a_typed_reason_and_their_own_words() {
        String id = client.clusters()
                .create(small("hopeless")
                        .setNumWorkers(1L)
                        .setSparkConf(Map.of("spark.executor.extraJavaOptions", "--add-modules=no.such.module")))
                .getResponse()
                .getClusterId();
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> client.clusters().get(id).getState() == State.TERMINATED);
        ClusterDetails ended = client.clusters().get(id);
        assertThat(ended.getTerminationReason().getCode().toString()).isEqualTo("SPARK_ERROR");
        assertThat(ended.getTerminationReason().getParameters().toString()).contains("no.such.module");
    }

    @Test
    void what_is_not_there_and_what_cannot_be_is_refused_with_the_real_codes() {
        assertThatThrownBy(() -> client.clusters().get("0000-000000-nothing0"))
                .isInstanceOf(ResourceDoesNotExist.class)
                .hasMessageContaining("Cluster 0000-000000-nothing0 does not exist");
        assertThatThrownBy(() -> client.clusters().create(small("x").setSparkVersion("one.two")))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("one.two");
        assertThatThrownBy(() -> client.clusters().create(small("x").setNodeTypeId("r99.huge")))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("r99.huge");
        assertThatThrownBy(() -> client.clusters()
                        .create(small("x")
                                .setAutoscale(new AutoScale().setMinWorkers(1L).setMaxWorkers(2L))))
                .isInstanceOf(InvalidParameterValue.class);
        assertThatThrownBy(() -> client.clusters()
                        .create(small("x")
                                .setNumWorkers(null)
                                .setAutoscale(new AutoScale().setMinWorkers(3L).setMaxWorkers(2L))))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("min_workers");
        assertThatThrownBy(() -> client.clusters().start(SharedPlatform.clusterId()))
                .isInstanceOf(DatabricksError.class)
                .hasMessageContaining("unexpected state Running");
    }

    @Test
    void lists_are_filtered_and_selectors_find_versions_and_types() {
        ListClustersRequest running = new ListClustersRequest()
                .setFilterBy(new ListClustersFilterBy().setClusterStates(List.of(State.RUNNING)));
        List<String> ids = new ArrayList<>();
        client.clusters().list(running).forEach(each -> ids.add(each.getClusterId()));
        assertThat(ids).contains(SharedPlatform.clusterId());
        assertThat(client.clusters().selectSparkVersion(new SparkVersionSelector().withLatest()))
                .isEqualTo(SharedPlatform.SPARK);
        assertThat(client.clusters().selectNodeType(new NodeTypeSelector().withLocalDisk()))
                .isNotEmpty();
    }
}
