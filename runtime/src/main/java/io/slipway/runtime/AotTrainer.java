package io.slipway.runtime;

import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the start-up caches of a runtime for one driver jar, one role after the other, at the lowest priority. Nothing waits for it:
 * until a cache is there, JVMs start without. One trainer works on a machine's runtime at a time; the others return at once. A role
 * whose training failed is left alone until there is another jar.
 */
public final class AotTrainer {
    private static final Logger log = LoggerFactory.getLogger(AotTrainer.class);
    private static final String EXECUTOR_JAVA = "/runtimes/training-java.sh";
    private static final int SECRET_BYTES = 32;
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
        if (missing(Role.DRIVER)) {
            inScratch("driver", this::trainDriver);
        }
        if (missing(Role.WORKER) || missing(Role.EXECUTOR)) {
            inScratch("cluster", this::trainCluster);
        }
    }

    /** Whether every cache is there or could not be made: nothing is left to train. */
    public boolean complete() {
        return Arrays.stream(Role.values()).noneMatch(this::missing);
    }

    private boolean missing(Role role) {
        return !Files.exists(caches.file(role)) && !Files.exists(failed(role));
    }

    private Path failed(Role role) {
        return caches.directory().resolve(role.word() + ".failed");
    }

    private interface Training {
        void in(Path scratch) throws IOException, InterruptedException;
    }

    private void inScratch(String name, Training training) throws IOException, InterruptedException {
        Path scratch = caches.directory().resolve("training-" + name);
        FileTree.delete(scratch); // of a trainer that was killed
        Files.createDirectories(scratch);
        try {
            training.in(scratch);
        } finally {
            FileTree.delete(scratch);
        }
    }

    private void trainDriver(Path scratch) throws IOException, InterruptedException {
        Path output = output(scratch, Role.DRIVER);
        try (TrainingProcess driver =
                TrainingProcess.start(plan.trainDriver(output, scratch), scratch.resolve("driver"))) {
            boolean good = driver.await(LIMIT);
            keep(Role.DRIVER, output, good, driver);
        }
    }

    /** Worker and executor learn together: neither does anything without the other. */
    private void trainCluster(Path scratch) throws IOException, InterruptedException {
        Path workerOutput = output(scratch, Role.WORKER);
        Path executorOutput = output(scratch, Role.EXECUTOR);
        int port = freePort();
        Path javaHome = scratch.resolve("java");
        try (InputStream script = Objects.requireNonNull(AotTrainer.class.getResourceAsStream(EXECUTOR_JAVA))) {
            ArchiveEntry.write(script, javaHome, "bin/java", true);
        }
        String secret = Ids.system(Clock.system()).secretHex(SECRET_BYTES);
        try (TrainingProcess cluster = TrainingProcess.start(
                        plan.trainCluster(port, secret, executorOutput, scratch), scratch.resolve("cluster"));
                TrainingProcess worker = TrainingProcess.start(
                        plan.trainWorker(port, secret, workerOutput, scratch, javaHome), scratch.resolve("worker"))) {
            boolean good = cluster.await(LIMIT) && worker.await(LIMIT);
            keep(Role.WORKER, workerOutput, good, worker);
            keep(Role.EXECUTOR, executorOutput, good, cluster);
        }
    }

    private Path output(Path scratch, Role role) {
        return scratch.resolve(caches.file(role).getFileName());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void keep(Role role, Path output, boolean good, TrainingProcess process) throws IOException {
        if (!missing(role)) {
            return;
        }
        if (good && Files.isRegularFile(output)) {
            Files.move(output, caches.file(role), StandardCopyOption.ATOMIC_MOVE);
            log.info("trained {} ({} MB)", caches.file(role), Files.size(caches.file(role)) >> 20);
        } else {
            Files.copy(process.said(), failed(role));
            log.warn("training of the {} cache failed, see {}", role.word(), failed(role));
        }
    }
}
