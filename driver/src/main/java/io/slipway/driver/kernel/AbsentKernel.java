package io.slipway.driver.kernel;

import io.slipway.driver.command.Command;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import java.util.List;

/** A language that this runtime does not have: says so for every command. */
public final class AbsentKernel implements Kernel {
    private final String sentence;

    public AbsentKernel(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public Outcome run(Command command) {
        command.frames().error("LanguageNotInstalled", sentence, List.of());
        return Outcome.ERROR;
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
}
