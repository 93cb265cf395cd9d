package io.slipway.work.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/** What a task does. Stored as JSON with its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Work.NotebookTask.class, name = "notebook"),
    @JsonSubTypes.Type(value = Work.PythonFile.class, name = "python_file"),
    @JsonSubTypes.Type(value = Work.Jar.class, name = "jar"),
    @JsonSubTypes.Type(value = Work.Wheel.class, name = "wheel")
})
public sealed interface Work {
    record NotebookTask(String path, Map<String, String> parameters) implements Work {}

    /** @param file a workspace path or {@code dbfs:/…} */
    record PythonFile(String file, List<String> parameters) implements Work {}

    record Jar(String mainClass, List<String> parameters) implements Work {}

    record Wheel(String packageName, String entryPoint, List<String> parameters, Map<String, String> namedParameters)
            implements Work {}
}
