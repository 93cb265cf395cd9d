package io.slipway.conformance;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.mixin.ClustersExt;
import com.databricks.sdk.service.compute.CreateCluster;
import com.databricks.sdk.service.compute.State;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.agent.Sweep;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The platform as its users have it: a server process with a home of its own. Runtimes are borrowed from another home. */
final class PlatformProcess implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path home;
    private final int port;
    private final int plainPort;
    private final Optional<Integer> tlsPort;
    private Process process;

    private PlatformProcess(Path home, int port, int plainPort, Optional<Integer> tlsPort) {
        this.home = home;
        this.port = port;
        this.plainPort = plainPort;
        this.tlsPort = tlsPort;
        this.process = launch();
    }

    static PlatformProcess start() {
        return start(0);
    }

    /**
     * For a team: by TLS, with an authority of its own.
     *
     * @param settings of its file
     */
    static PlatformProcess startWithTls(String settings) {
        try {
            return start(0, Optional.of(freePort()), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param plainPort 80 for clients that cannot name a port; 0 = off */
    static PlatformProcess start(int plainPort) {
        return start(plainPort, Optional.empty(), "");
    }

    /** @param settings of its file */
    static PlatformProcess startWith(String settings) {
        return start(0, Optional.empty(), settings);
    }

    private static PlatformProcess start(int plainPort, Optional<Integer> tlsPort, String settings) {
        try {
            Path home = Files.createTempDirectory("platform");
            Path runtimes = Path.of(System.getProperty("slipway.runtime.home")).resolve("runtimes");
            Files.createDirectories(runtimes);
            Files.createSymbolicLink(home.resolve("runtimes"), runtimes);
            // A training costs more than it saves here, and would start anew in every pause.
            Files.writeString(home.resolve("slipway.properties"), "training = false\n" + settings);
            PlatformProcess platform = new PlatformProcess(home, freePort(), plainPort, tlsPort);
            platform.awaitReady();
            return platform;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch() {
        Path dist = Path.of(System.getProperty("slipway.dist")).toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As the launcher starts it.
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                dist.resolve("lib") + "/*",
                "io.slipway.server.Main",
                "serve",
                "--home",
                home.toString(),
                "--dist",
                dist.toString(),
                "--plain-port",
                String.valueOf(plainPort),
                tlsPort.isPresent() ? "--local-port" : "--port",
                String.valueOf(port)));
        tlsPort.ifPresent(number -> command.addAll(List.of("--tls", "--port", String.valueOf(number))));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("server.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Awaitility.await("the server answers; its log is " + home.resolve("server.log"))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Files.exists(home.resolve("server.json")) && pidInStateFile() == process.pid());
    }

    private long pidInStateFile() throws IOException {
        return Json.read(Files.readString(home.resolve("server.json")), JsonNode.class)
                .path("pid")
                .asLong();
    }

    /** As the kernel does it when memory runs out: no goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts the server again on the same home and port. */
    void startAgain() {
        process = launch();
        awaitReady();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Where a team reaches it. */
    String tlsUrl() {
        return "https://localhost:" + tlsPort();
    }

    int tlsPort() {
        return tlsPort.orElseThrow();
    }

    /** What a team trusts. */
    Path authority() {
        return home.resolve("tls").resolve("ca.pem");
    }

    String token() {
        try {
            return Files.readString(home.resolve("admin.token")).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WorkspaceClient client() {
        return new WorkspaceClient(
                new DatabricksConfig().setHost(url()).setToken(token()).setAuthType("pat"));
    }

    /** A cluster that runs. Asks often: the SDK's own waiting, which sleeps for seconds, is judged by {@link ClustersTest}. */
    String cluster(CreateCluster wanted) {
        String id = client().clusters().create(wanted).getResponse().getClusterId();
        awaitCluster(id, State.RUNNING);
        return id;
    }

    /** Waits until a cluster is in a state. */
    void awaitCluster(String id, State wanted) {
        ClustersExt clusters = client().clusters();
        Awaitility.await("cluster " + id + " is " + wanted)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> clusters.get(id).getState(), wanted::equals);
    }

    Path home() {
        return home;
    }

    /** Nodes that exist on this machine for this platform. */
    List<String> nodes() {
        Path nodes = home.resolve("nodes");
        if (!Files.isDirectory(nodes)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(nodes)) {
            return children.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Living processes whose environment has {@code text}. */
    static List<ProcessHandle> processesWith(String text) {
        List<ProcessHandle> found = new ArrayList<>();
        ProcessHandle.allProcesses().forEach(handle -> {
            try {
                if (Files.readString(
                                Path.of("/proc", String.valueOf(handle.pid()), "environ"), StandardCharsets.ISO_8859_1)
                        .contains(text)) {
                    found.add(handle);
                }
            } catch (IOException gone) {
                // It ended meanwhile, or is not ours.
            }
        });
        return found;
    }

    /** Without following the link to the borrowed runtimes. */
    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() {
        try {
            process.destroy();
            process.waitFor();
            for (String node : nodes()) {
                Sweep.killNode(node);
            }
            Files.copy(
                    home.resolve("server.log"),
                    Path.of("target", home.getFileName() + ".log"),
                    StandardCopyOption.REPLACE_EXISTING);
            delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
