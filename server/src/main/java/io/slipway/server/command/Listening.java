package io.slipway.server.command;

import io.slipway.server.ServerConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that start a server. */
public final class Listening {
    @Mixin
    private Place place = new Place();

    @Option(names = "--port", description = "port of 127.0.0.1")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--plain-port", description = "80: listen there too; 0: do not")
    private Optional<Integer> plainPort = Optional.empty();

    public Place place() {
        return place;
    }

    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        port.ifPresent(number -> flags.put("port", String.valueOf(number)));
        plainPort.ifPresent(number -> flags.put("plainPort", String.valueOf(number)));
        return flags;
    }

    public ServerConfig config() {
        return place.config(flags());
    }
}
