package io.slipway.driver.kernel;

import io.slipway.driver.command.Scope;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts Python for a context: the interpreter, the search path, the socket folder. */
final class PythonProcess {
    /** The boot code. */
    static final List<String> FILES = List.of(
            "slipway_kernel.py",
            "slipway_dbutils.py",
            "slipway_modules.py",
            "slipway_magics.py",
            "slipway_display.py",
            "slipway_complete.py",
            "slipway_prefix.py",
            "sitecustomize.py");

    /** What pip says about places and versions helps nobody here: every process of a node belongs to one user. */
    static final Map<String, String> PIP = Map.of(
            "PIP_NO_WARN_SCRIPT_LOCATION", "1",
            "PIP_DISABLE_PIP_VERSION_CHECK", "1",
            "PIP_ROOT_USER_ACTION", "ignore");

    private PythonProcess() {}

    /** A folder that only this user can enter, short enough for socket paths. */
    static Path socketFolder() throws IOException {
        return Files.createTempDirectory(
                "slk", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    static void removeFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            // The operating system cleans its temporary folder.
        }
    }

    static Process startKernel(
            Scope scope, PythonSpare pythonSpare, Path connectionFile, int gatewayPort, String gatewaySecret)
            throws IOException {
        return pythonSpare.become(new PythonSpare.Kernel(
                connectionFile.toString(),
                gatewayPort,
                gatewaySecret,
                scope.pythonPrefix().toString(),
                workingDirectory(scope).toString(),
                kernelLog(scope).toString()));
    }

    /** What kernels of this context say beside the output of commands: a crash of the interpreter, for instance. */
    static Path kernelLog(Scope scope) {
        return scope.directory().resolve("python-kernel.log");
    }

    /** The boot code first, then what was inherited: the runtime's libraries. */
    static String searchPath(Path boot, Map<String, String> env) {
        String inherited = env.getOrDefault("PYTHONPATH", "");
        return inherited.isEmpty() ? boot.toString() : boot + File.pathSeparator + inherited;
    }

    /** A Python process of this context with the given arguments. */
    static ProcessBuilder builder(Scope scope, List<String> arguments) throws IOException {
        var argv = new ArrayList<String>();
        argv.add(scope.config().python());
        argv.addAll(arguments);
        var builder = new ProcessBuilder(argv).directory(workingDirectory(scope).toFile());
        Map<String, String> env = builder.environment();
        env.putAll(RuntimeVariables.of(scope.config()));
        env.put("PYTHONPATH", searchPath(bootFolder(scope), env));
        env.put("PYSPARK_PYTHON", scope.config().python());
        env.put("SLIPWAY_PREFIX", scope.pythonPrefix().toString());
        env.putAll(PIP);
        env.put("SPARK_HOME", scope.config().sparkHome());
        return builder;
    }

    /** The context's working directory if this machine has it, else a folder of its own. */
    static Path workingDirectory(Scope scope) {
        String wanted = scope.spec().workingDirectory();
        if (!wanted.isEmpty() && Files.isDirectory(Path.of(wanted))) {
            return Path.of(wanted);
        }
        Path own = scope.directory().resolve("work");
        try {
            return Files.createDirectories(own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path bootFolder(Scope scope) throws IOException {
        Path folder = scope.directory().resolve("boot");
        Files.createDirectories(folder);
        for (String name : FILES) {
            try (InputStream in = PythonProcess.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IOException(name + " is missing from the driver's jar");
                }
                Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }
}
