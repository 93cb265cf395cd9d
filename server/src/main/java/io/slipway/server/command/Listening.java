package io.slipway.server.command;

import io.slipway.server.ServerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that start a server. */
public final class Listening {
    @Mixin
    private Place place = new Place();

    @Option(names = "--host", description = "address to listen on; beyond loopback only with TLS")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--tls",
            description = "speak TLS, with a certificate of the platform's own authority unless one is given")
    private boolean tls;

    @Option(names = "--tls-certificate", description = "a file with the server's certificate and its signers', in PEM")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--tls-key", description = "the file with its key, in PEM")
    private Optional<Path> key = Optional.empty();

    @Option(names = "--local-port", description = "with TLS: port of 127.0.0.1 for processes of this machine")
    private Optional<Integer> localPort = Optional.empty();

    @Option(names = "--url", description = "the address that people are told")
    private Optional<String> url = Optional.empty();

    @Option(names = "--port", description = "port to listen on")
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
        host.ifPresent(address -> flags.put("host", address));
        certificate.ifPresent(file -> flags.put("tls.certificate", file.toString()));
        key.ifPresent(file -> flags.put("tls.key", file.toString()));
        localPort.ifPresent(number -> flags.put("local.port", String.valueOf(number)));
        url.ifPresent(address -> flags.put("url", address));
        if (tls) {
            flags.put("tls", "on");
        }
        return flags;
    }

    public ServerConfig config() {
        return place.config(flags());
    }
}
