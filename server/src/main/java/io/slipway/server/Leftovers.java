package io.slipway.server;

import io.slipway.agent.Marks;
import io.slipway.agent.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Ends what a home's server has started and left. Processes are known by environment variables that they inherit: those of a node by
 * the node's mark, other children of the server, such as trainers of start-up caches, by {@link #MARK}.
 */
public final class Leftovers {
    /** Value: the home of the server that started the process. */
    public static final String MARK = "SLIPWAY_SERVER_OF";

    private static final Path PROC = Path.of("/proc");

    private final Path home;

    public Leftovers(Path home) {
        this.home = home;
    }

    /** Kills everything on the home's nodes. Their folders stay: the next server finds by them that their processes are gone. */
    public int endNodes() throws InterruptedException {
        int ended = 0;
        for (String node : nodes()) {
            ended += Sweep.killNode(node);
        }
        return ended;
    }

    private List<String> nodes() {
        Path nodes = home.resolve("nodes");
        if (!Files.isDirectory(nodes)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(nodes)) {
            return children.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + nodes, e);
        }
    }

    /** Kills the server's own children that outlived it; leaves nodes alone. */
    public int endOthers() {
        Set<Long> found = new HashSet<>();
        ProcessHandle.allProcesses()
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .filter(handle -> ofServer(handle.pid()))
                .forEach(handle -> {
                    handle.destroyForcibly();
                    found.add(handle.pid());
                });
        return found.size();
    }

    private boolean ofServer(long pid) {
        try {
            String environment =
                    Files.readString(PROC.resolve(String.valueOf(pid)).resolve("environ"), StandardCharsets.ISO_8859_1);
            List<String> variables = List.of(environment.split("\0"));
            return variables.contains(MARK + "=" + home)
                    && variables.stream().noneMatch(variable -> variable.startsWith(Marks.NODE + "="));
        } catch (IOException e) {
            return false; // it ended, belongs to somebody else, or this system has no /proc
        }
    }
}
