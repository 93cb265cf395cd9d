package io.slipway.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The start-up caches that belong to one runtime and one driver jar: {@code aot/<jar hash>/<role>.aot} (Java 25, JEP 483 and 514) or
 * {@code .jsa} (Java 17, JEP 350). A JVM that finds its cache does not fit says so and starts without.
 */
final class StartupCaches {
    private static final int FIRST_WITH_AOT = 25;

    private final Path directory;
    private final boolean aot;

    StartupCaches(InstalledRuntime runtime, Path driverJar) {
        this.directory = runtime.aot().resolve(hash(driverJar));
        this.aot = javaFeature(runtime) >= FIRST_WITH_AOT;
    }

    private static String hash(Path driverJar) {
        try {
            return Sha256.of(driverJar).substring(0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException("the driver's jar " + driverJar + " cannot be read", e);
        }
    }

    /** The line says what Java it has on most platforms; the {@code release} file says which one this is. */
    private static int javaFeature(InstalledRuntime runtime) {
        try {
            for (String line : Files.readAllLines(runtime.javaHome().resolve("release"))) {
                if (line.startsWith("JAVA_VERSION=\"")) {
                    return Integer.parseInt(
                            line.substring("JAVA_VERSION=\"".length()).split("[.\"]")[0]);
                }
            }
        } catch (IOException e) {
            return runtime.line().javaVersion();
        }
        return runtime.line().javaVersion();
    }

    Path directory() {
        return directory;
    }

    Path file(Role role) {
        return directory.resolve(role.word() + (aot ? ".aot" : ".jsa"));
    }

    /** The flag that uses the cache, if there is one. */
    Optional<String> use(Role role) {
        Path file = file(role);
        return Files.isRegularFile(file)
                ? Optional.of((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file)
                : Optional.empty();
    }

    /** The flag that writes a cache when the JVM ends. */
    String train(Path output) {
        return (aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + output;
    }
}
