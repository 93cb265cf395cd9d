package io.slipway.server.quickstart;

import io.slipway.server.command.Listening;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the example job on real data. */
@Command(name = "quickstart")
public final class Quickstart implements Callable<Integer> {
    @Mixin
    private Listening listening = new Listening();

    @Override
    public Integer call() {
        listening.config();
        return 0;
    }
}
