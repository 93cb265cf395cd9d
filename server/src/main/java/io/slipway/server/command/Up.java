package io.slipway.server.command;

import io.slipway.kit.PlatformException;
import io.slipway.server.Exposure;
import io.slipway.server.Ports;
import io.slipway.server.RootKey;
import io.slipway.server.ServerConfig;
import io.slipway.server.ServerState;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the platform in the background; the launcher itself sees to {@code --foreground}. */
@Command(name = "up")
public final class Up implements Callable<Integer> {
    @Mixin
    private Listening listening = new Listening();

    @Override
    public Integer call() {
        ServerConfig config = listening.config();
        ServerState server = start(config, System.out);
        String link = signInLink(ApiClient.asAdmin(config.home(), server).with(ApiClient.SHORT), server.publicUrl());
        System.out.println("In a browser, once and within ten minutes: " + link);
        Trust.tell(config, server, System.out);
        return 0;
    }

    /** Starts the platform unless it runs, and writes the client profile. */
    public static ServerState start(ServerConfig config, PrintStream out) {
        return Turn.of(config.home(), out, () -> started(config, out));
    }

    private static ServerState started(ServerConfig config, PrintStream out) {
        Optional<ServerState> running = ServerState.living(config.home());
        ServerState server;
        if (running.isPresent()) {
            server = running.get();
            out.println("Slipway runs already at " + server.publicUrl() + " (process " + server.pid() + ").");
        } else {
            refuseTakenPort(config);
            long begun = System.nanoTime();
            server = new Background(config).start();
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            out.println("Slipway runs at " + server.publicUrl() + " (process " + server.pid() + "), ready after "
                    + millis + " ms.");
        }
        ClientProfile profile = ClientProfile.ofUser();
        profile.write(server.url(), ApiClient.token(config.home()));
        out.println("Clients find it as profile [" + ClientProfile.NAME + "] in " + profile.file() + ".");
        writeAwsProfile(config, server, out);
        return server;
    }

    /** For clients of AWS, one profile for each account; says so where there is no key. */
    static void writeAwsProfile(ServerConfig config, ServerState server, PrintStream out) {
        try {
            writeAwsProfile(AwsProfile.NAME, RootKey.read(config.home()), config, server, out);
            for (String account : config.aws().accounts()) {
                Optional<RootKey> key = RootKey.read(config.home(), account);
                writeAwsProfile(AwsProfile.NAME + "-" + account, key, config, server, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The key for clients of AWS cannot be read: " + e.getMessage(), e);
        }
    }

    private static void writeAwsProfile(
            String name, Optional<RootKey> key, ServerConfig config, ServerState server, PrintStream out) {
        if (key.isEmpty()) {
            out.println("There is no key for profile [" + name + "] of clients of AWS; ./slipway logs says why.");
            return;
        }
        AwsProfile aws = AwsProfile.ofUser();
        aws.write(name, server.url(), config.aws().region(), key.get());
        out.println("Clients of AWS find it as profile [" + name + "] in " + aws.file() + ".");
    }

    /**
     * Signs the admin in, once. The code stands behind the {@code #}, which browsers do not send: it is in no log.
     *
     * @param url where browsers reach the server
     */
    public static String signInLink(ApiClient api, String url) {
        return url + "/sign-in#code="
                + api.post("/ui-api/sign-in-links", Map.of()).path("code").asText();
    }

    /** The server would say so too, but later and in its log. Nothing is refused while our own server runs. */
    public static void refuseTakenPort(ServerConfig config) {
        if (ServerState.living(config.home()).isPresent()) {
            return;
        }
        Exposure exposure = config.exposure();
        refuseTaken(exposure.host(), exposure.port(), "--port");
        if (exposure.tls().isPresent()) {
            refuseTaken(Exposure.LOOPBACK, exposure.localPort(), "--local-port");
        }
    }

    private static void refuseTaken(String host, int port, String flag) {
        if (port != 0 && !Ports.canBind(host, port)) {
            throw PlatformException.invalidState("Port " + port + " of " + host
                    + " is taken or not allowed. Choose another: ./slipway up " + flag + " N");
        }
    }
}
