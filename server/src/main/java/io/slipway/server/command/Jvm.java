package io.slipway.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How this program is started in a JVM of its own. */
final class Jvm {
    private Jvm() {}

    /** Up to and with the main class. By the launcher's argument file if it wrote one, else with this JVM's own class path. */
    static List<String> of(Class<?> main, Path dist) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String python = "-Dslipway.python=" + Place.foundPython();
        Path arguments = dist.resolve("server.args");
        return Files.exists(arguments)
                ? List.of(java, "@" + arguments, python, main.getName())
                : List.of(
                        java,
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        python,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName());
    }
}
