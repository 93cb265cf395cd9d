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
import java.util.concurrent.TimeUnit;

/**
 * The clients that come from PyPI, as {@code python-clients.txt} pins them. Installed once into the target folder of all modules: into
 * an environment of their own, or, where Python has no venv, into a folder.
 */
final class PythonClients {
    private static final Path FOLDER =
            Path.of("..", "target", "python-clients").toAbsolutePath().normalize();
    private static final long PATIENCE_MINUTES = 10;

    private final Path home;
    private final Map<String, String> environment;

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
        this.environment = Map.copyOf(all);
        install();
    }

    record Result(int status, String out, String err) {}

    /** The legacy CLI; must end well. */
    String cli(String... words) {
        Result result = tryCli(words);
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
        Result result = tryCli(words);
        assertThat(result.status()).as("databricks %s", String.join(" ", words)).isNotZero();
        return result.out() + result.err();
    }

    private Result tryCli(String... words) {
        List<String> command = new ArrayList<>(List.of(python(), "-m", "databricks_cli.cli"));
        command.addAll(List.of(words));
        return run(home, environment, command);
    }

    /** A program of Python; must end well. What it prints. */
    String python(String program) {
        Result result = run(home, environment, List.of(python(), "-c", program));
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
            boolean venv = run(FOLDER, Map.of(), List.of("python3", "-m", "venv", FOLDER.toString()))
                            .status()
                    == 0;
            if (!venv) {
                Files.deleteIfExists(FOLDER.resolve("bin").resolve("python"));
                pip.addAll(List.of("--target", FOLDER.toString()));
            }
            pip.add(0, python());
            Result installed = run(FOLDER, Map.of(), pip);
            assertThat(installed.status()).as(installed.err()).isZero();
            Files.writeString(done, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result run(Path directory, Map<String, String> variables, List<String> command) {
        try {
            Path out = Files.createTempFile("client", ".out");
            Path err = Files.createTempFile("client", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("PYTHONPATH", FOLDER.toString());
            builder.environment().putAll(variables);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("no end of " + command);
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
