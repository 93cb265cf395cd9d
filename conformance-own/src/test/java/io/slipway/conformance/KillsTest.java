package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.service.compute.AutoScale;
import com.databricks.sdk.service.compute.ClusterDetails;
import com.databricks.sdk.service.compute.ClusterEvent;
import com.databricks.sdk.service.compute.CreateCluster;
import com.databricks.sdk.service.compute.EventType;
import com.databricks.sdk.service.compute.State;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunResultState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of each kind of process while a cluster with a worker and a run are under way. The tests share one cluster, which
 * is expensive.
 */
@ExtendWith(OneMoreCluster.class)
@NullUnmarked
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillsTest {
    @TempDir
    static Path scratch;

    private static Victim victim;

    @BeforeAll
    static void start() {
        victim = new Victim(
                scratch,
                new CreateCluster()
                        .setClusterName("kills")
                        .setSparkVersion(SharedPlatform.SPARK)
                        .setNodeTypeId(SharedPlatform.NODE_TYPE)
                        .setAutoscale(new AutoScale().setMinWorkers(1L).setMaxWorkers(2L))
                        .setSparkConf(conf()));
    }

    private static Map<String, String> conf() {
        Map<String, String> conf = new HashMap<>(SharedPlatform.SHORT_LIVED);
        conf.put("spark.databricks.aggressiveWindowDownS", "10");
        return conf;
    }

    @AfterAll
    static void stop() {
        victim.close();
    }

    @Test
    @Order(1)
    void after_a_kill_of_the_server_the_task_goes_on_and_ends_once() throws Exception {
        Path file = scratch.resolve("server");
        Path gate = scratch.resolve("server-gate");
        long run = victim.begin(file, gate);
        victim.killServer();
        Files.createFile(gate);
        victim.startServerAgain();
        assertThat(victim.cluster().getState()).isEqualTo(State.RUNNING);
        Run ended = victim.end(run);
        assertThat(ended.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(victim.result(ended)).isEqualTo(Victim.EXPECTED);
        assertThat(Victim.lines(file)).isEqualTo(1);
    }

    @Test
    @Order(2)
    void after_a_kill_of_an_agent_its_children_live_on_and_are_taken_up_again() throws Exception {
        Path file = scratch.resolve("agent");
        Path gate = scratch.resolve("agent-gate");
        long run = victim.begin(file, gate);
        List<ProcessHandle> agents = victim.running(Victim.AGENT);
        List<Long> drivers =
                victim.running(Victim.DRIVER).stream().map(ProcessHandle::pid).toList();
        assertThat(agents).as("of a driver and a worker, or two").hasSizeBetween(2, 3);
        agents.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await("new agents")
                .atMost(Victim.PATIENCE)
                .until(() -> victim.running(Victim.AGENT).stream()
                                .filter(process -> !agents.contains(process))
                                .count()
                        == agents.size());
        Files.createFile(gate);
        Run ended = victim.end(run);
        assertThat(ended.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(victim.running(Victim.DRIVER).stream()
                        .map(ProcessHandle::pid)
                        .toList())
                .isEqualTo(drivers);
        assertThat(victim.cluster().getState()).isEqualTo(State.RUNNING);
    }

    @Test
    @Order(3)
    void after_a_kill_of_all_workers_the_result_is_right_and_they_are_replaced() throws Exception {
        Path file = scratch.resolve("worker");
        Path gate = scratch.resolve("worker-gate");
        long run = victim.begin(file, gate);
        List<ProcessHandle> workers = victim.running(Victim.WORKER);
        assertThat(workers).isNotEmpty();
        // All of them: while there is another one, nothing has to be replaced.
        workers.forEach(ProcessHandle::destroyForcibly);
        Files.createFile(gate);
        Run ended = victim.end(run);
        assertThat(ended.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(victim.result(ended)).isEqualTo(Victim.EXPECTED);
        Awaitility.await("another worker")
                .atMost(Victim.PATIENCE)
                .until(() -> victim.running(Victim.WORKER).stream().anyMatch(process -> !workers.contains(process)));
        assertThat(victim.events()).extracting(ClusterEvent::getType).contains(EventType.NODES_LOST);
    }

    @Test
    @Order(4)
    void after_a_kill_of_the_driver_the_failure_is_typed_nothing_is_left_and_a_retry_works() throws Exception {
        Path file = scratch.resolve("driver");
        long run = victim.begin(file, scratch.resolve("never"));
        List<String> nodes = victim.nodes();
        victim.running(Victim.DRIVER).forEach(ProcessHandle::destroyForcibly);
        Run ended = victim.end(run);
        assertThat(ended.getState().getResultState()).isEqualTo(RunResultState.FAILED);
        assertThat(ended.getState().getStateMessage()).containsIgnoringCase("driver");
        victim.awaitCluster(State.TERMINATED);
        ClusterDetails cluster = victim.cluster();
        assertThat(cluster.getTerminationReason().getCode().toString()).isEqualTo("DRIVER_UNREACHABLE");
        for (String node : nodes) {
            assertThat(PlatformProcess.processesWith("SLIPWAY_NODE=" + node)).isEmpty();
        }
        Path again = scratch.resolve("again");
        Path gate = Files.createFile(scratch.resolve("again-gate"));
        long retry = victim.begin(again, gate);
        Run second = victim.end(retry);
        assertThat(second.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(victim.result(second)).isEqualTo(Victim.EXPECTED);
    }

    @Tag("soak")
    @Test
    @Order(5)
    void tasks_that_wait_make_the_cluster_grow_to_its_largest_size() throws Exception {
        assertThat(victim.growing().getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        victim.awaitCluster(State.RUNNING);
        assertThat(victim.cluster().getExecutors()).hasSize(2);
    }

    @Tag("soak")
    @Test
    @Order(6)
    void a_worker_with_nothing_to_do_leaves_and_no_process_of_it_stays() throws Exception {
        if (victim.resizings().isEmpty()) {
            victim.growing(); // the test before has done it, unless this one runs alone
        }
        Awaitility.await("one worker")
                .atMost(Victim.PATIENCE)
                .until(() -> victim.running(Victim.WORKER).size() == 1
                        && victim.cluster().getState() == State.RUNNING);
        assertThat(victim.cluster().getExecutors()).hasSize(1);
        assertThat(victim.nodes()).as("a driver and a worker").hasSize(2);
        assertThat(victim.resizings()).anySatisfy(details -> {
            assertThat(details.getCurrentNumWorkers()).isEqualTo(2);
            assertThat(details.getTargetNumWorkers()).isEqualTo(1);
        });
    }
}
