package io.slipway.server;

import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrivateFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process. Writes {@code <home>/server.json} with its process id and address once it answers, and the first admin's token
 * to {@code <home>/admin.token} at the first start.
 */
public final class ServerMain {
    private static final Logger log = LoggerFactory.getLogger(ServerMain.class);

    private ServerMain() {}

    /**
     * Runs until the process is told to end.
     *
     * @param ready told once, when requests are answered
     * @throws PlatformException if this home has a server already or the port is taken
     */
    public static void run(ServerConfig asked, Consumer<ServerState> ready) throws IOException, InterruptedException {
        ServerLock lock = ServerLock.take(asked.home());
        ServerState.delete(asked.home());
        ServerConfig config = asked.with(withPorts(asked.exposure()));
        Composition platform = Composition.start(config);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(config, platform, lock, ended), "shutdown"));
        writeAdminToken(config, platform);
        RootKey.writeAll(config.home(), config.aws().accounts(), platform.iam());
        ServerState state = ServerState.ofThisProcess(config.exposure());
        state.write(config.home());
        // The start that the system tells of a process is that of the machine's in whole seconds, plus some; the JVM
        // knows its own.
        log.info(
                "ready at {} after {} ms",
                state.publicUrl(),
                ManagementFactory.getRuntimeMXBean().getUptime());
        ready.accept(state);
        ended.await();
    }

    private static Exposure withPorts(Exposure asked) throws IOException {
        int local = asked.tls().isPresent()
                ? port(Exposure.LOOPBACK, asked.localPort(), "--local-port, or as local.port")
                : asked.localPort();
        return asked.withPorts(port(asked.host(), asked.port(), "--port, or as port"), local);
    }

    /** A taken port is the most usual reason why a server does not start, so it is told in words of its own. */
    private static int port(String host, int asked, String setting) throws IOException {
        if (asked == 0) {
            return Ports.free();
        }
        if (!Ports.canBind(host, asked)) {
            throw PlatformException.invalidState("Port " + asked + " of " + host
                    + " is taken or not allowed. Choose another with " + setting + " in " + ServerSettings.FILE + ".");
        }
        return asked;
    }

    private static void end(ServerConfig config, Composition platform, ServerLock lock, CountDownLatch ended) {
        log.info("ending");
        platform.close();
        ServerState.delete(config.home());
        new Leftovers(config.home()).endOthers();
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("the lock cannot be given back", e);
        }
        ended.countDown();
    }

    /** Makes the first admin and the token, if they are not there. */
    public static void writeAdminToken(ServerConfig config, Composition platform) throws IOException {
        Path file = adminToken(config.home());
        Optional<Caller> admin = platform.identities().bootstrapAdmin(config.adminUser());
        boolean valid = Files.exists(file)
                && platform.identities()
                        .authenticate(Files.readString(file).trim())
                        .isPresent();
        if (!valid && admin.isPresent()) {
            PrivateFile.write(
                    file,
                    platform.identities()
                            .createToken(admin.get(), "bootstrap", Optional.empty())
                            .value());
        }
    }

    public static Path adminToken(Path home) {
        return home.resolve("admin.token");
    }
}
