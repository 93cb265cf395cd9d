package io.slipway.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the start-up caches of a runtime for one driver jar, one role after the other, at the lowest priority. Nothing waits for it:
 * until a cache is there, JVMs start without. One trainer works on a machine's runtime at a time; the others return at once. A role
 * whose training failed is left alone until there is another jar.
 */
public final class AotTrainer {
    private static final Logger log = LoggerFactory.getLogger(AotTrainer.class);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final LaunchPlan plan;
    private final StartupCaches caches;
    private final Path lockFile;

    public AotTrainer(InstalledRuntime runtime, LaunchPlan plan) {
        this.plan = plan;
        this.caches = plan.caches();
        this.lockFile = runtime.aot().resolve("lock");
    }

    /** Trains in a thread of its own; interrupt it to give up, it then ends its JVM and leaves nothing behind. */
    public Thread start() {
        Thread thread = new Thread(this::run, "aot-trainer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Trains what is missing; returns when that is done, failed or interrupted. */
    public void run() {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                trainAll();
            }
        } catch (OverlappingFileLockException e) {
            log.debug("another thread trains already");
        } catch (IOException e) {
            log.warn("start-up caches cannot be trained; JVMs start without", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void trainAll() throws IOException, InterruptedException {
        Files.createDirectories(caches.directory());
        for (Role role : Role.values()) {
            Path failed = caches.directory().resolve(role.word() + ".failed");
            if (!Files.exists(caches.file(role)) && !Files.exists(failed)) {
                train(role, failed);
            }
        }
    }

    private void train(Role role, Path failed) throws IOException, InterruptedException {
        Path work = caches.directory().resolve("training-" + role.word());
        FileTree.delete(work); // of a trainer that was killed
        Files.createDirectories(work);
        try {
            Path output = work.resolve(caches.file(role).getFileName());
            Path said = work.resolve("output");
            long started = System.nanoTime();
            int status = run(plan.training(role, output, work.resolve("local")), work, said);
            if (status == 0 && Files.isRegularFile(output)) {
                Files.move(output, caches.file(role), StandardCopyOption.ATOMIC_MOVE);
                long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
                log.info("trained {} ({} MB) in {} ms", caches.file(role), Files.size(caches.file(role)) >> 20, millis);
            } else {
                Files.move(said, failed, StandardCopyOption.REPLACE_EXISTING);
                log.warn("training of the {} cache failed with status {}, see {}", role.word(), status, failed);
            }
        } finally {
            FileTree.delete(work);
        }
    }

    private static int run(ProcessPlan training, Path work, Path said) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("nice", "-n", "19"));
        argv.addAll(training.argv());
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(training.env());
        Process process = builder.start();
        try {
            return process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
        } finally {
            // Java 25 makes the cache in a second JVM, a child of the first.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }
}
