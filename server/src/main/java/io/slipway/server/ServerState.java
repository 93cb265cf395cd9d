package io.slipway.server;

import io.slipway.kit.Cidr;
import io.slipway.kit.PrivateFile;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code <home>/server.json} says about the server. It is written when the server answers and deleted when it ends; after a
 * crash it is left behind, so a reader must ask for {@link #living}.
 *
 * @param pid process id
 * @param startedAt the process's start, which tells it from a later one with the same id; epoch milliseconds
 * @param url where the server answers processes of this machine
 * @param exposed to whom it is offered; a server of an earlier version does not say
 */
public record ServerState(long pid, long startedAt, String url, Optional<Exposed> exposed) {
    /** The system counts a process's start from a boot time that it corrects now and then. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /**
     * What others see of a server.
     *
     * @param url where people reach it
     * @param certificate the file of the certificate that is given; empty: one of the own authority, or no TLS
     */
    public record Exposed(
            String url,
            String host,
            int port,
            Optional<Integer> localPort,
            Optional<String> certificate,
            List<String> trustedProxies,
            int rateLimit) {
        public static Exposed of(Exposure exposure) {
            return new Exposed(
                    exposure.url(),
                    exposure.host(),
                    exposure.port(),
                    exposure.tls().map(tls -> exposure.localPort()),
                    exposure.tls()
                            .flatMap(Exposure.Tls::given)
                            .map(files -> files.certificate().toString()),
                    exposure.trustedProxies().stream().map(Cidr::toString).toList(),
                    exposure.rateLimit());
        }

        public boolean tls() {
            return localPort.isPresent();
        }
    }

    /** Where people reach it. */
    public String publicUrl() {
        return exposed.map(Exposed::url).orElse(url);
    }

    static Path file(Path home) {
        return home.resolve("server.json");
    }

    /** This process, which answers. */
    static ServerState ofThisProcess(Exposure exposure) {
        ProcessHandle self = ProcessHandle.current();
        return new ServerState(
                self.pid(), startOf(self).orElse(0L), exposure.localUrl(), Optional.of(Exposed.of(exposure)));
    }

    void write(Path home) throws IOException {
        PrivateFile.write(file(home), Json.write(this));
    }

    /** The state of a server that lives. */
    public static Optional<ServerState> living(Path home) {
        return read(home).filter(state -> state.process().isPresent());
    }

    private static Optional<ServerState> read(Path home) {
        try {
            return Optional.of(Json.read(Files.readString(file(home)), ServerState.class));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty(); // not there, or half of it from a full disk
        }
    }

    /** The server's process, if it lives. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(handle -> handle.isAlive() && !zombie(pid))
                .filter(handle -> startOf(handle)
                        .map(start -> Math.abs(start - startedAt) < SLACK.toMillis())
                        .orElse(true));
    }

    /** Killed, but nobody has asked for its status: in a container that may be so for ever. The state follows the name, proc(5). */
    private static boolean zombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException e) {
            return false; // it ended, or this system has no /proc
        }
    }

    static Optional<Long> startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli);
    }

    static void delete(Path home) {
        try {
            Files.deleteIfExists(file(home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
