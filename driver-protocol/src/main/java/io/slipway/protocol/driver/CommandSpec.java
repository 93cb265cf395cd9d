package io.slipway.protocol.driver;

import java.util.List;
import java.util.Map;

/** What a command runs. */
public sealed interface CommandSpec {
    /** What is run, as people read it. */
    String text();

    /** Source text of one cell; {@code language} is python, sql, scala, r, sh, fs, pip or widgets. */
    record Code(String language, String code) implements CommandSpec {
        @Override
        public String text() {
            return code;
        }
    }

    /**
     * A Python program with {@code sys.argv}.
     *
     * @param name where its file lies on the node; it runs in that folder if the node has it
     */
    record PythonFile(String name, String code, List<String> arguments) implements CommandSpec {
        @Override
        public String text() {
            return code;
        }
    }

    /** The main method of a class in the context's libraries. */
    record Jar(String mainClass, List<String> arguments) implements CommandSpec {
        @Override
        public String text() {
            return mainClass + " " + String.join(" ", arguments);
        }
    }

    /** An entry point of a package in the context's libraries. */
    record Wheel(String packageName, String entryPoint, List<String> arguments, Map<String, String> namedArguments)
            implements CommandSpec {
        @Override
        public String text() {
            return packageName + ":" + entryPoint + " " + String.join(" ", arguments);
        }
    }
}
