package io.slipway.wire.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.identity.Principal;
import io.slipway.kit.WorkspaceId;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.wire.WireJson;
import io.slipway.work.job.JobSettings;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunParameters;
import io.slipway.work.job.RunResult;
import io.slipway.work.job.RunState;
import io.slipway.work.job.Runs;
import io.slipway.work.job.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the code of a task has put out, as texts. */
class RunTextTest {
    private static final int MOST = 5 << 20;

    static final Run RUN = new Run(
            1,
            WorkspaceId.FIRST,
            Optional.of(7L),
            Run.Origin.ONE_TIME,
            "mine",
            Principal.SYSTEM,
            Principal.SYSTEM,
            new JobSettings("mine", List.of(), Map.of(), Map.of(), 0, 1, false, Optional.empty()),
            RunParameters.NONE,
            RunState.TERMINATED,
            Optional.of(RunResult.SUCCESS),
            "",
            false,
            100,
            100,
            200);

    private static TaskRun task(Optional<String> output, Optional<String> error, Optional<String> trace) {
        return new TaskRun(
                11,
                1,
                "t",
                0,
                RunState.TERMINATED,
                Optional.empty(),
                "",
                "",
                List.of(),
                0,
                output,
                error,
                trace,
                Map.of(),
                100,
                100,
                110,
                120,
                200);
    }

    private static List<OutputFrame> frames(String... bodies) {
        List<OutputFrame> frames = new ArrayList<>();
        for (String body : bodies) {
            try {
                frames.add(new OutputFrame(frames.size(), WireJson.mapper().readTree(body.replace('\'', '"'))));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return frames;
    }

    private static ObjectNode output(TaskRun task, String... bodies) {
        return RunOutput.of(
                new Runs.Output(RUN, task, frames(bodies)),
                WireJson.mapper().createObjectNode().put("run_id", 1));
    }

    @Test
    void logs_are_what_was_printed_and_the_values_of_last_lines() {
        ObjectNode out = output(
                task(Optional.of("bye"), Optional.empty(), Optional.empty()),
                "{'type':'stream','name':'stdout','text':'a\\n'}",
                "{'type':'stream','name':'stderr','text':'b\\n'}",
                "{'type':'display_data','data':{'text/plain':'no'}}",
                "{'type':'execute_result','data':{'text/plain':'3'}}",
                "{'type':'execute_result','data':{'image/png':'x'}}");
        assertThat(out.toString().replace('"', '\''))
                .isEqualTo("{'metadata':{'run_id':1},'notebook_output':{'result':'bye','truncated':false},"
                        + "'logs':'a\\nb\\n3\\n','logs_truncated':false}");
    }

    @Test
    void an_error_comes_with_its_trace() {
        ObjectNode out = output(task(Optional.empty(), Optional.of("E: x"), Optional.of("line")));
        assertThat(out.path("error").asText()).isEqualTo("E: x");
        assertThat(out.path("error_trace").asText()).isEqualTo("line");
        assertThat(out.path("notebook_output").isEmpty()).isTrue();
    }

    @Test
    void what_is_too_long_is_cut_and_says_so() {
        ObjectNode out = output(
                task(Optional.of("x".repeat(MOST + 1)), Optional.empty(), Optional.empty()),
                "{'type':'stream','text':'" + "y".repeat(MOST + 1) + "'}");
        assertThat(out.path("notebook_output").path("result").asText()).hasSize(MOST);
        assertThat(out.path("notebook_output").path("truncated").asBoolean()).isTrue();
        assertThat(out.path("logs").asText()).hasSize(MOST);
        assertThat(out.path("logs_truncated").asBoolean()).isTrue();
        ObjectNode fits = output(
                task(Optional.of("x".repeat(MOST)), Optional.empty(), Optional.empty()),
                "{'type':'stream','text':'" + "y".repeat(MOST) + "'}");
        assertThat(fits.path("notebook_output").path("truncated").asBoolean(true))
                .isFalse();
        assertThat(fits.path("logs_truncated").asBoolean(true)).isFalse();
    }

    private static String page(String... bodies) {
        StringBuilder page = new StringBuilder();
        RunPage.output(page, frames(bodies));
        return page.toString();
    }

    @Test
    void a_page_has_texts_errors_tables_and_pictures() {
        assertThat(page("{'type':'stream','text':'a'}")).isEqualTo("<pre>a</pre>");
        assertThat(page("{'type':'error','traceback':['x','y']}")).isEqualTo("<pre class=\"error\">x\ny\n</pre>");
        assertThat(page("{'type':'display_data','data':{'application/vnd.slipway.table+json':"
                        + "{'schema':[{'name':'n'}],'data':[[1],['b'],[null],[[2]]]}}}"))
                .isEqualTo("<table><tr><th>n</th></tr><tr><td>1</td></tr><tr><td>b</td></tr><tr><td>null</td></tr>"
                        + "<tr><td>[2]</td></tr></table>");
        assertThat(page("{'type':'display_data','data':{'image/png':' AA== '}}"))
                .isEqualTo("<img src=\"data:image/png;base64,AA==\">");
        assertThat(page("{'type':'execute_result','data':{'text/plain':'3'}}")).isEqualTo("<pre>3</pre>");
        assertThat(page("{'type':'display_data','data':{'text/html':'<b>'}}")).isEmpty();
    }

    @Test
    void nothing_that_code_puts_out_becomes_a_part_of_the_page() {
        assertThat(page(
                        "{'type':'stream','text':'<script>&'}",
                        "{'type':'error','traceback':['<script>']}",
                        "{'type':'display_data','data':{'image/png':'\\\"><script>'}}",
                        "{'type':'display_data','data':{'application/vnd.slipway.table+json':"
                                + "{'schema':[{'name':'<script>'}],'data':[['<script>']]}}}"))
                .as("escaped")
                .doesNotContain("<script")
                .contains("&lt;script&gt;&amp;");
    }
}
