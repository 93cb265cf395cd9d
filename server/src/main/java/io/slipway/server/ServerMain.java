package io.slipway.server;

import io.slipway.platform.identity.User;
import io.slipway.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process. Writes {@code <home>/server.json} with its process id and address once it answers, and the first admin's token
 * to {@code <home>/admin.token} at the first start.
 */
public final class ServerMain {
    private static final Logger log = LoggerFactory.getLogger(ServerMain.class);

    private ServerMain() {}

    /** Runs until the process is told to end. */
    public static void run(ServerConfig config) throws IOException, InterruptedException {
        long begun = ProcessHandle.current()
                .info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .orElse(System.currentTimeMillis());
        Path stateFile = config.home().resolve("server.json");
        Files.deleteIfExists(stateFile);
        Composition platform = Composition.start(config);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            platform.close();
                            ended.countDown();
                        },
                        "shutdown"));
        writeAdminToken(config, platform);
        String url = "http://127.0.0.1:" + platform.port();
        Home.writePrivately(
                stateFile, Json.write(Map.of("pid", ProcessHandle.current().pid(), "url", url)));
        log.info("ready at {} after {} ms", url, System.currentTimeMillis() - begun);
        ended.await();
    }

    private static void writeAdminToken(ServerConfig config, Composition platform) throws IOException {
        Path file = config.home().resolve("admin.token");
        User admin = platform.identities().bootstrapAdmin(config.adminUser());
        boolean valid = Files.exists(file)
                && platform.identities()
                        .authenticate(Files.readString(file).trim())
                        .isPresent();
        if (!valid) {
            Home.writePrivately(
                    file,
                    platform.identities()
                            .createToken(admin.caller(), "bootstrap", Optional.empty())
                            .value());
        }
    }
}
