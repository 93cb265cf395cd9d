package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.ResultRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One driver in local mode, all languages. */
class SingleNodeTest {
    @TempDir
    static Path scratch;

    static DriverHarness driver;

    @BeforeAll
    static void start() throws IOException {
        driver = new DriverHarness(scratch, config -> {}).awaitReady();
    }

    @AfterAll
    static void stop() {
        driver.close();
    }

    @Test
    void languages_of_one_context_share_the_session() {
        driver.context("shared", body -> body.put("language", "python"));
        assertThat(driver.run("shared", "python", "spark.range(5).createOrReplaceTempView('v'); 40 + 2")
                        .text())
                .contains("42");
        assertThat(driver.run("shared", "sql", "select sum(id) from v; -- the end")
                        .rows()
                        .toString())
                .isEqualTo("[[10]]");
        assertThat(driver.run("shared", "python", "_sqldf.collect()[0][0]").text())
                .isEqualTo("10");
        assertThat(driver.run("shared", "scala", "val n = spark.table(\"v\").count()")
                        .text())
                .contains("val n: Long = 5");
        driver.context("other", body -> {});
        assertThat(driver.run("other", "sql", "select * from v")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void pip_inside_a_cell_installs_for_its_context_only_and_fails_the_cell_if_it_fails() {
        driver.context("pip", body -> body.put("language", "python"));
        DriverHarness.Result failed = driver.run("pip", "python", "%pip install --no-index nosuch==9\nprint('on')");
        assertThat(failed.outcome()).isEqualTo("error");
        assertThat(failed.error().path("ename").asText()).isEqualTo("PipError");
        assertThat(failed.text()).contains("nosuch==9").doesNotContain("on\n");
        String wheel = """
                import zipfile
                with zipfile.ZipFile("tiny-1.0-py3-none-any.whl", "w") as z:
                    z.writestr("tiny.py", "x = 7")
                    z.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n")
                    z.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
                    z.writestr("tiny-1.0.dist-info/RECORD", "")
                %pip install --no-index ./tiny-1.0-py3-none-any.whl
                import tiny
                print("x is", tiny.x)
                """;
        assertThat(driver.run("pip", "python", wheel).text()).contains("x is 7");
        assertThat(driver.run("pip", "python", "!pip list --format=freeze\n!python -c 'import tiny; print(tiny.x + 1)'")
                        .text())
                .contains("tiny==1.0", "8");
        assertThat(driver.run("pip", "sh", "pip uninstall -y tiny && python3 -c 'import tiny'")
                        .text())
                .contains("Successfully uninstalled tiny-1.0", "ModuleNotFoundError");
        driver.run("pip", "sh", "pip install --no-index ./tiny-1.0-py3-none-any.whl");
        assertThat(driver.run("pip", "python", "import tiny; tiny.x").text()).isEqualTo("7");
        assertThat(driver.run("pip", "python", """
                                import os, subprocess, sys
                                ask = lambda *words: print(subprocess.run([sys.executable, *words], capture_output=True, text=True))
                                ask("-m", "pip", "install", "--no-index", "--force-reinstall", "./tiny-1.0-py3-none-any.whl")
                                ask("-c", "import tiny; print('it lies in', tiny.__file__)")
                                ask("-m", "pip", "uninstall", "-y", "numpy")
                                print("under", os.environ["SLIPWAY_PREFIX"] == sys.prefix, tiny.__file__.startswith(sys.prefix))
                                """).text())
                .as("pip by the interpreter's own path, as setup cells of notebooks start it")
                .contains("Found existing installation: tiny 1.0", "Successfully installed tiny-1.0", "it lies in")
                .contains("outside environment", "under True True")
                .doesNotContain("uninstalled numpy");
        driver.context("without", body -> body.put("language", "python"));
        assertThat(driver.run("without", "python", "import tiny")
                        .error()
                        .path("ename")
                        .asText())
                .isEqualTo("ModuleNotFoundError");
    }

    @Test
    void tracebacks_show_the_users_code_only() {
        driver.context("errors", body -> {});
        String python = driver.run("errors", "python", "def f(x):\n    return 1 / x\nf(0)")
                .error()
                .toString();
        assertThat(python).contains("ZeroDivisionError").contains("In[").doesNotContain("slipway_kernel");
        assertThat(driver.run("errors", "python", "spark.sql('select nope')")
                        .error()
                        .path("traceback")
                        .toString())
                .doesNotContain("py4j/")
                .doesNotContain("pyspark/sql");
        assertThat(driver.run("errors", "scala", "1 / 0").error().path("ename").asText())
                .isEqualTo("ArithmeticException");
        assertThat(driver.run("errors", "scala", "val x: Int = \"a\"")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("type mismatch");
        assertThat(driver.run("errors", "r", "1").error().path("evalue").asText())
                .isEqualTo("R is not installed on this runtime");
    }

    @Test
    void widgets_and_markers_take_the_runs_arguments() {
        driver.context("widgets", body -> body.putObject("arguments").put("w", "7"));
        assertThat(driver.run("widgets", "python", "dbutils.widgets.text('w', '1'); dbutils.widgets.get('w')")
                        .text())
                .isEqualTo("'7'");
        assertThat(driver.run("widgets", "sql", "select :w as w").rows().toString())
                .isEqualTo("[[\"7\"]]");
    }

    @Test
    void notebook_exit_is_not_an_exception() {
        driver.context("exit", body -> {});
        var python = driver.run(
                "exit", "python", "try:\n    dbutils.notebook.exit('bye')\nexcept Exception:\n    print('caught')");
        assertThat(python.outcome()).isEqualTo("exit");
        assertThat(python.frames().toString()).contains("\"value\":\"bye\"").doesNotContain("caught");
        assertThat(driver.run("exit", "scala", "dbutils.notebook.exit(\"s\")").outcome())
                .isEqualTo("exit");
    }

    @Test
    void a_program_is_run_like_python_would() {
        driver.context("programs", body -> {});
        assertThat(program("import sys\nprint(sys.argv, __name__)\nspark.stop()\nsys.exit(0)")
                        .text())
                .contains("['main.py', 'a b'] __main__");
        assertThat(program("import sys\nsys.exit(4)").outcome()).isEqualTo("error");
        assertThat(driver.run("programs", "sql", "select 1").outcome()).isEqualTo("ok");
    }

    private static DriverHarness.Result program(String code) {
        ObjectNode body =
                Json.object().put("kind", "python_file").put("name", "main.py").put("code", code);
        body.putArray("arguments").add("a b");
        return driver.result("programs", driver.submit("programs", body));
    }

    @Test
    void cancel_stops_python_and_spark_jobs() {
        driver.context("cancel", body -> body.put("language", "python"));
        String sleep = driver.submit("cancel", "python", "print('started', flush=True)\nimport time\ntime.sleep(600)");
        awaitFrames("cancel", sleep);
        driver.call("POST", "contexts/cancel/commands/" + sleep + "/cancel", null);
        assertThat(driver.result("cancel", sleep).state()).isEqualTo("cancelled");
        String query = driver.submit("cancel", "sql", "select sum(a.id % 7) from range(100000000000) a");
        await().atMost(DriverHarness.PATIENCE)
                .until(() ->
                        driver.call("GET", "status", null).path("runningTasks").asInt() > 0);
        driver.call("POST", "contexts/cancel/commands/" + query + "/cancel", null);
        assertThat(driver.result("cancel", query).state()).isEqualTo("cancelled");
        assertThat(driver.run("cancel", "python", "spark.range(3).count()").text())
                .isEqualTo("3");
    }

    @Test
    void a_cancel_strikes_no_other_command_however_often_it_is_asked_for() {
        driver.context("strike", body -> body.put("language", "python"));
        for (int round = 0; round < 10; round++) {
            String loop = driver.submit("strike", "python", "while True:\n    pass");
            String path = "contexts/strike/commands/" + loop;
            await().atMost(DriverHarness.PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        IntStream.range(0, 5).parallel().forEach(again -> driver.call("POST", path + "/cancel", null));
                        return "cancelled".equals(driver.state("strike", loop));
                    });
            assertThat(driver.run("strike", "python", "print('alive')").text()).isEqualTo("alive\n");
        }
    }

    private static void awaitFrames(String context, String command) {
        await().atMost(DriverHarness.PATIENCE).until(() -> {
            driver.follow(500);
            return !driver.output(context, command).isEmpty();
        });
    }

    @Test
    void a_dead_kernel_is_reported_and_replaced() {
        driver.context("death", body -> {});
        assertThat(driver.run("death", "python", "import os; os._exit(5)")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("exited with status 5");
        assertThat(driver.run("death", "python", "import os; os.kill(os.getpid(), 9)")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("killed by signal 9");
        assertThat(driver.run("death", "python", "spark.range(2).count()").text())
                .isEqualTo("2");
    }

    @Test
    void where_an_interpreter_crashed_is_in_the_drivers_log_when_the_context_has_gone() throws IOException {
        driver.context("crash", body -> {});
        assertThat(driver.run("crash", "python", "import ctypes\nctypes.string_at(0)")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("killed by signal 11");
        driver.call("DELETE", "contexts/crash", null);
        Path folder = scratch.resolve("driver/contexts/crash");
        await().atMost(DriverHarness.PATIENCE).until(() -> !Files.exists(folder));
        assertThat(Files.readString(scratch.resolve("driver/log")))
                .contains("the Python process of context crash ended by itself with status 139")
                .contains("Fatal Python error: Segmentation fault");
    }

    @Test
    void free_interpreters_answer_questions_and_busy_ones_nothing() {
        driver.context("ask", body -> body.put("language", "python"));
        assertThat(driver.run("ask", "python", "some_value = 'a text'").outcome())
                .isEqualTo("ok");
        // A kernel that is slow for once answers nothing: so the question is asked again.
        await().atMost(DriverHarness.PATIENCE)
                .untilAsserted(() -> assertThat(ask("complete", "python", "'\uD83D\uDE00'; some_v")
                                .toString())
                        .contains("some_value")
                        .contains("\"cursorStart\":6"));
        await().atMost(DriverHarness.PATIENCE)
                .untilAsserted(() -> assertThat(ask("inspect", "python", "some_value")
                                .path("data")
                                .toString())
                        .contains("a text"));
        assertThat(driver.run(
                                "ask",
                                "python",
                                "flights = spark.range(1).selectExpr('id as dep', 'id as delay', 'id as `zip code`')")
                        .outcome())
                .isEqualTo("ok");
        for (String code : List.of(
                "flights.select(\"de",
                "flights[\"de",
                "flights.filter('dep > 1 and de",
                "(flights\n  .groupBy('dep')\n  .agg({'de",
                "from pyspark.sql import functions as F\nflights.select('dep', F.col(\"de")) {
            await().atMost(DriverHarness.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(ask("complete", "python", code).path("matches"))
                                    .as(code)
                                    .extracting(JsonNode::asText)
                                    .containsExactly("delay", "dep"));
        }
        assertThat(ask("complete", "python", "flights.select('dep', \"zip c").toString())
                .contains("zip code");
        assertThat(ask("complete", "python", "print('de").path("matches"))
                .extracting(JsonNode::asText)
                .doesNotContain("dep");
        assertThat(ask("complete", "python", "from os import pa").toString()).contains("\"path\"");
        assertThat(ask("complete", "scala", "spa").path("matches")).isEmpty();
        assertThat(driver.run("ask", "scala", "val someNumber = 7").outcome()).isEqualTo("ok");
        await().atMost(DriverHarness.PATIENCE)
                .untilAsserted(() ->
                        assertThat(ask("complete", "scala", "someN").toString()).contains("someNumber"));
        assertThat(ask("complete", "scala", "spark.rang").toString()).contains("range");
        String sleep = driver.submit("ask", "python", "print('started', flush=True)\nimport time\ntime.sleep(600)");
        awaitFrames("ask", sleep);
        assertThat(ask("complete", "python", "some_v").path("matches")).isEmpty();
        assertThat(ask("inspect", "python", "some_value").path("found").asBoolean())
                .isFalse();
        driver.call("POST", "contexts/ask/commands/" + sleep + "/cancel", null);
    }

    private static JsonNode ask(String question, String language, String code) {
        return driver.call(
                "POST",
                "contexts/ask/" + question,
                Json.object().put("language", language).put("code", code).put("cursor", code.length()));
    }

    @Test
    void a_display_keeps_the_name_that_updates_use() {
        driver.context("updates", body -> body.put("language", "python"));
        String frames = driver.run(
                        "updates",
                        "python",
                        "from IPython.display import display as show\nh = show('one', display_id='here')\nh.update('two')")
                .frames()
                .toString();
        assertThat(frames).contains("display_data", "\"displayId\":\"here\"", "update_display_data");
    }

    @Test
    void libraries_of_charts_put_out_what_they_draw_and_no_page() {
        driver.context("charts", body -> body.put("language", "python"));
        String code = """
                import nbformat, os, sys, tempfile
                folder = tempfile.mkdtemp()
                with open(folder + "/altair.py", "w") as file:
                    file.write("class renderers:\\n    enable = print")
                sys.path.insert(0, folder)
                import altair
                print(os.environ["PLOTLY_RENDERER"], nbformat.version_info[0])
                """;
        assertThat(driver.run("charts", "python", code).text()).isEqualTo("mimetype\nplotly_mimetype 5\n");
    }

    @Test
    void output_is_cut() {
        driver.context("flood", body -> {});
        var result = driver.run("flood", "python", "for i in range(30):\n    print('x' * 1_000_000)");
        assertThat(result.outcome()).isEqualTo("ok");
        assertThat(result.text()).contains("Output was cut");
    }

    /** Memory goes back to the system over a minute or two. */
    @Tag("soak")
    @Test
    void a_large_output_leaves_the_driver_no_larger() throws IOException {
        driver.context("large", body -> body.put("language", "python"));
        driver.run("large", "python", "1");
        long before = driver.residentMegabytes();
        assertThat(driver.run("large", "python", "print('x' * 100_000_000)").outcome())
                .isEqualTo("ok");
        await().atMost(DriverHarness.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(driver.residentMegabytes()).isLessThan(before + 100));
    }

    @Test
    void the_files_of_a_context_go_with_it() {
        driver.context("files", body -> body.put("language", "python"));
        Path folder = scratch.resolve("driver/contexts/files");
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("python-kernel.log"));
        driver.call("DELETE", "contexts/files", null);
        await().atMost(DriverHarness.PATIENCE).until(() -> !Files.exists(folder));
    }

    @Test
    void a_result_that_was_cut_can_be_read_whole() throws IOException {
        driver.context("cut", body -> body.put("language", "python"));
        String query =
                "select id, if(id = 1, null, if(id = 2, '', if(id = 3, '=1+1, \"x\"', concat('n', id)))) as name,"
                        + " id from range(0, 30001, 1, 3) order by 1";
        JsonNode table = driver.run("cut", "sql", query).table();
        assertThat(table.path("truncated").asBoolean()).isTrue();
        assertThat(table.path("data")).hasSize(10_000);
        String result = table.path("result").asText();

        List<String> csv = whole("cut", result, "csv").lines().toList();
        assertThat(csv).hasSize(30_002);
        assertThat(csv.subList(0, 6))
                .containsExactly("id,name,id", "0,n0,0", "1,,1", "2,\"\",2", "3,\"'=1+1, \"\"x\"\"\",3", "4,n4,4");
        assertThat(csv.get(30_001)).isEqualTo("30000,n30000,30000");
        JsonNode json = Json.parse(whole("cut", result, "json"));
        assertThat(json).hasSize(30_001);
        assertThat(json.get(1).toString()).isEqualTo("{\"id\":1,\"name\":null,\"id (2)\":1}");

        assertThat(driver.run("cut", "sql", "select 1").table().has("result")).isFalse();
        assertThat(driver.answer("GET", "contexts/cut/results/" + result, null).statusCode())
                .isEqualTo(200);
        assertThat(driver.call("POST", "contexts/cut/results/" + result, Json.tree(new ResultRequest("xls", "")))
                        .path("message")
                        .asText())
                .isEqualTo("format is csv, json or table");
        assertThat(driver.answer("GET", "contexts/cut/results/unknown", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_whole_result_whose_query_fails_late_is_not_taken_for_a_whole_one() {
        driver.context("late", body -> body.put("language", "python"));
        String query = "select if(id = 199999, raise_error('too late'), id) from range(0, 200000, 1, 8)";
        String result = driver.run("late", "sql", query).table().path("result").asText();
        assertThatThrownBy(() -> whole("late", result, "csv")).isInstanceOf(IOException.class);
    }

    private static String whole(String context, String result, String format) throws IOException {
        var answer = driver.answer(
                "POST",
                "contexts/" + context + "/results/" + result,
                Json.tree(new ResultRequest(format, "user-token")));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
