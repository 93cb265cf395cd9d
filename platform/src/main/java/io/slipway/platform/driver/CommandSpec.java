package io.slipway.platform.driver;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/** What a command runs. Stored as JSON, with its kind, and sent to the driver like that. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CommandSpec.Code.class, name = "code"),
    @JsonSubTypes.Type(value = CommandSpec.PythonFile.class, name = "python_file"),
    @JsonSubTypes.Type(value = CommandSpec.Jar.class, name = "jar"),
    @JsonSubTypes.Type(value = CommandSpec.Wheel.class, name = "wheel")
})
public sealed interface CommandSpec {
    /** Source text of one cell; {@code language} is python, sql, scala, r, sh, fs or pip. */
    record Code(String language, String code) implements CommandSpec {}

    /** A Python program with {@code sys.argv}. */
    record PythonFile(String name, String code, List<String> arguments) implements CommandSpec {}

    /** The main method of a class in the context's libraries. */
    record Jar(String mainClass, List<String> arguments) implements CommandSpec {}

    /** An entry point of a package in the context's libraries. */
    record Wheel(
            @com.fasterxml.jackson.annotation.JsonProperty("package")
            String packageName,

            String entryPoint,
            List<String> arguments,
            Map<String, String> namedArguments)
            implements CommandSpec {}
}
