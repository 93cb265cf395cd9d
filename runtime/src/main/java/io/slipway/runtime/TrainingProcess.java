package io.slipway.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One JVM that is being trained, at the lowest priority, with everything it starts: Java 25 makes the cache in a second JVM after the
 * first has ended, and an executor outlives its worker for a moment to do so.
 */
final class TrainingProcess implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final Process process;
    private final Path said;
    private final Set<ProcessHandle> family = new HashSet<>();

    private TrainingProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** Starts it in a new folder; what it says goes to a file beside that. */
    static TrainingProcess start(ProcessPlan plan, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path said = directory.resolveSibling(directory.getFileName() + ".output");
        List<String> argv = new ArrayList<>(List.of("nice", "-n", "19"));
        argv.addAll(plan.argv());
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(plan.env());
        return new TrainingProcess(builder.start(), said);
    }

    Path said() {
        return said;
    }

    /** Waits until nothing of it lives; whether it ended well and in time. */
    boolean await(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (living()) {
            if (System.nanoTime() > until) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return process.exitValue() == 0;
    }

    private boolean living() {
        process.descendants().forEach(family::add);
        for (ProcessHandle member : List.copyOf(family)) {
            member.descendants().forEach(family::add);
        }
        family.removeIf(member -> !member.isAlive());
        return process.isAlive() || !family.isEmpty();
    }

    /** Ends whatever is left. */
    @Override
    public void close() {
        while (living()) {
            family.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.onSpinWait();
        }
    }
}
