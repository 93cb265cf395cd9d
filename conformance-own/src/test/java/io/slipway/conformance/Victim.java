package io.slipway.conformance;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.ClusterDetails;
import com.databricks.sdk.service.compute.ClusterEvent;
import com.databricks.sdk.service.compute.CreateCluster;
import com.databricks.sdk.service.compute.EventDetails;
import com.databricks.sdk.service.compute.EventType;
import com.databricks.sdk.service.compute.GetEvents;
import com.databricks.sdk.service.compute.State;
import com.databricks.sdk.service.jobs.NotebookTask;
import com.databricks.sdk.service.jobs.Run;
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
import org.awaitility.Awaitility;

/** A platform with a cluster of its own, whose processes are killed; and runs whose code waits for that. */
final class Victim implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    static final String AGENT = "agent.jar";
    static final String DRIVER = "DriverMain";
    static final String WORKER = "WorkerMain";
    /** What {@link #begin} has Spark compute. */
    static final String EXPECTED = String.valueOf(100_000L * 99_999L / 2);

    private final Path scratch;
    private final PlatformProcess platform = PlatformProcess.start();
    private final String clusterId;
    private WorkspaceClient client = platform.client();

    /** @param scratch a folder for what the code of the runs leaves */
    Victim(Path scratch, CreateCluster wanted) {
        this.scratch = scratch;
        this.clusterId = platform.cluster(wanted);
    }

    void killServer() throws InterruptedException {
        platform.kill();
    }

    void startServerAgain() {
        platform.startAgain();
        client = platform.client();
    }

    ClusterDetails cluster() {
        return client.clusters().get(clusterId);
    }

    void awaitCluster(State wanted) {
        platform.awaitCluster(clusterId, wanted);
    }

    List<String> nodes() {
        return platform.nodes();
    }

    /** Asks for the cluster's end and waits for it. */
    void terminate() {
        client.clusters().delete(clusterId);
        awaitCluster(State.TERMINATED);
    }

    List<ClusterEvent> events() {
        List<ClusterEvent> events = new ArrayList<>();
        client.clusters().events(new GetEvents().setClusterId(clusterId)).forEach(events::add);
        return events;
    }

    /** Starts a run whose code leaves a line in {@code file}, waits for {@code gate}, then exits with a number Spark computed. */
    long begin(Path file, Path gate) {
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

    long submit(String code) {
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

    static int lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    Run end(long runId) {
        Awaitility.await("the run has ended").atMost(PATIENCE).until(() -> {
            Long end = client.jobs().getRun(runId).getEndTime();
            return end != null && end > 0;
        });
        return client.jobs().getRun(runId);
    }

    /** What the run's notebook ended with. */
    String result(Run run) {
        return client.jobs()
                .getRunOutput(run.getTasks().iterator().next().getRunId())
                .getNotebookOutput()
                .getResult();
    }

    /** Processes of the cluster's nodes, by a part of their command line. */
    List<ProcessHandle> running(String program) {
        List<ProcessHandle> found = new ArrayList<>();
        for (String node : platform.nodes()) {
            PlatformProcess.processesWith("SLIPWAY_NODE=" + node).stream()
                    .filter(process -> commandLine(process).contains(program))
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

    /** Makes the cluster grow to its largest size, by tasks that wait until it has; answers the run. */
    Run growing() throws IOException {
        Path gate = scratch.resolve("load-gate");
        Files.deleteIfExists(gate);
        String code = """
                def wait(_):
                    import os, time
                    while not os.path.exists("%s"): time.sleep(0.05)
                spark.sparkContext.parallelize(range(16), 16).foreach(wait)
                """.formatted(gate);
        long run = submit(code);
        Awaitility.await("two workers")
                .atMost(PATIENCE)
                .until(() -> running(WORKER).size() == 2);
        Files.createFile(gate);
        return end(run);
    }

    List<EventDetails> resizings() {
        return events().stream()
                .filter(event -> event.getType() == EventType.RESIZING)
                .map(ClusterEvent::getDetails)
                .toList();
    }

    @Override
    public void close() {
        platform.close();
    }
}
