package io.slipway.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Frees what no line of this version needs: runtimes of older locks, their downloads, and halves of both. A runtime from which a
 * process runs stays. It is an operator's step, since several homes and versions may share a store, which this one cannot know.
 */
final class StorePruning {
    private final Path store;
    private final List<RuntimeLine> lines;

    /** @param store whose lock the caller holds: nothing is being downloaded or unpacked */
    StorePruning(Path store, List<RuntimeLine> lines) {
        this.store = store;
        this.lines = lines;
    }

    /** Names of what was deleted. */
    List<String> run() throws IOException {
        List<String> deleted = new ArrayList<>();
        Set<Path> programs = programs();
        for (Path entry : entries(store)) {
            if (Files.isDirectory(entry) && !entry.endsWith(Blobs.FOLDER) && !needed(entry, programs)) {
                FileTree.delete(entry);
                deleted.add(entry.getFileName().toString());
            }
        }
        Set<String> pinned = lines.stream()
                .flatMap(line -> line.lock().artefacts().stream())
                .map(Artefact::sha256)
                .collect(Collectors.toSet());
        for (Path blob : entries(store.resolve(Blobs.FOLDER))) {
            String name = blob.getFileName().toString();
            if (!pinned.contains(name) && !pinned.contains(name.replace(Download.PART, ""))) {
                Files.delete(blob);
                deleted.add(name);
            }
        }
        return deleted;
    }

    /** Of any Python: the operator may go back to the one before. */
    private boolean needed(Path runtime, Set<Path> programs) throws IOException {
        String name = runtime.getFileName().toString();
        Path real = runtime.toRealPath();
        return lines.stream()
                        .anyMatch(line -> name.startsWith(line.id() + "-")
                                && name.endsWith("-" + line.lock().hash()))
                || programs.stream().anyMatch(program -> program.startsWith(real));
    }

    /** Every JVM of a cluster runs the Java of its runtime. */
    private static Set<Path> programs() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().command().stream())
                .map(Path::of)
                .collect(Collectors.toSet());
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
                found.forEach(entries::add);
            }
        }
        entries.sort(null);
        return entries;
    }
}
