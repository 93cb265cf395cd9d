package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.driver.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In an open notebook a cell that shows a stream stays when its code has ended. */
class StayingCellTest {
    private static final String COUNT =
            "display(spark.readStream.format('rate').option('rowsPerSecond', 50).load().groupBy().count(), streamName='%s')\n"
                    + "print('after it')";
    private static final String RUNNING = "print(sorted(q.name for q in spark.streams.active))";

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

    private static void notebook(String id) {
        driver.context(id, body -> body.put("language", "python").put("notebookPath", "/Shared/" + id));
    }

    private static void awaitMoves(String context, String command, int times) {
        await().atMost(DriverHarness.PATIENCE).until(() -> {
            assertThat(driver.state(context, command))
                    .as(driver.output(context, command).toString())
                    .isIn("", "queued", "running");
            return moves(context, command) >= times;
        });
    }

    /** How often the table has moved since the code has ended. */
    private static int moves(String context, String command) {
        String[] parts = driver.output(context, command).toString().split("after it");
        return parts.length < 2 ? 0 : parts[1].split("update_display_data").length - 1;
    }

    private static void tell(String context, String command, String what) {
        driver.call("POST", "contexts/" + context + "/commands/" + command + "/" + what, null);
    }

    @Test
    void its_table_moves_until_somebody_waits_and_the_stream_goes_on_then() {
        notebook("moves");
        String shown = driver.submit("moves", "python", COUNT.formatted("moves"));
        awaitMoves("moves", shown, 3);
        assertThat(driver.follow(0).path("progress"))
                .as("jobs of the stream, which come without end, are not those of the cell")
                .isEmpty();
        tell("moves", shown, "give-way");
        assertThat(driver.result("moves", shown).outcome()).isEqualTo("ok");
        assertThat(driver.run("moves", "python", RUNNING).text()).isEqualTo("['moves']\n");

        String next = driver.submit("moves", "python", "import time\nwhile True: time.sleep(0.1)");
        await().atMost(DriverHarness.PATIENCE).until(() -> {
            driver.follow(500);
            return driver.output("moves", next).toString().contains("update_display_data");
        });
        tell("moves", next, "cancel");
        assertThat(driver.result("moves", next).state()).isEqualTo("cancelled");
        assertThat(driver.run("moves", "python", RUNNING).text())
                .as("who stops another cell does not stop the stream")
                .isEqualTo("['moves']\n");
    }

    @Test
    void it_does_not_begin_to_stay_when_somebody_waits_already() {
        notebook("awaited");
        String shown = driver.submit("awaited", "python", "import time\ntime.sleep(2)\n" + COUNT.formatted("awaited"));
        tell("awaited", shown, "give-way");
        tell("awaited", shown, "give-way");
        DriverHarness.Result result = driver.result("awaited", shown);
        assertThat(result.outcome()).isEqualTo("ok");
        assertThat(result.rows()).hasSize(1);
        assertThat(result.text()).contains("after it");
    }

    @Test
    void cancelling_it_stops_its_stream_and_no_other() {
        notebook("stopped");
        driver.run(
                "stopped",
                "python",
                "other = spark.readStream.format('rate').load().writeStream.format('noop').queryName('other').start()");
        String shown = driver.submit("stopped", "python", COUNT.formatted("stopped"));
        awaitMoves("stopped", shown, 1);
        tell("stopped", shown, "cancel");
        DriverHarness.Result result = driver.result("stopped", shown);
        assertThat(result.state()).isEqualTo("cancelled");
        assertThat(result.text()).doesNotContain("has ended");
        assertThat(driver.run("stopped", "python", RUNNING + "; other.stop()").text())
                .isEqualTo("['other']\n");
    }

    @Test
    void it_ends_with_its_stream_and_shows_how_that_ended() {
        notebook("ends");
        String failing = """
                from pyspark.sql.functions import expr
                display(spark.readStream.format('rate').option('rowsPerSecond', 1).load()
                    .select(expr("if(value > 3, raise_error('too much'), value)").alias('v')))
                print('after it')
                """;
        DriverHarness.Result failed = driver.result("ends", driver.submit("ends", "python", failing));
        assertThat(failed.outcome()).isEqualTo("error");
        assertThat(failed.text()).contains("after it").doesNotContain("has ended");
        assertThat(failed.error().path("ename").asText()).isEqualTo("StreamingQueryException");
        assertThat(failed.error().path("evalue").asText()).contains("too much");

        String stopping = COUNT.formatted("short") + """

                import threading
                [short] = [q for q in spark.streams.active if q.name == 'short']
                threading.Timer(3, short.stop).start()
                """;
        DriverHarness.Result stopped = driver.result("ends", driver.submit("ends", "python", stopping));
        assertThat(stopped.outcome()).isEqualTo("ok");
        assertThat(stopped.text()).contains("after it");
    }

    @Test
    void the_streams_of_a_notebook_end_with_its_context() {
        notebook("gone");
        String shown = driver.submit("gone", "python", COUNT.formatted("orphan"));
        awaitMoves("gone", shown, 1);
        notebook("beside");
        String threads = "print(spark._jvm.java.lang.Thread.getAllStackTraces().keySet().toString())";
        assertThat(driver.run("beside", "python", threads).text()).contains("stream execution thread for orphan");
        driver.call("DELETE", "contexts/gone", null);
        await().atMost(DriverHarness.PATIENCE)
                .until(() -> !driver.run("beside", "python", threads).text().contains("thread for orphan"));
    }

    @Test
    void code_that_fails_below_a_stream_does_not_stay_and_the_next_cell_neither() {
        notebook("fails");
        var failed = driver.run("fails", "python", COUNT.formatted("left") + "\n1 / 0");
        assertThat(failed.outcome()).isEqualTo("error");
        assertThat(driver.run("fails", "python", RUNNING).text()).isEqualTo("['left']\n");
    }

    @Test
    void jobs_and_clients_that_run_code_do_not_stay() {
        driver.context("client", body -> body.put("language", "python"));
        driver.context(
                "job",
                body -> body.put("language", "python")
                        .put("notebookPath", "/Shared/job")
                        .set(
                                "run",
                                Json.object()
                                        .put("jobId", 1)
                                        .put("runId", 2)
                                        .put("taskRunId", 3)
                                        .put("taskKey", "t")));
        for (String context : new String[] {"client", "job"}) {
            var shown = driver.run(context, "python", COUNT.formatted("of" + context));
            assertThat(shown.outcome()).as(shown.frames().toString()).isEqualTo("ok");
            assertThat(shown.rows()).hasSize(1);
        }
    }
}
