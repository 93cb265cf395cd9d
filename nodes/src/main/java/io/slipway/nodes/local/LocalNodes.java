package io.slipway.nodes.local;

import io.slipway.agent.Sweep;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrivateFile;
import io.slipway.spark.compute.Node;
import io.slipway.spark.compute.NodeProvider;
import io.slipway.spark.compute.NodeResources;
import io.slipway.spark.compute.NodeType;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes of this computer. A node is a folder, an address out of 127.0.0.0/8 and a detached agent, which outlives the server.
 *
 * <p>Size rule: a node gets its type's cores but at most the machine's, and its type's memory but at most an eighth of the
 * machine's, at least 1 GB.
 */
public final class LocalNodes implements NodeProvider {
    private static final Logger log = LoggerFactory.getLogger(LocalNodes.class);
    private static final int LEAST_MEMORY_MB = 1024;

    private final Path folder;
    private final Path logs;
    private final Path agentJar;
    private final String serverUrl;
    private final Function<String, String> bootstrapTokens;
    private final Ids ids;
    private final Machine machine;

    /** What this computer has. */
    public record Machine(int cores, int memoryMb, boolean ownAddresses) {
        /** All of 127.0.0.0/8 is usable on Linux; elsewhere only 127.0.0.1 is. */
        public static Machine detect() {
            long bytes = ((com.sun.management.OperatingSystemMXBean)
                            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                    .getTotalMemorySize();
            return new Machine(
                    Runtime.getRuntime().availableProcessors(),
                    (int) (bytes >> 20),
                    System.getProperty("os.name").startsWith("Linux"));
        }
    }

    /** The agent's process: an id alone may have been given to somebody else since. */
    private record Identity(long pid, long startedAt) {}

    /**
     * @param folder holds one folder per node
     * @param logs holds what processes of released nodes have written
     * @param serverUrl where agents find the server
     * @param bootstrapTokens the token with which the agent of a node introduces itself
     */
    public LocalNodes(
            Path folder,
            Path logs,
            Path agentJar,
            String serverUrl,
            Function<String, String> bootstrapTokens,
            Ids ids,
            Machine machine) {
        this.folder = folder;
        this.logs = logs;
        this.agentJar = agentJar;
        this.serverUrl = serverUrl;
        this.bootstrapTokens = bootstrapTokens;
        this.ids = ids;
        this.machine = machine;
    }

    @Override
    public Acquired acquire(Node node) {
        try {
            Path directory = directory(node.id());
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path addressFile = directory.resolve("address");
            if (!Files.exists(addressFile)) {
                PrivateFile.write(addressFile, newAddress());
            }
            String address = Files.readString(addressFile).trim();
            PrivateFile.write(
                    directory.resolve("agent.json"),
                    Json.write(Map.of(
                            "nodeId", node.id(),
                            "serverUrl", serverUrl,
                            "bootstrapToken", bootstrapTokens.apply(node.id()),
                            "directory", directory.toString())));
            startAgent(directory);
            return new Acquired(node.id(), address);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of node " + node.id(), e);
        }
    }

    @Override
    public void keep(Node node) {
        Path directory = directory(node.id());
        if (!node.address().isEmpty() && Files.exists(directory.resolve("agent.json"))) {
            try {
                startAgent(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start the agent of node " + node.id(), e);
            }
        }
    }

    /** Starts the agent unless it runs. Two at once do no harm: the second finds the first's lock and ends. */
    private void startAgent(Path directory) throws IOException {
        Path pidFile = directory.resolve("agent.pid");
        if (Files.exists(pidFile)) {
            Identity known = Json.read(Files.readString(pidFile), Identity.class);
            if (identity(known.pid()).filter(known::equals).isPresent()) {
                return;
            }
        }
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // A session of its own: Ctrl-C at the server's terminal does not reach it.
            command.add("/usr/bin/setsid");
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-jar",
                agentJar.toString(),
                directory.resolve("agent.json").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("agent.log").toFile()));
        builder.environment().put("SLIPWAY_NODE", directory.getFileName().toString());
        Process process = builder.start();
        Identity started = identity(process.pid()).orElse(new Identity(process.pid(), 0));
        PrivateFile.write(pidFile, Json.write(started));
        log.info("started the agent of node {} as process {}", directory.getFileName(), process.pid());
    }

    private static Optional<Identity> identity(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> new Identity(pid, start.toEpochMilli()));
    }

    @Override
    public void release(Node node) {
        end(node.id(), logs.resolve(node.clusterId()).resolve(node.id()));
    }

    @Override
    public void releaseUnknown(String nodeId) {
        log.warn("releasing node {}, which nobody knows", nodeId);
        end(nodeId, logs.resolve("unknown").resolve(nodeId));
    }

    private void end(String nodeId, Path keepLogs) {
        kill(nodeId);
        Path directory = directory(nodeId);
        if (Files.exists(directory)) {
            try {
                keepLogs(directory, keepLogs);
                deleteTree(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot clear the folder of node " + nodeId, e);
            }
        }
    }

    /** Nothing on a node needs an orderly end: what must last is not kept there. */
    private static void kill(String nodeId) {
        try {
            Sweep.killNode(nodeId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(ErrorCode.CANCELLED, "interrupted while ending node " + nodeId, e);
        }
    }

    private static void keepLogs(Path directory, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.equals("stdout") || name.equals("stderr") || name.endsWith(".log")) {
                    Path copy = target.resolve(directory.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public List<String> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    @Override
    public NodeResources resources(NodeType type) {
        return new NodeResources(
                Math.min(type.vcpus(), machine.cores()),
                Math.max(LEAST_MEMORY_MB, Math.min(type.memoryMb(), machine.memoryMb() / 8)));
    }

    @Override
    public boolean ownAddresses() {
        return machine.ownAddresses();
    }

    private String newAddress() {
        if (!machine.ownAddresses()) {
            return "127.0.0.1";
        }
        byte[] random = ids.secret(3);
        return "127." + part(random[0]) + "." + part(random[1]) + "." + part(random[2]);
    }

    /** 2 to 253: neither the usual loopback address nor a broadcast one. */
    private static int part(byte random) {
        return 2 + (random & 0xff) % 252;
    }

    private Path directory(String nodeId) {
        return folder.resolve(nodeId);
    }
}
