package io.slipway.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A runtime folder with empty jars and a {@code java} that is a shell script. */
final class FakeRuntime {
    private FakeRuntime() {}

    static InstalledRuntime in(Path folder, String line, String java) throws IOException {
        return in(folder, line, java, "exit 0");
    }

    /** {@code script} is what {@code java} does; {@code $output} or {@code $executor} in it is the cache that it shall write. */
    static InstalledRuntime in(Path folder, String line, String java, String script) throws IOException {
        Path directory = folder.resolve("runtime");
        for (String sub : new String[] {"jars", "java/bin", "worker-java/bin", "conf", "aot", "site"}) {
            Files.createDirectories(directory.resolve(sub));
        }
        for (String jar : new String[] {"z.jar", "a.jar", "slf4j-api-2.jar"}) {
            Files.writeString(directory.resolve("jars").resolve(jar), "");
        }
        Files.writeString(directory.resolve("java/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + java + "\"\n");
        String program = """
                #!/bin/sh
                for a in "$@"; do
                    case $a in
                        -XX:AOTCacheOutput=*) output=${a#*=} ;;
                        driver|worker|cluster) role=$a ;;
                        *executor.aot) executor=$a ;;
                    esac
                done
                """ + script + "\n";
        for (String home : new String[] {"java", "worker-java"}) {
            Path file = directory.resolve(home).resolve("bin/java");
            Files.write(file, program.getBytes(StandardCharsets.UTF_8));
            if (!file.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + file + " executable");
            }
        }
        return new InstalledRuntime(RuntimeLines.bundled().line(line), new PythonTag("cp311-linux-x86_64"), directory);
    }
}
