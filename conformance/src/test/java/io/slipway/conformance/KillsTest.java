package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.AutoScale;
import com.databricks.sdk.service.compute.ClusterDetails;
import com.databricks.sdk.service.compute.ClusterEvent;
import com.databricks.sdk.service.compute.CreateCluster;
import com.databricks.sdk.service.compute.EventType;
import com.databricks.sdk.service.compute.GetEvents;
import com.databricks.sdk.service.compute.State;
import com.databricks.sdk.service.jobs.NotebookTask;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunResultState;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of each kind of process while a cluster with a worker and a run are under way. The tests share one cluster, which
 * is expensive, and each leaves it as the next expects it.
 */
@NullUnmarked
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    static Path scratch;

    private static PlatformProcess platform;
    private static WorkspaceClient client;
    private static String clusterId;

    @BeforeAll
    static void start() throws Exception {
        platform = PlatformProcess.start();
        client = platform.client();
        clusterId = client.clusters()
                .create(new CreateCluster()
                        .setClusterName("kills")
                        .setSparkVersion(SharedPlatform.SPARK)
                        .setNodeTypeId(SharedPlatform.NODE_TYPE)
                        .setAutoscale(new AutoScale().setMinWorkers(1L).setMaxWorkers(2L))
                        .setSparkConf(Map.of("spark.databricks.aggressiveWindowDownS", "20")))
                .get(PATIENCE)
                .getClusterId();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** Starts a run whose code leaves a line in {@code file}, waits for {@code gate}, then exits with a number Spark computed. */
    private static long begin(Path file, Path gate) {
        String code = """
                import os, time
                with open("%s", "a") as f: f.write("begun\\n")
                while not os.path.exists("%s"): time.sleep(0.05)
                total = spark.range(0, 100000, 1, 8).selectExpr("id %% 7 as k", "id").groupBy("k").sum("id").groupBy().sum("sum(id)").first()[0]
                dbutils.notebook.exit(str(total))
                """.formatted(file, gate);
        long run = submit(code);
        Awaitility.await("the code has begun").atMost(PATIENCE).until(() -> lines(file) == 1);
        return run;
    }

    private static long submit(String code) {
        client.workspace()
                .importContent(new Import()
                        .setPath("/Shared/kills")
                        .setFormat(ImportFormat.SOURCE)
                        .setLanguage(Language.PYTHON)
                        .setOverwrite(true)
                        .setContent(Base64.getEncoder().encodeToString(code.getBytes(StandardCharsets.UTF_8))));
        return client.jobs()
                .submit(new SubmitRun()
                        .setRunName("kills")
                        .setTasks(List.of(new SubmitTask()
                                .setTaskKey("main")
                                .setExistingClusterId(clusterId)
                                .setNotebookTask(new NotebookTask().setNotebookPath("/Shared/kills")))))
                .getResponse()
                .getRunId();
    }

    private static int lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private static Run end(long runId) {
        Awaitility.await("the run has ended").atMost(PATIENCE).until(() -> {
            Long end = client.jobs().getRun(runId).getEndTime();
            return end != null && end > 0;
        });
        return client.jobs().getRun(runId);
    }

    private static String result(Run run) {
        return client.jobs()
                .getRunOutput(run.getTasks().iterator().next().getRunId())
                .getNotebookOutput()
                .getResult();
    }

    private static final String EXPECTED = String.valueOf(100_000L * 99_999L / 2);

    private static List<ProcessHandle> running(String mainClass) {
        List<ProcessHandle> found = new ArrayList<>();
        for (String node : platform.nodes()) {
            PlatformProcess.processesWith("SLIPWAY_NODE=" + node).stream()
                    .filter(process -> commandLine(process).contains(mainClass))
                    .filter(process -> process.info().command().orElse("").endsWith("/java"))
                    .forEach(found::add);
        }
        return found;
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", String.valueOf(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    @Order(1)
    void after_a_kill_of_the_server_the_task_goes_on_and_ends_once() throws Exception {
        Path file = scratch.resolve("server");
        Path gate = scratch.resolve("server-gate");
        long run = begin(file, gate);
        platform.kill();
        Files.createFile(gate);
        platform.startAgain();
        client = platform.client();
        assertThat(client.clusters().get(clusterId).getState()).isEqualTo(State.RUNNING);
        Run ended = end(run);
        assertThat(ended.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(result(ended)).isEqualTo(EXPECTED);
        assertThat(lines(file)).isEqualTo(1);
    }

    @Test
    @Order(2)
    void after_a_kill_of_an_agent_its_children_live_on_and_are_taken_up_again() throws Exception {
        Path file = scratch.resolve("agent");
        Path gate = scratch.resolve("agent-gate");
        long run = begin(file, gate);
        List<ProcessHandle> agents = running("agent.jar");
        List<Long> drivers =
                running("DriverMain").stream().map(ProcessHandle::pid).toList();
        assertThat(agents).hasSize(2);
        agents.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await("new agents")
                .atMost(PATIENCE)
                .until(() -> running("agent.jar").stream()
                                .filter(process -> !agents.contains(process))
                                .count()
                        == 2);
        Files.createFile(gate);
        Run ended = end(run);
        assertThat(ended.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(running("DriverMain").stream().map(ProcessHandle::pid).toList())
                .isEqualTo(drivers);
        assertThat(client.clusters().get(clusterId).getState()).isEqualTo(State.RUNNING);
    }

    @Test
    @Order(3)
    void after_a_kill_of_a_worker_the_result_is_right_and_the_worker_is_replaced() throws Exception {
        Path file = scratch.resolve("worker");
        Path gate = scratch.resolve("worker-gate");
        long run = begin(file, gate);
        List<ProcessHandle> workers = running("WorkerMain");
        assertThat(workers).isNotEmpty();
        workers.get(0).destroyForcibly();
        Files.createFile(gate);
        Run ended = end(run);
        assertThat(ended.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(result(ended)).isEqualTo(EXPECTED);
        Awaitility.await("another worker")
                .atMost(PATIENCE)
                .until(() -> running("WorkerMain").stream().anyMatch(process -> !workers.contains(process)));
        List<EventType> events = new ArrayList<>();
        for (ClusterEvent event : client.clusters().events(new GetEvents().setClusterId(clusterId))) {
            events.add(event.getType());
        }
        assertThat(events).contains(EventType.NODES_LOST);
    }

    @Test
    @Order(4)
    void after_a_kill_of_the_driver_the_failure_is_typed_nothing_is_left_and_a_retry_works() throws Exception {
        Path file = scratch.resolve("driver");
        long run = begin(file, scratch.resolve("never"));
        List<String> nodes = platform.nodes();
        running("DriverMain").forEach(ProcessHandle::destroyForcibly);
        Run ended = end(run);
        assertThat(ended.getState().getResultState()).isEqualTo(RunResultState.FAILED);
        assertThat(ended.getState().getStateMessage()).containsIgnoringCase("driver");
        ClusterDetails cluster = client.clusters().waitGetClusterTerminated(clusterId, PATIENCE, details -> {});
        assertThat(cluster.getTerminationReason().getCode().toString()).isEqualTo("DRIVER_UNREACHABLE");
        for (String node : nodes) {
            assertThat(PlatformProcess.processesWith("SLIPWAY_NODE=" + node)).isEmpty();
        }
        Path again = scratch.resolve("again");
        Path gate = Files.createFile(scratch.resolve("again-gate"));
        long retry = begin(again, gate);
        Run second = end(retry);
        assertThat(second.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(result(second)).isEqualTo(EXPECTED);
    }

    @Test
    @Order(5)
    void tasks_that_wait_make_the_cluster_grow_to_its_largest_size() throws Exception {
        Path gate = scratch.resolve("load-gate");
        String code = """
                def wait(_):
                    import os, time
                    while not os.path.exists("%s"): time.sleep(0.05)
                spark.sparkContext.parallelize(range(16), 16).foreach(wait)
                """.formatted(gate);
        long run = submit(code);
        Awaitility.await("two workers")
                .atMost(PATIENCE)
                .until(() -> running("WorkerMain").size() == 2);
        Files.createFile(gate);
        assertThat(end(run).getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client.clusters().get(clusterId).getState() == State.RUNNING);
        assertThat(client.clusters().get(clusterId).getExecutors()).hasSize(2);
    }

    @Test
    @Order(6)
    void a_worker_with_nothing_to_do_leaves_and_no_process_of_it_stays() {
        Awaitility.await("one worker")
                .atMost(PATIENCE)
                .until(() -> running("WorkerMain").size() == 1
                        && client.clusters().get(clusterId).getState() == State.RUNNING);
        assertThat(client.clusters().get(clusterId).getExecutors()).hasSize(1);
        assertThat(platform.nodes()).as("a driver and a worker").hasSize(2);
        assertThat(client.clusters().events(new GetEvents().setClusterId(clusterId)))
                .filteredOn(event -> event.getType() == EventType.RESIZING)
                .extracting(ClusterEvent::getDetails)
                .anySatisfy(details -> {
                    assertThat(details.getCurrentNumWorkers()).isEqualTo(2);
                    assertThat(details.getTargetNumWorkers()).isEqualTo(1);
                });
    }
}
