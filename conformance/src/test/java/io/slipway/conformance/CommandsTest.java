package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.CancelCommand;
import com.databricks.sdk.service.compute.Command;
import com.databricks.sdk.service.compute.CommandStatus;
import com.databricks.sdk.service.compute.CommandStatusResponse;
import com.databricks.sdk.service.compute.CreateContext;
import com.databricks.sdk.service.compute.DestroyContext;
import com.databricks.sdk.service.compute.Language;
import com.databricks.sdk.service.compute.ResultType;
import com.databricks.sdk.service.compute.Results;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** API 1.2 by the Java SDK; where its waiting is not the point, by {@link Repl}. */
@NullUnmarked
@ExtendWith(SharedPlatform.class)
class CommandsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static Repl repl;

    private final WorkspaceClient client = SharedPlatform.client();

    @BeforeAll
    static void connect() {
        repl = new Repl(SharedPlatform.client(), SharedPlatform.clusterId());
    }

    @AfterAll
    static void leave() {
        repl.close();
    }

    private String context() throws Exception {
        return client.commandExecution()
                .create(new CreateContext()
                        .setClusterId(SharedPlatform.clusterId())
                        .setLanguage(Language.PYTHON))
                .get(PATIENCE)
                .getId();
    }

    private void destroy(String context) {
        client.commandExecution()
                .destroy(new DestroyContext()
                        .setClusterId(SharedPlatform.clusterId())
                        .setContextId(context));
    }

    private CommandStatusResponse run(String context, String code) throws Exception {
        return client.commandExecution()
                .execute(new Command()
                        .setClusterId(SharedPlatform.clusterId())
                        .setContextId(context)
                        .setLanguage(Language.PYTHON)
                        .setCommand(code))
                .get(PATIENCE);
    }

    @Test
    void python_prints_and_remembers() throws Exception {
        String context = context();
        run(context, "x = 41");
        CommandStatusResponse result = run(context, "print(x + 1)");
        assertThat(result.getStatus()).isEqualTo(CommandStatus.FINISHED);
        assertThat(result.getResults().getResultType()).isEqualTo(ResultType.TEXT);
        assertThat(result.getResults().getData()).isEqualTo("42");
        CommandStatusResponse error = run(context, "1/0");
        assertThat(error.getStatus()).isEqualTo(CommandStatus.FINISHED);
        assertThat(error.getResults().getResultType()).isEqualTo(ResultType.ERROR);
        destroy(context);
    }

    @Test
    void an_error_of_the_user_comes_with_summary_and_trace() {
        Results results = repl.run(Language.PYTHON, "1/0");
        assertThat(results.getResultType()).isEqualTo(ResultType.ERROR);
        assertThat(results.getSummary()).contains("ZeroDivisionError: division by zero");
        assertThat(results.getCause()).contains("line 1");
    }

    @Test
    void what_code_exits_with_is_its_result_whatever_it_printed() {
        Results results = repl.run(Language.PYTHON, "print('before')\ndbutils.notebook.exit('{\"a\": 1}')");
        assertThat(results.getResultType()).isEqualTo(ResultType.TEXT);
        assertThat(results.getData()).isEqualTo("{\"a\": 1}");
    }

    @Test
    void an_installation_that_fails_is_an_error() {
        Results results = repl.run(Language.PYTHON, "%pip install --no-index nosuch==9");
        assertThat(results.getResultType()).isEqualTo(ResultType.ERROR);
        assertThat(results.getSummary())
                .isEqualTo("PipError: pip ended with status 1: %pip install --no-index nosuch==9");
    }

    @Test
    void sql_answers_a_table_with_schema() {
        Results results = repl.run(Language.SQL, "select id, cast(id as string) s from range(2) order by id;");
        assertThat(results.getResultType()).isEqualTo(ResultType.TABLE);
        assertThat(results.getData()).isEqualTo(List.of(List.of(0, "0"), List.of(1, "1")));
        assertThat(results.getSchema().toString()).contains("\"long\"").contains("\"string\"");
    }

    @Test
    void scala_and_python_see_the_same_session() {
        repl.python("spark.range(7).createOrReplaceTempView('seven')");
        Results results = repl.run(Language.SCALA, "println(spark.table(\"seven\").count())");
        assertThat(results.getData().toString()).contains("7");
    }

    @Test
    void a_picture_comes_as_an_image() {
        Results results = repl.run(Language.PYTHON, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()");
        assertThat(results.getResultType()).isEqualTo(ResultType.IMAGE);
        assertThat(results.getFileName()).startsWith("data:image/png;base64,");
    }

    @Test
    void a_long_command_can_be_cancelled_and_the_context_lives_on() throws Exception {
        String context = context();
        var waiting = client.commandExecution()
                .execute(new Command()
                        .setClusterId(SharedPlatform.clusterId())
                        .setContextId(context)
                        .setLanguage(Language.PYTHON)
                        .setCommand("import time\nwhile True:\n    time.sleep(0.05)"));
        client.commandExecution()
                .cancel(new CancelCommand()
                        .setClusterId(SharedPlatform.clusterId())
                        .setContextId(context)
                        .setCommandId(waiting.getResponse().getId()))
                .get(PATIENCE);
        assertThat(run(context, "print('alive')").getResults().getData()).isEqualTo("alive");
        destroy(context);
    }
}
