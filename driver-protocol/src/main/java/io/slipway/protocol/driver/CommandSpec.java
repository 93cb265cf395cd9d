package io.slipway.protocol.driver;

import java.util.List;
import java.util.Map;

/** What a command runs. */
public sealed interface CommandSpec {
    /** Source text of one cell; {@code language} is python, sql, scala, r, sh, fs or pip. */
    record Code(String language, String code) implements CommandSpec {}

    /** A Python program with {@code sys.argv}. */
    record PythonFile(String name, String code, List<String> arguments) implements CommandSpec {}

    /** The main method of a class in the context's libraries. */
    record Jar(String mainClass, List<String> arguments) implements CommandSpec {}

    /** An entry point of a package in the context's libraries. */
    record Wheel(String packageName, String entryPoint, List<String> arguments, Map<String, String> namedArguments)
            implements CommandSpec {}
}
