package io.slipway.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Downloaded files by content: {@code blobs/<sha256>}. Several lines and Python versions share what they have in common. */
final class Blobs {
    /** Of the store. */
    static final String FOLDER = "blobs";

    private static final int PARALLEL = 3;

    private final Path directory;
    private final Backoff backoff;

    Blobs(Path directory, Backoff backoff) {
        this.directory = directory;
        this.backoff = backoff;
    }

    Path path(Artefact artefact) {
        return directory.resolve(artefact.sha256());
    }

    private boolean has(Artefact artefact) {
        return Files.isRegularFile(path(artefact));
    }

    /** Downloads what is missing, the largest first, three at a time. */
    void fetch(List<Artefact> artefacts, PackageIndex index, Progress progress)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        List<Artefact> missing = artefacts.stream()
                .filter(artefact -> !has(artefact))
                .sorted(Comparator.comparingLong(Artefact::size).reversed())
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        progress.step("Downloading " + missing.size() + " files");
        ByteCount count = new ByteCount(
                progress, missing.stream().mapToLong(Artefact::size).sum());
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL, runnable -> {
            Thread thread = new Thread(runnable, "runtime-download");
            thread.setDaemon(true);
            return thread;
        });
        try {
            ExecutorCompletionService<Boolean> finished = new ExecutorCompletionService<>(threads);
            for (Artefact artefact : missing) {
                finished.submit(() -> {
                    new Download(index, artefact, path(artefact), count, backoff).run();
                    return true;
                });
            }
            awaitAll(finished, missing.size());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitAll(ExecutorCompletionService<Boolean> finished, int files)
            throws IOException, InterruptedException {
        List<IOException> failures = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            try {
                finished.take().get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    failures.add(failure);
                    break;
                }
                throw new IllegalStateException("a download failed in an unforeseen way", e.getCause());
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
