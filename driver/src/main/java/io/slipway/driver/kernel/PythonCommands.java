package io.slipway.driver.kernel;

import io.slipway.driver.command.Scope;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code pip} and {@code python} of {@code %sh} and of {@code !} lines are those of the context: what they install, its cells can
 * import, and nothing lands in the computer's own Python.
 */
final class PythonCommands {
    private PythonCommands() {}

    static void write(Scope scope) throws IOException {
        Path folder = Files.createDirectories(folder(scope));
        for (String name : List.of("pip", "pip3")) {
            script(scope, folder.resolve(name), " -m pip");
        }
        for (String name : List.of("python", "python3")) {
            script(scope, folder.resolve(name), "");
        }
    }

    private static Path folder(Scope scope) {
        return scope.pythonPrefix().resolve("bin");
    }

    private static void script(Scope scope, Path file, String arguments) throws IOException {
        String search = PythonProcess.searchPath(PythonProcess.bootFolder(scope), System.getenv());
        Files.writeString(file, """
                #!/bin/sh
                PYTHONPATH=%s
                SLIPWAY_PREFIX=%s
                export PYTHONPATH SLIPWAY_PREFIX
                exec %s%s "$@"
                """.formatted(
                        quoted(search),
                        quoted(scope.pythonPrefix().toString()),
                        quoted(program(scope.config().python())),
                        arguments));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** By its whole path: by its name a shell would find the script that asks for it. */
    private static String program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(file -> !name.contains("/") && Files.isExecutable(file))
                .map(Path::toString)
                .findFirst()
                .orElse(name);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Has a shell find them first, and the programs that packages bring. */
    static void offer(Scope scope, Map<String, String> environment) {
        environment.putAll(PythonProcess.PIP);
        environment.merge("PATH", folder(scope).toString(), (inherited, own) -> own + File.pathSeparator + inherited);
    }
}
