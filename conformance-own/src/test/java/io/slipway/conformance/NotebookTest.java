package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.Language;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two browser tabs on one notebook with a real Spark; the tests share its cluster, and the last ends it. */
@ExtendWith(OneMoreCluster.class)
@NullUnmarked
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotebookTest {
    private static final String PATH = "/Shared/living notebook";
    private static final int SLOW = 2;
    private static final int WIDGET = 3;
    private static final int LOUD = 4;

    @TempDir
    static Path scratch;

    private static PlatformProcess platform;
    private static String clusterId;

    @BeforeAll
    static void start() throws Exception {
        platform = PlatformProcess.start();
        WorkspaceClient client = platform.client();
        clusterId = platform.cluster(SharedPlatform.singleNode("notebook"));
        String source = String.join(
                "\n\n# COMMAND ----------\n\n",
                "# Databricks notebook source\nvalue = spark.range(10).count()\nprint('counted', value)",
                "# MAGIC %sql\n# MAGIC select sum(id) as total from range(10)",
                """
                import os, time
                print('begun', flush=True)
                while not os.path.exists('%s'): time.sleep(0.05)
                print('ended', _sqldf.collect()[0][0])""".formatted(scratch.resolve("gate")),
                "dbutils.widgets.dropdown('env', 'dev', ['dev', 'prod'])\nprint('env is', dbutils.widgets.get('env'))",
                "for i in range(400_000): print('line', i, 'x' * 40)");
        client.workspace()
                .importContent(new Import()
                        .setPath(PATH)
                        .setFormat(ImportFormat.SOURCE)
                        .setLanguage(Language.PYTHON)
                        .setContent(Base64.getEncoder().encodeToString(source.getBytes(StandardCharsets.UTF_8))));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static NotebookTab tab() {
        return new NotebookTab(platform.url(), platform.token(), PATH);
    }

    /** A tab, when the first two cells have run, by an earlier test or now: a test may be run alone. */
    private static NotebookTab tabWithAContext() {
        NotebookTab tab = tab();
        if (!tab.state(0).equals("done") || !tab.state(1).equals("done")) {
            attach(tab);
            tab.say("{\"type\":\"run\",\"cells\":[$]}", 0);
            tab.say("{\"type\":\"run\",\"cells\":[$]}", 1);
            tab.awaitState(0, "done");
            tab.awaitState(1, "done");
        }
        return tab;
    }

    private static void attach(NotebookTab tab) {
        tab.say("{\"type\":\"attach\",\"cluster\":\"" + clusterId + "\"}");
    }

    @Test
    @Order(1)
    void two_tabs_see_the_same_text_and_the_same_output() {
        try (NotebookTab one = tab();
                NotebookTab two = tab()) {
            attach(one);
            two.await(
                    "the cluster",
                    frame -> frame.path("type").asText().equals("context")
                            && frame.path("cluster").asText().equals(clusterId));
            one.say("{\"type\":\"run\",\"cells\":[$]}", 0);
            two.say("{\"type\":\"run\",\"cells\":[$]}", 1);
            for (NotebookTab tab : List.of(one, two)) {
                tab.awaitState(0, "done");
                tab.awaitState(1, "done");
                tab.awaitOutput(0, "counted 10");
                assertThat(tab.output(1))
                        .contains("application/vnd.slipway.table+json")
                        .contains("[[45]]");
            }
            two.say("{\"type\":\"push\",\"re\":1,\"cell\":$,\"version\":0,\"changes\":[[1]]}", 0);
            JsonNode answer = two.await("an answer", frame -> frame.path("re").asInt() == 1);
            assertThat(answer.path("code").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
            assertThat(one.heard())
                    .anySatisfy(frame -> assertThat(frame.path("type").asText()).isEqualTo("progress"));
        }
    }

    @Test
    @Order(2)
    void typing_of_one_is_seen_by_the_other_and_by_exports() {
        try (NotebookTab one = tab();
                NotebookTab two = tab()) {
            long length =
                    platform.client().workspace().export(PATH).getContent().length();
            assertThat(length).isPositive();
            one.say("{\"type\":\"op\",\"re\":1,\"op\":\"insert\",\"cell\":\"typed\",\"after\":$,\"text\":\"\"}", 4);
            one.await("the cell", frame -> frame.path("re").asInt() == 1);
            one.say("{\"type\":\"push\",\"re\":2,\"cell\":\"typed\",\"version\":0,"
                    + "\"changes\":[[[0,\"typed = '\uD83D\uDE00'\"]]]}");
            two.await(
                    "what was typed",
                    frame -> frame.path("type").asText().equals("changes")
                            && frame.path("cell").asText().equals("typed"));
            String exported = new String(
                    Base64.getDecoder()
                            .decode(platform.client().workspace().export(PATH).getContent()),
                    StandardCharsets.UTF_8);
            assertThat(exported).endsWith("typed = '\uD83D\uDE00'");
            two.say("{\"type\":\"push\",\"re\":3,\"cell\":\"typed\",\"version\":0,\"changes\":[[[0,\"x\"]]]}");
            JsonNode rejected =
                    two.await("a rejection", frame -> frame.path("re").asInt() == 3);
            assertThat(rejected.path("type").asText()).isEqualTo("rejected");
            assertThat(rejected.path("missed").size()).isEqualTo(1);
        }
    }

    @Test
    @Order(3)
    void all_tabs_closed_and_the_server_killed_during_a_run_and_the_output_is_there() throws Exception {
        try (NotebookTab one = tabWithAContext()) {
            one.say("{\"type\":\"run\",\"cells\":[$]}", SLOW);
            one.awaitOutput(SLOW, "begun");
        }
        platform.kill();
        Files.createFile(scratch.resolve("gate"));
        platform.startAgain();
        try (NotebookTab again = tab()) {
            again.awaitState(SLOW, "done");
            again.awaitOutput(SLOW, "ended 45");
            assertThat(again.output(SLOW)).containsOnlyOnce("begun");
            assertThat(again.output(0)).contains("counted 10");
        }
    }

    @Test
    @Order(4)
    void a_cell_runs_with_the_value_that_was_chosen_for_the_widget_that_it_reads() {
        try (NotebookTab one = tabWithAContext()) {
            one.say("{\"type\":\"run\",\"cells\":[$]}", WIDGET);
            one.awaitState(WIDGET, "done");
            one.awaitOutput(WIDGET, "env is dev");
            one.await("widgets", frame -> frame.path("type").asText().equals("widgets"));
            one.say("{\"type\":\"widget\",\"re\":1,\"name\":\"env\",\"value\":\"prod\"}");
            one.await("done", frame -> frame.path("re").asInt() == 1);
            one.awaitOutput(WIDGET, "env is prod");
        }
    }

    @Test
    @Order(5)
    void names_are_completed_by_the_interpreter_and_from_the_catalog_also_while_it_is_busy() {
        try (NotebookTab one = tabWithAContext()) {
            one.say("{\"type\":\"complete\",\"re\":1,\"cell\":$,\"text\":\"val\",\"pos\":3}", 0);
            assertThat(matches(one, 1)).contains("value");
            one.say("{\"type\":\"inspect\",\"re\":2,\"cell\":$,\"text\":\"print\",\"pos\":5}", 0);
            JsonNode known = one.await("an answer", frame -> frame.path("re").asInt() == 2);
            assertThat(known.path("data").path("text/plain").asText()).contains("print");
            one.say(
                    "{\"type\":\"op\",\"op\":\"insert\",\"cell\":\"busy\",\"after\":$,\"text\":\"import time; time.sleep(60)\"}",
                    LOUD);
            one.say("{\"type\":\"run\",\"cells\":[\"busy\"]}");
            one.await(
                    "it runs",
                    frame -> frame.path("type").asText().equals("state")
                            && frame.path("cell").asText().equals("busy")
                            && frame.path("state").asText().equals("running"));
            one.say("{\"type\":\"complete\",\"re\":3,\"cell\":$,\"text\":\"%sql\\nselect * from mai\",\"pos\":22}", 1);
            assertThat(matches(one, 3)).contains("main");
            one.say("{\"type\":\"complete\",\"re\":4,\"cell\":$,\"text\":\"%sql\\nsel\",\"pos\":8}", 1);
            assertThat(matches(one, 4)).contains("select");
            one.say("{\"type\":\"cancel\"}");
            one.await(
                    "it is cancelled",
                    frame -> frame.path("cell").asText().equals("busy")
                            && frame.path("state").asText().equals("cancelled"));
        }
    }

    private static List<String> matches(NotebookTab tab, int question) {
        JsonNode answer = tab.await("an answer", frame -> frame.path("re").asInt() == question);
        List<String> matches = new ArrayList<>();
        answer.path("matches").forEach(match -> matches.add(match.asText()));
        return matches;
    }

    @Test
    @Order(6)
    void a_cell_that_prints_hundreds_of_thousands_of_lines_keeps_its_end() {
        try (NotebookTab one = tabWithAContext()) {
            one.say("{\"type\":\"run\",\"cells\":[$]}", LOUD);
            one.awaitState(LOUD, "done");
            one.awaitOutput(LOUD, "line 399999");
            assertThat(one.output(LOUD)).contains("Output was cut").contains("are left out");
        }
    }

    @Test
    @Order(7)
    void a_cluster_that_is_terminated_is_told_with_what_to_do_next() {
        try (NotebookTab one = tabWithAContext()) {
            platform.client().clusters().delete(clusterId);
            JsonNode lost =
                    one.await("loss", frame -> frame.path("type").asText().equals("contextLost"));
            assertThat(lost.path("next").asText()).contains("Start the cluster");
            one.say("{\"type\":\"run\",\"cells\":[$]}", 0);
            one.awaitState(0, "error");
            one.awaitOutput(0, "Start it, then run again.");
        }
    }
}
