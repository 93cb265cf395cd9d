package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.store.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Python that has loaded what its programs import, and runs each in a process of its own: a client of Python loads longer than most of
 * its calls take. Ends with the tests.
 */
final class ForkedPython {
    private final Process parent;
    private final BufferedReader answers;

    /** @param environment of all programs */
    ForkedPython(String python, Map<String, String> environment) {
        try (InputStream script = ForkedPython.class.getResourceAsStream("/forked_python.py")) {
            String text = new String(
                    java.util.Objects.requireNonNull(script, "forked_python.py").readAllBytes(),
                    StandardCharsets.UTF_8);
            ProcessBuilder builder =
                    new ProcessBuilder(python, "-c", text).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            parent = builder.start();
            answers = parent.inputReader(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Result(int status, String out, String err) {}

    /**
     * @param imports the module that takes long to load
     * @param arguments {@code sys.argv}
     */
    synchronized Result run(Path directory, String imports, String program, List<String> arguments) {
        try {
            Path out = Files.createTempFile("client", ".out");
            Path err = Files.createTempFile("client", ".err");
            Map<String, Object> task = Map.of(
                    "directory",
                    directory.toString(),
                    "imports",
                    imports,
                    "program",
                    program,
                    "arguments",
                    arguments,
                    "out",
                    out.toString(),
                    "err",
                    err.toString());
            parent.getOutputStream().write((Json.write(task) + "\n").getBytes(StandardCharsets.UTF_8));
            parent.getOutputStream().flush();
            String status = answers.readLine();
            assertThat(status).as("Python has ended").isNotNull();
            return new Result(Integer.parseInt(status), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
