package io.slipway.spark.kernel;

import io.slipway.protocol.driver.ContextSpec;
import java.util.List;
import java.util.Map;

/**
 * What a context is made with beside its language and owner.
 *
 * @param arguments values of widgets
 * @param taskValues of upstream tasks, as JSON text by task and key
 * @param notebookPath blank when it does not run a notebook
 */
public record ContextOptions(
        Map<String, String> arguments,
        Map<String, Map<String, String>> taskValues,
        List<ContextSpec.Library> libraries,
        String notebookPath,
        ContextSpec.RunInfo run) {
    public static final ContextOptions NONE =
            new ContextOptions(Map.of(), Map.of(), List.of(), "", ContextSpec.RunInfo.NONE);

    public ContextOptions {
        arguments = Map.copyOf(arguments);
        taskValues = Map.copyOf(taskValues);
        libraries = List.copyOf(libraries);
    }

    ContextOptions with(Map<String, String> newArguments) {
        return new ContextOptions(newArguments, taskValues, libraries, notebookPath, run);
    }
}
