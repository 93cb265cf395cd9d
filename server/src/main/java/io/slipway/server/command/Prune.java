package io.slipway.server.command;

import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLines;
import io.slipway.server.ServerConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Frees the disk of runtimes that older versions have left. */
@Command(name = "prune")
public final class Prune implements Callable<Integer> {
    @Mixin
    private Place place = new Place();

    @Override
    public Integer call() {
        ServerConfig config = place.config(Map.of());
        List<String> deleted = new RuntimeInstaller(config.home(), config.dist().resolve("jars"), config.python())
                .prune(RuntimeLines.bundled().all());
        deleted.forEach(name -> System.out.println("Deleted " + name));
        if (deleted.isEmpty()) {
            System.out.println("Nothing is left over.");
        }
        return 0;
    }
}
