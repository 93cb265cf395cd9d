package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clients that come from PyPI, as {@code python-clients.txt} pins them. Installed once into the target folder of all modules: into
 * an environment of their own, or, where Python has no venv, into a folder.
 */
final class PythonClients {
    private static final Path FOLDER =
            Path.of("..", "target", "python-clients").toAbsolutePath().normalize();

    private final Path home;
    private final ForkedPython programs;

    /** Clients as somebody with a home of his own and the platform's first token has them. */
    PythonClients(Path home, String host, String token) {
        this(home, host, token, Map.of());
    }

    /** @param more variables of their environment */
    PythonClients(Path home, String host, String token, Map<String, String> more) {
        this.home = home;
        Map<String, String> all = new HashMap<>(more);
        all.putAll(Map.of(
                "DATABRICKS_HOST",
                host,
                "DATABRICKS_TOKEN",
                token,
                "HOME",
                home.toString(),
                "NO_PROXY",
                "127.0.0.1,localhost"));
        all.put("PYTHONPATH", FOLDER.toString());
        install();
        this.programs = new ForkedPython(python(), all);
    }

    /** The legacy CLI; must end well. */
    String cli(String... words) {
        ForkedPython.Result result = tryCli(words);
        assertThat(result.status())
                .as("databricks %s: %s %s", String.join(" ", words), result.out(), result.err())
                .isZero();
        return result.out();
    }

    JsonNode json(String... words) {
        return Json.read(cli(words), JsonNode.class);
    }

    /** The legacy CLI; must fail. What it says. */
    String refused(String... words) {
        ForkedPython.Result result = tryCli(words);
        assertThat(result.status()).as("databricks %s", String.join(" ", words)).isNotZero();
        return result.out() + result.err();
    }

    /** As its console script calls it. */
    private ForkedPython.Result tryCli(String... words) {
        List<String> arguments = new ArrayList<>(List.of("databricks"));
        arguments.addAll(List.of(words));
        return programs.run(
                home,
                "databricks_cli.cli",
                "import sys; from databricks_cli.cli import cli; sys.exit(cli())",
                arguments);
    }

    /** A program of Python; must end well. What it prints. */
    String python(String program) {
        ForkedPython.Result result = programs.run(home, "databricks.sdk", program, List.of("-c"));
        assertThat(result.status())
                .as("%s: %s %s", program, result.out(), result.err())
                .isZero();
        return result.out();
    }

    private static String python() {
        Path own = FOLDER.resolve("bin").resolve("python");
        return Files.exists(own) ? own.toString() : "python3";
    }

    /** Another module may install them at this moment. */
    private static FileChannel alone() throws IOException {
        Files.createDirectories(FOLDER);
        return FileChannel.open(FOLDER.resolve("installing"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static synchronized void install() {
        Path done = FOLDER.resolve("installed.txt");
        try (InputStream in = PythonClients.class.getResourceAsStream("/python-clients.txt");
                FileChannel installing = alone()) {
            FileLock unused = installing.lock();
            String wanted = new String(
                    java.util.Objects.requireNonNull(in, "python-clients.txt").readAllBytes(), StandardCharsets.UTF_8);
            if (Files.exists(done) && Files.readString(done).equals(wanted)) {
                return;
            }
            Path pins = Files.writeString(FOLDER.resolve("python-clients.txt"), wanted);
            List<String> pip = new ArrayList<>(List.of("-m", "pip", "install", "--quiet", "--upgrade"));
            pip.addAll(List.of("--require-hashes", "--only-binary", ":all:", "--requirement", pins.toString()));
            if (!ends(List.of("python3", "-m", "venv", FOLDER.toString()))) {
                Files.deleteIfExists(FOLDER.resolve("bin").resolve("python"));
                pip.addAll(List.of("--target", FOLDER.toString()));
            }
            pip.add(0, python());
            assertThat(ends(pip)).as(String.join(" ", pip)).isTrue();
            Files.writeString(done, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ends(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                    FOLDER.resolve("install.log").toFile()))
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
