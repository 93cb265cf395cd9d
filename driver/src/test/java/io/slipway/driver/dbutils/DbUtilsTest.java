package io.slipway.driver.dbutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.HeardFrames;
import io.slipway.driver.standin.LocalSpark;
import io.slipway.protocol.driver.ContextSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import scala.util.control.ControlThrowable;

class DbUtilsTest {
    private final HeardFrames heard = new HeardFrames();
    private final List<String> exits = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private String token = "first";

    private NotebookContext context(ContextSpec.RunInfo run) {
        var spec = new ContextSpec(
                "python",
                "ann@example.com",
                "t",
                "",
                "default",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                "",
                "/Users/ann/report",
                run);
        return new NotebookContext(
                spec, "http://127.0.0.1:8585", new TreeMap<>(Map.of("clusterId", "c-1", "orgId", "1001")), () -> token);
    }

    private DbUtils dbutils(String here) {
        return new DbUtils(
                new Widgets(Map.of(), heard::frames),
                new FileTools(new Configuration(false)),
                new DbUtils.Notebook(
                        () -> new NotebookRuns("http://127.0.0.1:1", "c", () -> "t"),
                        here,
                        exits::add,
                        context(ContextSpec.RunInfo.NONE)),
                new TaskValues(Map.of(), false, heard::frames),
                new SecretTools("", () -> "t", value -> {}),
                new DbUtils.Data(shown::add),
                new DbUtils.Library(() -> shown.add("restarted")));
    }

    @Test
    void exit_ends_the_cell_by_what_no_handler_of_errors_catches() {
        assertThatThrownBy(() -> dbutils("").notebook().exit("bye"))
                .isInstanceOf(ControlThrowable.class)
                .isNotInstanceOf(Exception.class)
                .hasMessage("Notebook exited: bye");
        assertThat(exits).containsExactly("bye");
    }

    @Test
    void a_value_of_more_than_five_megabytes_ends_nothing() {
        DbUtils.Notebook notebook = dbutils("").notebook();
        notebook.recordExit("x".repeat(5 * 1024 * 1024));
        assertThatThrownBy(() -> notebook.recordExit("ü".repeat(3 * 1024 * 1024)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 MB");
        assertThat(exits).hasSize(1);
    }

    @Test
    void values_of_tasks_are_reached_through_jobs() {
        dbutils("").jobs().taskValues().set("k", 1);
        assertThat(heard.all()).hasSize(1);
    }

    @Test
    void the_context_says_who_runs_what_and_where() throws Exception {
        NotebookContext context = context(new ContextSpec.RunInfo(7, 8, 9, "load"));
        assertThat(context.notebookPath().get()).isEqualTo("/Users/ann/report");
        assertThat(context.apiUrl().get()).isEqualTo("http://127.0.0.1:8585");
        assertThat(context.browserHostName().get()).isEqualTo("127.0.0.1:8585");
        assertThat(context.tags("user")).isEqualTo("ann@example.com");
        assertThat(context.tags().get("taskKey").get()).isEqualTo("load");
        assertThat(context.currentRunId().get().id()).isEqualTo(9);
        token = "renewed";
        assertThat(context.apiToken().get()).isEqualTo("renewed");
        JsonNode json = Json.parse(context.toJson());
        assertThat(json.path("tags").toString())
                .isEqualTo(
                        "{\"clusterId\":\"c-1\",\"orgId\":\"1001\",\"user\":\"ann@example.com\",\"browserHostName\":\"127.0.0.1:8585\","
                                + "\"jobId\":\"7\",\"multitaskParentRunId\":\"8\",\"runId\":\"9\",\"taskKey\":\"load\"}");
        assertThat(json.path("rootRunId").path("id").asLong()).isEqualTo(8);
        assertThat(json.path("extraContext").path("notebook_path").asText()).isEqualTo("/Users/ann/report");
        assertThat(json.toString()).contains("renewed");
        assertThat(context.safeToJson() + context).doesNotContain("renewed");
    }

    @Test
    void what_does_not_apply_is_absent_in_the_context() throws Exception {
        NotebookContext context = context(ContextSpec.RunInfo.NONE);
        assertThat(context.currentRunId().isEmpty()).isTrue();
        assertThat(context.jobId().isEmpty()).isTrue();
        assertThat(Json.parse(context.toJson()).path("currentRunId").isNull()).isTrue();
        assertThat(context.tags().contains("runId")).isFalse();
    }

    @Test
    void every_part_tells_what_it_has_and_each_of_its_commands() {
        assertThat(Help.all()).contains("fs ->", "widgets ->", "notebook ->", "secrets ->");
        assertThat(Help.of("fs")).contains("cp(from: String", "mounts");
        assertThat(Help.of("notebook", "run")).startsWith("run(path").doesNotContain("exit(");
        assertThatThrownBy(() -> Help.of("nothing")).hasMessageContaining("It has: credentials, data, fs");
        assertThatThrownBy(() -> Help.of("fs", "copy"))
                .hasMessageContaining("dbutils.fs has no command copy. It has: cp");
        for (Part part : List.of(
                dbutils("").fs(),
                dbutils("").widgets(),
                dbutils("").notebook(),
                dbutils("").jobs(),
                dbutils("").jobs().taskValues(),
                dbutils("").secrets(),
                dbutils("").library(),
                dbutils("").credentials(),
                dbutils("").data())) {
            part.help();
        }
    }

    @Test
    void a_summary_has_the_statistics_that_the_type_of_each_column_has() {
        var data = LocalSpark.session()
                .sql("select id, if(id = 2, null, concat('<', id, '>')) as s, array(id) as a, id * 0.5D as `d.e`"
                        + " from range(5)");
        for (boolean precise : new boolean[] {true, false}) {
            Summary summary = Summary.of(data, precise);
            assertThat(summary.rows()).isEqualTo(5);
            assertThat(summary.lines().get(0))
                    .isEqualTo(new Summary.Line(
                            "id", "bigint", "0 (0.0 %)", "5", List.of("2", "1.58114", "0", "1", "2", "3", "4", "1")));
            assertThat(summary.lines().get(1))
                    .isEqualTo(new Summary.Line(
                            "s", "string", "1 (20.0 %)", "4", List.of("", "", "<0>", "", "", "", "<4>", "")));
            assertThat(summary.lines().get(2).numbers()).isEmpty();
            assertThat(summary.lines().get(3).numbers()).contains("0.500000");
        }
        dbutils("").data().summarize(data);
        assertThat(shown.get(0))
                .contains("5 rows, 4 columns", "<td>&lt;0></td>")
                .doesNotContain("<script");
    }

    @Test
    void a_summary_of_nothing_is_one_too() {
        assertThat(Summary.of(LocalSpark.session().range(0).toDF(), false).html())
                .contains("0 rows, 1 columns");
    }
}
