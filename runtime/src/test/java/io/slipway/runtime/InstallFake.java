package io.slipway.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Installs a line as a process of its own: {@code <home> <delta> <lock file> <index>}. */
final class InstallFake {
    private InstallFake() {}

    public static void main(String[] args) throws Exception {
        RuntimeLine line = RuntimeLine.parse(Files.readAllBytes(Path.of(args[2])));
        RuntimeInstaller installer = new RuntimeInstaller(
                Path.of(args[0]), Path.of(args[1]), "python3", Map.of("PIP_INDEX_URL", args[3]), Backoff.doubling());
        System.out.println(installer.install(line, Progress.none()).directory());
    }
}
