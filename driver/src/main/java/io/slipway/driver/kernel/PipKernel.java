package io.slipway.driver.kernel;

import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.output.Frames;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code %pip}: installs into a folder of the context, which its Python has first on its search path. */
public final class PipKernel implements Kernel {
    private final Scope scope;
    private final ChildProcess child = new ChildProcess();

    public PipKernel(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Outcome run(Command command) throws InterruptedException {
        for (String line : ((CommandSpec.Code) command.spec()).code().split("\n")) {
            List<String> arguments;
            try {
                arguments = Words.of(line);
            } catch (IllegalArgumentException e) {
                return ErrorFrames.write(command.frames(), e);
            }
            if (!arguments.isEmpty() && pip(arguments, command.frames()) == Outcome.ERROR) {
                return Outcome.ERROR;
            }
        }
        return Outcome.OK;
    }

    /** Also installs the libraries that a context starts with. */
    public Outcome pip(List<String> arguments, Frames frames) throws InterruptedException {
        var argv = new ArrayList<>(List.of("-m", "pip"));
        argv.addAll(arguments.get(0).equals("pip") ? arguments.subList(1, arguments.size()) : arguments);
        try {
            int status = child.run(PythonProcess.builder(scope, argv), frames);
            if (status != 0) {
                frames.error("PipError", "pip ended with status " + status, List.of());
                return Outcome.ERROR;
            }
            return Outcome.OK;
        } catch (IOException e) {
            return ErrorFrames.write(frames, e);
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
