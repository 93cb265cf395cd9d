package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.Command;
import com.databricks.sdk.service.compute.CommandExecutionAPI;
import com.databricks.sdk.service.compute.CommandStatus;
import com.databricks.sdk.service.compute.CommandStatusResponse;
import com.databricks.sdk.service.compute.ContextStatus;
import com.databricks.sdk.service.compute.CreateContext;
import com.databricks.sdk.service.compute.DestroyContext;
import com.databricks.sdk.service.compute.Language;
import com.databricks.sdk.service.compute.ResultType;
import com.databricks.sdk.service.compute.Results;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A context of API 1.2 on a cluster, as a person types into it. It asks often: the SDK's own waiting, which sleeps for a second or
 * longer after each question, is judged by {@link CommandsTest}.
 */
final class Repl implements AutoCloseable {
    private static final Set<CommandStatus> UNDER_WAY =
            EnumSet.of(CommandStatus.QUEUED, CommandStatus.RUNNING, CommandStatus.CANCELLING);

    private final CommandExecutionAPI commands;
    private final String clusterId;
    private final String contextId;

    Repl(WorkspaceClient client, String clusterId) {
        this.commands = client.commandExecution();
        this.clusterId = clusterId;
        this.contextId = commands.create(
                        new CreateContext().setClusterId(clusterId).setLanguage(Language.PYTHON))
                .getResponse()
                .getId();
        ContextStatus status = soon("the context " + contextId)
                .until(
                        () -> commands.contextStatus(clusterId, contextId).getStatus(),
                        now -> now != ContextStatus.PENDING);
        assertThat(status).isEqualTo(ContextStatus.RUNNING);
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(PlatformProcess.PATIENCE).pollInterval(Duration.ofMillis(25));
    }

    Results run(Language language, String code) {
        String command = commands.execute(new Command()
                        .setClusterId(clusterId)
                        .setContextId(contextId)
                        .setLanguage(language)
                        .setCommand(code))
                .getResponse()
                .getId();
        CommandStatusResponse end = soon("an answer to: " + code)
                .until(
                        () -> commands.commandStatus(clusterId, contextId, command),
                        now -> !UNDER_WAY.contains(now.getStatus()));
        assertThat(end.getStatus()).as(code).isIn(CommandStatus.FINISHED, CommandStatus.ERROR);
        return end.getResults();
    }

    /** The rows that a statement answers, as text: {@code [[1, a], [2, b]]}. */
    String sql(String statement) {
        return String.valueOf(fine(Language.SQL, statement).getData());
    }

    /** What the code prints. */
    String python(String code) {
        return String.valueOf(fine(Language.PYTHON, code).getData());
    }

    private Results fine(Language language, String code) {
        Results results = run(language, code);
        assertThat(results.getResultType())
                .as("%s: %s %s", code, results.getSummary(), results.getCause())
                .isNotEqualTo(ResultType.ERROR);
        return results;
    }

    /** The one sentence with which a statement fails. */
    String sqlError(String statement) {
        Results results = run(Language.SQL, statement);
        assertThat(results.getResultType()).as(statement).isEqualTo(ResultType.ERROR);
        return String.valueOf(results.getSummary());
    }

    @Override
    public void close() {
        commands.destroy(new DestroyContext().setClusterId(clusterId).setContextId(contextId));
    }
}
