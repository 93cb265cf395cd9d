package io.slipway.server;

import io.slipway.identity.oidc.OidcRoom;
import io.slipway.server.command.ApiClient;
import io.slipway.store.DatabaseConfig;
import io.slipway.wire.CallLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The whole platform in this process, on a free port and an empty home, without a runtime. */
final class RunningPlatform implements AutoCloseable {
    private final Composition composition;
    private final String token;

    RunningPlatform(Path home) throws IOException {
        this(home, unlimited(Exposure.local(Ports.free(), 0)));
    }

    RunningPlatform(Path home, Exposure exposure) throws IOException {
        this(home, exposure, StorageSettings.NONE, UnaryOperator.identity());
    }

    /** @param heard what hears of calls, given the audit log */
    RunningPlatform(Path home, UnaryOperator<CallLog> heard) throws IOException {
        this(Files.createDirectories(home), unlimited(Exposure.local(Ports.free(), 0)), StorageSettings.NONE, heard);
    }

    /** With DBFS or managed tables on a bucket. */
    RunningPlatform(Path home, StorageSettings storage) throws IOException {
        this(
                Files.createDirectories(home),
                unlimited(Exposure.local(Ports.free(), 0)),
                storage,
                UnaryOperator.identity());
    }

    private RunningPlatform(Path home, Exposure exposure, StorageSettings storage, UnaryOperator<CallLog> heard)
            throws IOException {
        ServerConfig config = new ServerConfig(
                home,
                home.resolve("dist"),
                exposure,
                new DatabaseConfig.Sqlite(home.resolve("slipway.db")),
                "localhost",
                OidcRoom.Settings.NONE,
                AwsSettings.USUALLY,
                storage,
                "admin@slipway.local",
                "python3",
                false,
                ServerConfig.Kept.USUALLY);
        // No runtime can be installed here: clusters end soon, and nothing is fetched for them.
        Files.writeString(home.resolve("runtimes"), "");
        composition = Composition.start(config, heard);
        ServerMain.writeAdminToken(config, composition);
        token = Files.readString(ServerMain.adminToken(home)).strip();
    }

    /** Tests ask as often as they can. */
    private static Exposure unlimited(Exposure usual) {
        return new Exposure(
                usual.host(),
                usual.port(),
                usual.plainPort(),
                usual.localPort(),
                usual.tls(),
                usual.address(),
                usual.trustedProxies(),
                0);
    }

    Composition composition() {
        return composition;
    }

    /** The admin's. */
    String token() {
        return token;
    }

    String url() {
        return "http://127.0.0.1:" + composition.port();
    }

    URI at(String address) {
        return URI.create(url() + address);
    }

    /** Calls as the admin. */
    ApiClient api() {
        return new ApiClient(url(), token);
    }

    @Override
    public void close() {
        composition.close();
    }
}
