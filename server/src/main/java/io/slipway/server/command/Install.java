package io.slipway.server.command;

import io.slipway.runtime.ConsoleProgress;
import io.slipway.runtime.InstalledRuntime;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLine;
import io.slipway.runtime.RuntimeLines;
import io.slipway.server.ServerConfig;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Installs a runtime, with progress; for those who do not want the first cluster to wait for it. */
@Command(name = "install", hidden = true)
public final class Install implements Callable<Integer> {
    @Mixin
    private Place place = new Place();

    @Option(names = "--line", description = "for instance spark-4.2; usually the newest")
    private Optional<String> line = Optional.empty();

    @Override
    public Integer call() {
        RuntimeLines lines = RuntimeLines.bundled();
        install(place.config(Map.of()), line.map(lines::line).orElseGet(lines::newest), System.err);
        return 0;
    }

    /** Says nothing but one line if the runtime is there. */
    public static InstalledRuntime install(ServerConfig config, RuntimeLine line, PrintStream out) {
        RuntimeInstaller installer =
                new RuntimeInstaller(config.home(), config.dist().resolve("jars"), config.python());
        Optional<InstalledRuntime> there = installer.installed(line);
        if (there.isPresent()) {
            return there.get();
        }
        ConsoleProgress progress = new ConsoleProgress(out, ConsoleProgress.isTerminal());
        try {
            return installer.install(line, progress);
        } finally {
            progress.finish();
        }
    }
}
