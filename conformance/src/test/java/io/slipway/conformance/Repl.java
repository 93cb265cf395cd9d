package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.Command;
import com.databricks.sdk.service.compute.CreateContext;
import com.databricks.sdk.service.compute.DestroyContext;
import com.databricks.sdk.service.compute.Language;
import com.databricks.sdk.service.compute.ResultType;
import com.databricks.sdk.service.compute.Results;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A context of API 1.2 on a cluster, as a person types into it. */
final class Repl implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final WorkspaceClient client;
    private final String clusterId;
    private final String contextId;

    Repl(WorkspaceClient client, String clusterId) throws TimeoutException {
        this.client = client;
        this.clusterId = clusterId;
        this.contextId = client.commandExecution()
                .create(new CreateContext().setClusterId(clusterId).setLanguage(Language.PYTHON))
                .get(PATIENCE)
                .getId();
    }

    Results run(Language language, String code) {
        try {
            return client.commandExecution()
                    .execute(new Command()
                            .setClusterId(clusterId)
                            .setContextId(contextId)
                            .setLanguage(language)
                            .setCommand(code))
                    .get(PATIENCE)
                    .getResults();
        } catch (TimeoutException e) {
            throw new AssertionError("no answer to: " + code, e);
        }
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
        client.commandExecution()
                .destroy(new DestroyContext().setClusterId(clusterId).setContextId(contextId));
    }
}
