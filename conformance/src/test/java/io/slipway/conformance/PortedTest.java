package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.jobs.NotebookTask;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunTask;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import com.databricks.sdk.service.workspace.Delete;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The folders of {@code examples/ported}, imported file by file as clients do, and run. */
@Tag("soak")
@ExtendWith(SharedPlatform.class)
class PortedTest {
    private static final Path PROJECTS = Path.of("../examples/ported");
    private static final String FOLDER = "/Shared/ported";
    private static final Map<String, String> MAIN = Map.of("retail", "Run All", "wine", "Wine", "sensors", "Stream");

    private static Run run;

    @BeforeAll
    static void import_and_run_all() throws IOException {
        WorkspaceClient client = SharedPlatform.client();
        try (Stream<Path> files = Files.walk(PROJECTS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = FOLDER + "/" + PROJECTS.relativize(file);
                client.workspace().mkdirs(path.substring(0, path.lastIndexOf('/')));
                client.workspace()
                        .importContent(new Import()
                                .setPath(path)
                                .setFormat(ImportFormat.AUTO)
                                .setContent(Base64.getEncoder().encodeToString(Files.readAllBytes(file))));
            }
        }
        List<SubmitTask> tasks = MAIN.entrySet().stream()
                .map(main -> new SubmitTask()
                        .setTaskKey(main.getKey())
                        .setExistingClusterId(SharedPlatform.clusterId())
                        .setNotebookTask(new NotebookTask()
                                .setNotebookPath(FOLDER + "/" + main.getKey() + "/" + main.getValue())))
                .toList();
        long id = client.jobs()
                .submit(new SubmitRun().setRunName("ported").setTasks(tasks))
                .getResponse()
                .getRunId();
        run = Awaitility.await()
                .atMost(PlatformProcess.PATIENCE)
                .until(() -> client.jobs().getRun(id), now -> now.getState().getResultState() != null);
    }

    @AfterAll
    static void leave() {
        SharedPlatform.client().workspace().delete(new Delete().setPath(FOLDER).setRecursive(true));
    }

    private static JsonNode result(String project) throws IOException {
        RunTask task = run.getTasks().stream()
                .filter(each -> each.getTaskKey().equals(project))
                .findFirst()
                .orElseThrow();
        var output = SharedPlatform.client().jobs().getRunOutput(task.getRunId());
        assertThat(task.getState().getResultState())
                .as("%s\n%s", output.getError(), output.getErrorTrace())
                .hasToString("SUCCESS");
        return new ObjectMapper().readTree(output.getNotebookOutput().getResult());
    }

    @Test
    void bronze_silver_and_gold_tables_are_made_by_notebooks_that_run_each_other() throws IOException {
        JsonNode result = result("retail");
        assertThat(result.path("1 - Bronze").asText()).isEqualTo("8");
        assertThat(result.path("3 - Gold").asText()).isEqualTo("{\"rows\": 4, \"revenue\": 581.46}");
        assertThat(result.path("4 - Check").asText()).isEqualTo("an order once, known money, nothing negative");
    }

    @Test
    void models_are_trained_by_both_libraries_and_score_on_executors() throws IOException {
        JsonNode result = result("wine");
        assertThat(result.path("wines").asInt()).isEqualTo(178);
        assertThat(result.path("right").asInt()).isGreaterThan(170);
        assertThat(result.path("sklearn").asDouble()).isGreaterThan(0.9);
        assertThat(result.path("spark").asDouble()).isGreaterThan(0.9);
    }

    @Test
    void files_that_keep_coming_become_tables_once_even_with_a_new_column() throws IOException {
        JsonNode result = result("sensors");
        assertThat(result.path("first").asInt()).isEqualTo(60);
        assertThat(result.path("again").asInt()).isEqualTo(60);
        assertThat(result.path("total").asInt()).isEqualTo(100);
        assertThat(result.path("evolved").asText()).isEqualTo("UNKNOWN_FIELD_EXCEPTION");
        assertThat(result.path("windows").asInt()).isEqualTo(8);
        assertThat(result.path("latest").toString()).isEqualTo("[20.4,21.4,22.4,23.4]");
    }
}
