package io.slipway.server.command;

import io.slipway.server.ServerConfig;
import io.slipway.server.ServerSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say which platform is meant. The launcher adds what it found as system properties. */
public final class Place {
    @Option(names = "--home", description = "the folder of all state")
    private Optional<Path> home = Optional.empty();

    @Option(names = "--dist", hidden = true, description = "the built program")
    private Optional<Path> dist = Optional.empty();

    public Path home() {
        return ServerSettings.home(System.getenv(), flags());
    }

    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        home.ifPresent(path -> flags.put(ServerSettings.HOME.name(), path.toString()));
        return flags;
    }

    Path dist() {
        return dist.orElseGet(() -> Path.of(System.getProperty("slipway.dist", "server/target/dist")))
                .toAbsolutePath()
                .normalize();
    }

    static String foundPython() {
        String found = System.getProperty("slipway.python", "");
        return found.isEmpty() ? "python3" : found;
    }

    ServerConfig config(Map<String, String> moreFlags) {
        Map<String, String> flags = flags();
        flags.putAll(moreFlags);
        return ServerSettings.read(System.getenv(), flags, dist(), foundPython());
    }
}
