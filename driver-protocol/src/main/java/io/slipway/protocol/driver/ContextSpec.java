package io.slipway.protocol.driver;

import java.util.List;
import java.util.Map;

/**
 * What a driver needs to make a context.
 *
 * @param language the default language: python, sql or scala
 * @param token the user's short-lived token, with which the catalog is asked
 * @param arguments values of widgets
 * @param taskValues of the tasks that ran before, as JSON text by task and key
 */
public record ContextSpec(
        String language,
        String user,
        String token,
        String catalog,
        String schema,
        List<String> catalogs,
        Map<String, String> arguments,
        Map<String, Map<String, String>> taskValues,
        List<Library> libraries,
        String workingDirectory,
        String notebookPath,
        RunInfo run) {

    /** @param kind whl, jar, pypi or requirements (a file) */
    public record Library(String kind, String value) {}

    /**
     * Of the job run that the context serves; zeros and blanks for an interactive one.
     *
     * @param taskRunId of the run of the task, which is not that of the job's run
     */
    public record RunInfo(long jobId, long runId, long taskRunId, String taskKey) {
        public static final RunInfo NONE = new RunInfo(0, 0, 0, "");
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "ContextSpec[" + language + ", " + user + "]";
    }
}
