package io.slipway.driver.kernel;

import io.slipway.driver.json.Json;
import io.slipway.driver.start.DriverConfig;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Python process that has imported everything and waits to become somebody's kernel: a new context then waits for a connection
 * only. It has seen no user's code, and is given away once. Its standard input closes with this JVM, and it ends then.
 */
public final class PythonSpare implements AutoCloseable {
    private final DriverConfig config;
    private final Path directory;
    private @Nullable Process waiting;
    private boolean closed;

    /** @param directory for the boot code and what spares say before they are given away */
    public PythonSpare(DriverConfig config, Path directory) {
        this.config = config;
        this.directory = directory;
    }

    /** What a spare is told when it becomes a kernel. */
    record Kernel(
            String connection, int gatewayPort, String gatewaySecret, String prefix, String directory, String log) {}

    /** Turns the spare, or a process made for it, into a kernel. */
    Process become(Kernel kernel) throws IOException {
        Process process;
        synchronized (this) {
            process = waiting != null && waiting.isAlive() ? waiting : launch();
            waiting = null;
        }
        try (OutputStream in = process.getOutputStream()) {
            in.write((Json.text(kernel) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return process;
    }

    /** Makes a spare unless there is one. */
    public synchronized void refill() throws IOException {
        if (!closed && (waiting == null || !waiting.isAlive())) {
            waiting = launch();
        }
    }

    private Process launch() throws IOException {
        Path boot = bootFolder();
        var builder =
                new ProcessBuilder(List.of(config.python(), "-m", "slipway_kernel")).directory(directory.toFile());
        Map<String, String> env = builder.environment();
        env.putAll(RuntimeVariables.of(config));
        env.putAll(PythonProcess.PIP);
        env.put("PYTHONPATH", PythonProcess.searchPath(boot, env));
        env.put("PYSPARK_PYTHON", config.python());
        env.put("PYSPARK_PIN_THREAD", "true");
        env.put("SPARK_HOME", config.sparkHome());
        // The kernel watches this process and ends itself when it is gone, however it went.
        env.put("JPY_PARENT_PID", String.valueOf(ProcessHandle.current().pid()));
        env.put("MPLBACKEND", "module://matplotlib_inline.backend_inline");
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(directory.toFile(), "python-spare.log")));
        return builder.start();
    }

    private Path bootFolder() throws IOException {
        Path folder = directory.resolve("boot");
        Files.createDirectories(folder);
        for (String name : PythonProcess.FILES) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                continue;
            }
            try (InputStream in = PythonSpare.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IOException(name + " is missing from the driver's jar");
                }
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (waiting != null) {
            waiting.destroyForcibly();
        }
    }
}
