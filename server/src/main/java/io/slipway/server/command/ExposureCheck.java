package io.slipway.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.oidc.ProviderSettings;
import io.slipway.kit.Clock;
import io.slipway.kit.PlatformException;
import io.slipway.server.Exposure;
import io.slipway.server.RootKey;
import io.slipway.server.ServerConfig;
import io.slipway.server.ServerState;
import io.slipway.server.tls.Authority;
import io.slipway.server.tls.MachineNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is offered to whom, and whether something is that must not be. */
final class ExposureCheck {
    private static final String WHAT = "exposure";
    private static final int PLAIN_PORT = 80;
    private static final int PATIENCE_MILLIS = 500;
    private static final Duration SOON = Duration.ofDays(14);
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final ServerConfig config;
    private final Optional<ServerState> server;
    private final ServerState.Exposed exposed;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    /** Of the server that runs, else of the one that would be started. */
    ExposureCheck(ServerConfig config, Optional<ServerState> server, Clock clock) {
        this.config = config;
        this.server = server;
        this.exposed = server.flatMap(ServerState::exposed).orElseGet(() -> ServerState.Exposed.of(config.exposure()));
        this.now = clock.now();
    }

    List<Finding> look() {
        listening();
        if (exposed.tls()) {
            certificate();
        }
        plainPorts();
        proxies();
        limit();
        server.ifPresent(this::people);
        config.oidc().provider().flatMap(ProviderSettings::secret).ifPresent(this::closed);
        return List.copyOf(findings);
    }

    private void listening() {
        String where = exposed.host() + ":" + exposed.port();
        if (!exposed.tls()) {
            good(where + " by plain HTTP, for this machine only");
        } else if (Exposure.beyondLoopback(exposed.host())) {
            good(where + " by TLS, for every machine that reaches this one, as " + exposed.url());
        } else {
            good(where + " by TLS, for this machine only, as " + exposed.url());
        }
    }

    private void certificate() {
        Path folder = config.tlsFolder();
        Path file = exposed.certificate().map(Path::of).orElseGet(() -> Authority.serverCertificate(folder));
        if (exposed.certificate().isEmpty() && !Files.exists(file)) {
            good("the certificate and its authority will be made in " + folder);
            return;
        }
        try {
            X509Certificate certificate = Authority.read(file);
            Instant end = certificate.getNotAfter().toInstant();
            String words = "the certificate in " + file + " is for "
                    + certificate.getSubjectX500Principal().getName() + " until " + end;
            if (end.isBefore(now)) {
                bad(words + ": it has ended");
            } else if (exposed.certificate().isPresent() && end.isBefore(now.plus(SOON))) {
                note(words + ": a new one is needed soon");
            } else {
                good(words);
            }
        } catch (PlatformException e) {
            bad(e.message());
        }
        if (exposed.certificate().isEmpty()) {
            Path authority = Authority.certificate(folder);
            if (Files.exists(authority)) {
                good("its authority is " + authority + ", SHA-256 " + Authority.fingerprint(Authority.read(authority)));
            }
            closed(Authority.key(folder));
            closed(folder.resolve("server.key"));
        } else {
            config.exposure().tls().flatMap(Exposure.Tls::given).ifPresent(files -> closed(files.key()));
        }
    }

    private void closed(Path key) {
        try {
            if (Files.getPosixFilePermissions(key).stream().anyMatch(OF_OTHERS::contains)) {
                bad("others than its owner can use " + key + "; take it from them: chmod 600 " + key);
            }
        } catch (IOException | UnsupportedOperationException e) {
            note("nobody knows who can read " + key + ": " + e.getMessage());
        }
    }

    /** Asks at every address of this machine that others can reach. */
    private void plainPorts() {
        if (server.isEmpty()) {
            return;
        }
        List<Integer> plain = new ArrayList<>();
        exposed.localPort().ifPresentOrElse(plain::add, () -> plain.add(exposed.port()));
        if (config.exposure().plainPort() > 0) {
            plain.add(PLAIN_PORT);
        }
        List<String> open = MachineNames.all(List.of()).stream()
                .filter(MachineNames::isAddress)
                .filter(Exposure::beyondLoopback)
                .flatMap(address ->
                        plain.stream().filter(port -> ours(address, port)).map(port -> address + ":" + port))
                .toList();
        if (open.isEmpty()) {
            exposed.localPort()
                    .ifPresent(
                            port -> good("127.0.0.1:" + port + " by plain HTTP, for processes of this machine only"));
        } else {
            bad("plain HTTP is answered at " + String.join(", ", open)
                    + ": what listens or forwards there sends passwords and tokens unencrypted");
        }
    }

    /** Port 80 may be somebody else's; only we know our workspace. */
    private static boolean ours(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
        } catch (IOException e) {
            return false;
        }
        try {
            return new ApiClient("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port, "")
                    .with(ApiClient.SHORT)
                    .get("/.well-known/databricks-config")
                    .has("account_id");
        } catch (PlatformException | IllegalStateException notOurs) {
            return false;
        }
    }

    private void proxies() {
        if (exposed.trustedProxies().isEmpty()) {
            good("no proxy is trusted: everybody is where their connection comes from");
        } else if (exposed.trustedProxies().stream().anyMatch(range -> range.endsWith("/0"))) {
            bad("trusted.proxies has all addresses: anybody can say that they come from anywhere");
        } else {
            good("trusted proxies: " + String.join(", ", exposed.trustedProxies()));
        }
    }

    private void limit() {
        if (exposed.rateLimit() > 0) {
            good("each principal may ask " + exposed.rateLimit() + " times a second");
        } else {
            note("everybody may ask as often as they like (rate.limit = 0)");
        }
    }

    private void people(ServerState running) {
        try {
            JsonNode users = ApiClient.asAdmin(config.home(), running)
                    .with(ApiClient.SHORT)
                    .get("/api/2.0/preview/scim/v2/Users", Map.of("count", "1"));
            good(users.path("totalResults").asInt()
                    + " people may come in; the token in admin.token opens everything to whoever can read it");
        } catch (PlatformException | IllegalStateException e) {
            note("nobody knows who may come in: " + e.getMessage());
        }
        closed(config.home().resolve("admin.token"));
        closed(RootKey.file(config.home()));
        config.aws().accounts().forEach(each -> closed(RootKey.file(config.home(), each)));
    }

    private void good(String words) {
        findings.add(Finding.good(WHAT, words));
    }

    private void note(String words) {
        findings.add(Finding.note(WHAT, words));
    }

    private void bad(String words) {
        findings.add(Finding.bad(WHAT, words));
    }
}
