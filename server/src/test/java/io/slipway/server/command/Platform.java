package io.slipway.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.server.Ports;
import io.slipway.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The commands as a shell runs them: each in a process of its own, on a home and a user's folder of the test's own. */
final class Platform {
    /** The program that the launcher has just built, whose class archive halves each start. */
    private static final Optional<Path> BUILT =
            Optional.ofNullable(System.getProperty("slipway.built")).map(Path::of);

    private final Path folder;
    private final int port;
    private final String terminal;

    Platform(Path folder) throws IOException {
        this(folder, Ports.free(), "");
    }

    private Platform(Path folder, int port, String terminal) {
        this.folder = folder;
        this.port = port;
        this.terminal = terminal;
    }

    /** The same platform at another terminal: commands may run at both. */
    Platform as(String other) {
        return new Platform(folder, port, other);
    }

    record Said(int status, String out, String err) {}

    Path home() {
        return folder.resolve("home");
    }

    Path profileFile() {
        return userFolder().resolve(".databrickscfg");
    }

    private Path userFolder() {
        return folder.resolve("user");
    }

    int port() {
        return port;
    }

    Said up() throws IOException, InterruptedException {
        return run("up", "--port", String.valueOf(port), "--plain-port", "0");
    }

    JsonNode status() throws IOException, InterruptedException {
        return Json.read(run("status", "--json").out(), JsonNode.class);
    }

    Said run(String... arguments) throws IOException, InterruptedException {
        Files.createDirectories(userFolder());
        makeProgram();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + folder.resolve("dist").resolve("server.args"),
                "-Dslipway.log=WARN",
                "io.slipway.server.Main"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out" + terminal);
        Path err = folder.resolve("err" + terminal);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("SLIPWAY_") || name.startsWith("DATABRICKS_"));
        environment.put("SLIPWAY_HOME", home().toString());
        environment.put("HOME", userFolder().toString());
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("the command hangs: " + String.join(" ", arguments));
        }
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** As the launcher makes it. */
    private void makeProgram() throws IOException {
        Path dist = Files.createDirectories(folder.resolve("dist"));
        String program = BUILT.isPresent() ? Files.readString(BUILT.get()) : classesOfTheTest();
        Files.writeString(dist.resolve("server.args"), program + "\n-Dslipway.dist=" + dist + "\n");
    }

    /** For JVMs that live for seconds: what the better compiler gains, it costs many times. */
    private static String classesOfTheTest() {
        return String.join(
                "\n",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                '"' + System.getProperty("java.class.path") + '"');
    }

    /** Every living process whose environment or command line names this home. */
    List<Long> processes() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != ProcessHandle.current().pid())
                .filter(pid -> names(pid, "environ") || names(pid, "cmdline"))
                .toList();
    }

    private boolean names(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file), StandardCharsets.ISO_8859_1)
                    .contains(home().toString());
        } catch (IOException e) {
            return false; // it ended meanwhile
        }
    }
}
