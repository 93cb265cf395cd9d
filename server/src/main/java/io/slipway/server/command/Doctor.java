package io.slipway.server.command;

import io.slipway.identity.oidc.Issuers;
import io.slipway.identity.oidc.ProviderDocument;
import io.slipway.identity.oidc.ProviderSettings;
import io.slipway.kit.Clock;
import io.slipway.kit.PlatformException;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLine;
import io.slipway.runtime.RuntimeLines;
import io.slipway.server.Exposure;
import io.slipway.server.Ports;
import io.slipway.server.ServerConfig;
import io.slipway.server.ServerState;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at this machine and this installation, and says what stands in the way and what to do about it. */
@Command(name = "doctor")
public final class Doctor implements Callable<Integer> {
    private static final long RUNTIME_BYTES = 3L << 30;
    private static final int LEAST_MEMORY_MB = 4096;
    private static final int PLAIN_PORT = 80;

    @Mixin
    private Listening listening = new Listening();

    private final PrintStream out = System.out;
    private boolean healthy = true;

    @Override
    public Integer call() {
        ServerConfig config = listening.config(); // refuses bad settings by itself
        Optional<ServerState> server = ServerState.living(config.home());
        good("settings", "home " + config.home());
        good("java", System.getProperty("java.version") + " in " + System.getProperty("java.home"));
        runtimes(config);
        machine(config);
        server(config, server);
        new ExposureCheck(config, server, Clock.system()).look().forEach(this::tell);
        config.oidc()
                .provider()
                .ifPresent(provider -> provider(provider, config.oidc().authorities()));
        plainPort(config, server);
        profile(server);
        out.println(healthy ? "Nothing stands in the way." : "See the lines that begin with FAIL.");
        return healthy ? 0 : 1;
    }

    private void good(String what, String words) {
        tell(Finding.good(what, words));
    }

    private void note(String what, String words) {
        tell(Finding.note(what, words));
    }

    private void bad(String what, String words) {
        tell(Finding.bad(what, words));
    }

    private void tell(Finding finding) {
        healthy = healthy && finding.verdict() != Finding.Verdict.FAIL;
        out.println(finding);
    }

    private void runtimes(ServerConfig config) {
        RuntimeInstaller installer =
                new RuntimeInstaller(config.home(), config.dist().resolve("jars"), config.python());
        try {
            for (RuntimeLine line : RuntimeLines.bundled().all()) {
                String words = line.id() + " (Spark " + line.sparkVersion() + ") with " + config.python();
                if (installer.installed(line).isPresent()) {
                    good("runtime", words);
                } else {
                    note("runtime", words + " is not installed yet; the first cluster that needs it installs it");
                }
            }
        } catch (PlatformException e) {
            bad("python", e.message() + " Put CPython 3.10 or newer on the PATH, or set python.");
        }
    }

    private void machine(ServerConfig config) {
        int cores = Runtime.getRuntime().availableProcessors();
        long memory = ((com.sun.management.OperatingSystemMXBean)
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize()
                >> 20;
        String words = cores + " cores, " + memory + " MB";
        if (memory < LEAST_MEMORY_MB) {
            note("machine", words + "; a Spark cluster of any use takes " + LEAST_MEMORY_MB + " MB");
        } else {
            good("machine", words);
        }
        File folder = existing(config.home()).toFile();
        long free = folder.getUsableSpace();
        if (!folder.canWrite()) {
            bad("disk", folder + " cannot be written");
        } else if (free < RUNTIME_BYTES) {
            bad("disk", (free >> 20) + " MB are free at " + folder + "; a runtime takes 3 GB while it is installed");
        } else {
            good("disk", (free >> 30) + " GB free at " + folder);
        }
    }

    private static Path existing(Path path) {
        Path there = path;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private void server(ServerConfig config, Optional<ServerState> server) {
        if (server.isEmpty()) {
            Exposure exposure = config.exposure();
            if (exposure.port() == 0 || Ports.canBind(exposure.host(), exposure.port())) {
                good("server", "stopped; port " + exposure.port() + " is free");
            } else {
                bad("server", "stopped, and port " + exposure.port() + " is taken; choose another with --port");
            }
            return;
        }
        try {
            ApiClient.asAdmin(config.home(), server.get()).get("/api/2.0/preview/scim/v2/Me");
            good("server", "answers at " + server.get().url());
        } catch (PlatformException e) {
            bad("server", e.message());
        }
    }

    private void provider(ProviderSettings provider, Optional<Path> authorities) {
        String words = "people sign in by " + provider.name() + " (" + provider.issuer() + ")";
        try {
            ProviderDocument told = new Issuers(Clock.system(), authorities).document(provider.issuer());
            if (told.authorize().isEmpty() || told.token().isEmpty()) {
                bad("provider", words + ", which does not say where people sign in");
            } else {
                good("provider", words + "; it answers");
            }
        } catch (PlatformException e) {
            bad("provider", words + ". " + e.message());
        }
    }

    /** The legacy databricks CLI drops the port of its host, so only port 80 can serve it without TLS. */
    private void plainPort(ServerConfig config, Optional<ServerState> server) {
        if (server.isPresent()) {
            if (answers(config.home())) {
                good("port 80", "served: the legacy databricks CLI works with host http://127.0.0.1");
            } else {
                note(
                        "port 80",
                        "not served" + (config.exposure().plainPort() == 0 ? " (plainPort = 0)" : "; " + whyNot()));
            }
        } else if (config.exposure().plainPort() == 0) {
            note("port 80", "will not be served (plainPort = 0)");
        } else if (Ports.canBind(PLAIN_PORT)) {
            good("port 80", "will be served, for the legacy databricks CLI");
        } else {
            note("port 80", "will not be served: " + whyNot());
        }
    }

    private static String whyNot() {
        return "somebody else listens there, or this user may not (Linux: sysctl net.ipv4.ip_unprivileged_port_start=80)."
                + " Only the legacy databricks CLI needs it";
    }

    /** Our token is good there, so it is this server. */
    private static boolean answers(Path home) {
        try {
            new ApiClient("http://127.0.0.1:" + PLAIN_PORT, ApiClient.token(home)).get("/api/2.0/preview/scim/v2/Me");
            return true;
        } catch (PlatformException e) {
            return false;
        }
    }

    private void profile(Optional<ServerState> server) {
        ClientProfile file = ClientProfile.ofUser();
        try {
            Optional<ClientProfile.Login> login = file.read();
            if (login.isEmpty()) {
                note(
                        "profile",
                        "[" + ClientProfile.NAME + "] is not in " + file.file() + " yet; ./slipway up writes it");
            } else if (server.isPresent()
                    && !login.get().host().equals(server.get().url())) {
                bad(
                        "profile",
                        "[" + ClientProfile.NAME + "] in " + file.file() + " names "
                                + login.get().host() + "; ./slipway up corrects it");
            } else {
                good("profile", "[" + ClientProfile.NAME + "] in " + file.file());
            }
        } catch (IOException e) {
            bad("profile", file.file() + " cannot be read: " + e.getMessage());
        }
    }
}
