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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** API 1.2 by the Java SDK. */
@ExtendWith(SharedPlatform.class)
class CommandsTest {
    private final WorkspaceClient client = SharedPlatform.client();
    private String context = "";

    @BeforeEach
    void createContext() throws Exception {
        context = client.commandExecution()
                .create(new CreateContext()
                        .setClusterId(SharedPlatform.clusterId())
                        .setLanguage(Language.PYTHON))
                .get(Duration.ofMinutes(3))
                .getId();
    }

    @AfterEach
    void destroyContext() {
        client.commandExecution()
                .destroy(new DestroyContext()
                        .setClusterId(SharedPlatform.clusterId())
                        .setContextId(context));
    }

    private CommandStatusResponse run(Language language, String code) throws Exception {
        return client.commandExecution()
                .execute(new Command()
                        .setClusterId(SharedPlatform.clusterId())
                        .setContextId(context)
                        .setLanguage(language)
                        .setCommand(code))
                .get(Duration.ofMinutes(3));
    }

    @Test
    void python_prints_and_remembers() throws Exception {
        run(Language.PYTHON, "x = 41");
        CommandStatusResponse result = run(Language.PYTHON, "print(x + 1)");
        assertThat(result.getStatus()).isEqualTo(CommandStatus.FINISHED);
        assertThat(result.getResults().getResultType()).isEqualTo(ResultType.TEXT);
        assertThat(result.getResults().getData()).isEqualTo("42");
    }

    @Test
    void an_error_of_the_user_comes_with_summary_and_trace() throws Exception {
        CommandStatusResponse result = run(Language.PYTHON, "1/0");
        assertThat(result.getStatus()).isEqualTo(CommandStatus.FINISHED);
        assertThat(result.getResults().getResultType()).isEqualTo(ResultType.ERROR);
        assertThat(result.getResults().getSummary()).contains("ZeroDivisionError: division by zero");
        assertThat(result.getResults().getCause()).contains("line 1");
    }

    @Test
    void what_code_exits_with_is_its_result_whatever_it_printed() throws Exception {
        CommandStatusResponse result = run(Language.PYTHON, "print('before')\ndbutils.notebook.exit('{\"a\": 1}')");
        assertThat(result.getStatus()).isEqualTo(CommandStatus.FINISHED);
        assertThat(result.getResults().getResultType()).isEqualTo(ResultType.TEXT);
        assertThat(result.getResults().getData()).isEqualTo("{\"a\": 1}");
    }

    @Test
    void an_installation_that_fails_is_an_error() throws Exception {
        CommandStatusResponse result = run(Language.PYTHON, "%pip install --no-index nosuch==9");
        assertThat(result.getResults().getResultType()).isEqualTo(ResultType.ERROR);
        assertThat(result.getResults().getSummary()).isEqualTo("PipError: pip ended with status 1");
    }

    @Test
    void sql_answers_a_table_with_schema() throws Exception {
        CommandStatusResponse result = run(Language.SQL, "select id, cast(id as string) s from range(2) order by id;");
        assertThat(result.getResults().getResultType()).isEqualTo(ResultType.TABLE);
        assertThat(result.getResults().getData()).isEqualTo(List.of(List.of(0, "0"), List.of(1, "1")));
        assertThat(result.getResults().getSchema().toString())
                .contains("\"long\"")
                .contains("\"string\"");
    }

    @Test
    void scala_and_python_see_the_same_session() throws Exception {
        run(Language.PYTHON, "spark.range(7).createOrReplaceTempView('seven')");
        CommandStatusResponse result = run(Language.SCALA, "println(spark.table(\"seven\").count())");
        assertThat(result.getResults().getData().toString()).contains("7");
    }

    @Test
    void a_picture_comes_as_an_image() throws Exception {
        CommandStatusResponse result =
                run(Language.PYTHON, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()");
        assertThat(result.getResults().getResultType()).isEqualTo(ResultType.IMAGE);
        assertThat(result.getResults().getFileName()).startsWith("data:image/png;base64,");
    }

    @Test
    void a_long_command_can_be_cancelled_and_the_context_lives_on() throws Exception {
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
                .get(Duration.ofMinutes(2));
        assertThat(run(Language.PYTHON, "print('alive')").getResults().getData())
                .isEqualTo("alive");
    }
}
