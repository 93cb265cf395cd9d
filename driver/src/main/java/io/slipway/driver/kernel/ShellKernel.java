package io.slipway.driver.kernel;

import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code %sh}: the text goes into a file and bash runs the file. As on Databricks a failing script fails the command only when
 * it begins with {@code -e}.
 */
public final class ShellKernel implements Kernel {
    private final Scope scope;
    private final ChildProcess child = new ChildProcess();

    public ShellKernel(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Outcome run(Command command) throws InterruptedException {
        String text = ((CommandSpec.Code) command.spec()).code();
        boolean strict = text.startsWith("-e\n") || text.startsWith("-e ");
        Path file = null;
        try {
            file = Files.createTempFile(scope.directory(), "cell", ".sh");
            Files.writeString(file, strict ? text.substring(3) : text);
            List<String> argv = strict ? List.of("bash", "-e", file.toString()) : List.of("bash", file.toString());
            var builder = new ProcessBuilder(argv)
                    .directory(PythonProcess.workingDirectory(scope).toFile());
            builder.environment().putAll(RuntimeVariables.of(scope.config()));
            PythonCommands.offer(scope, builder.environment());
            int status = child.run(builder, command.frames());
            if (command.cancelRequested()) {
                command.frames().error("Cancelled", "the command was cancelled", List.of());
                return Outcome.ERROR;
            }
            if (strict && status != 0) {
                command.frames().error("ExitStatus", "the script ended with status " + status, List.of());
                return Outcome.ERROR;
            }
            return Outcome.OK;
        } catch (IOException e) {
            return ErrorFrames.write(command.frames(), e);
        } finally {
            delete(file);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException left) {
                // It goes with the context's folder.
            }
        }
    }

    @Override
    public void interrupt() {
        child.interrupt();
    }

    @Override
    public void close() {
        child.interrupt();
    }
}
