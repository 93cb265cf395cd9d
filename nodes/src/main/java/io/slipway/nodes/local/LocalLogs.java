package io.slipway.nodes.local;

import io.slipway.spark.compute.NodeLogs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Logs of nodes of this computer: files in the node's folder, or where {@link LocalNodes} has put them when it released the node. */
public final class LocalLogs implements NodeLogs {
    /** {@code worker/work/<application>/<executor>/stderr} is the deepest. */
    private static final int DEPTH = 5;

    private final Path nodes;
    private final Path kept;

    /**
     * @param nodes holds one folder per node
     * @param kept holds a folder per cluster with what its released nodes have written
     */
    public LocalLogs(Path nodes, Path kept) {
        this.nodes = nodes;
        this.kept = kept;
    }

    @Override
    public List<File> list(String clusterId, List<String> liveNodes) {
        List<File> files = new ArrayList<>();
        liveNodes.forEach(node -> files.addAll(below(node, nodes.resolve(node))));
        Path old = kept.resolve(clusterId);
        if (Files.isDirectory(old)) {
            try (Stream<Path> folders = Files.list(old)) {
                folders.map(folder -> folder.getFileName().toString())
                        .filter(node -> !liveNodes.contains(node))
                        .forEach(node -> files.addAll(below(node, old.resolve(node))));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list the logs of cluster " + clusterId, e);
            }
        }
        return files;
    }

    private static List<File> below(String node, Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder, DEPTH)) {
            return paths.filter(LocalLogs::log)
                    .map(path -> file(node, folder, path))
                    .sorted(Comparator.comparing(File::path))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // the node is being released at this moment: its logs are elsewhere the next time
        }
    }

    private static boolean log(Path path) {
        String name = path.getFileName().toString();
        return (name.equals("stdout") || name.equals("stderr") || name.endsWith(".log")) && Files.isRegularFile(path);
    }

    private static File file(String node, Path folder, Path path) {
        try {
            return new File(
                    node,
                    folder.relativize(path).toString(),
                    Files.size(path),
                    Files.getLastModifiedTime(path).toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Chunk read(String clusterId, File file, long offset, int most) {
        Path live = nodes.resolve(file.nodeId()).resolve(file.path());
        Path path = Files.isRegularFile(live)
                ? live
                : kept.resolve(clusterId).resolve(file.nodeId()).resolve(file.path());
        try (RandomAccessFile open = new RandomAccessFile(path.toFile(), "r")) {
            long size = open.length();
            long from = Math.max(0, Math.min(offset, size));
            byte[] bytes = new byte[(int) Math.min(most, size - from)];
            open.seek(from);
            open.readFully(bytes);
            int whole = from + bytes.length < size ? wholeCharacters(bytes) : bytes.length;
            return new Chunk(new String(bytes, 0, whole, StandardCharsets.UTF_8), from, from + whole, size);
        } catch (FileNotFoundException e) {
            return new Chunk("", 0, 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    @Override
    public List<String> quietSince(long before) {
        if (!Files.isDirectory(kept)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(kept)) {
            return folders.filter(folder -> folder.toFile().lastModified() < before)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the logs of clusters", e);
        }
    }

    @Override
    public void forget(String clusterId) {
        Path folder = kept.resolve(clusterId);
        if (Files.exists(folder)) {
            try {
                LocalNodes.deleteTree(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove the logs of cluster " + clusterId, e);
            }
        }
    }

    /** How many bytes there are without a character at the end whose rest is still to come. */
    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length - 1;
        while (start > 0 && (bytes[start] & 0xc0) == 0x80) {
            start--;
        }
        boolean several = start > 0 && (bytes[start] & 0xc0) == 0xc0;
        return several ? start : bytes.length;
    }
}
