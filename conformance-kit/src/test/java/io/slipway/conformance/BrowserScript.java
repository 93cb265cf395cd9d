package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A script of webapp/e2e, which drives a real browser. Needs Node and Chromium, which must be there where CI is set. */
final class BrowserScript {
    private static final Path WEBAPP = Path.of("..", "webapp").toAbsolutePath().normalize();

    private final String name;

    BrowserScript(String name) {
        this.name = name;
    }

    /** What the script is told when it has said a line; empty = it waits for nothing. */
    interface Listener {
        Optional<String> answer(String line) throws Exception;
    }

    /** Fails with everything that the script has said unless it ends well. Screenshots are in webapp/target/screenshots. */
    void run(PlatformProcess platform, Map<String, String> environment, Listener listener) throws Exception {
        requirePossible();
        ProcessBuilder script = script(name);
        script.environment().put("SLIPWAY_URL", platform.url());
        script.environment().put("SLIPWAY_TOKEN", platform.token());
        script.environment().put("CHROMIUM", chromium().orElseThrow().toString());
        script.environment().putAll(environment);
        Process process = script.start();
        String said = talk(process, listener);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Skips the test where there is no browser; fails it there if CI is set. */
    static void requirePossible() {
        boolean built = Files.exists(WEBAPP.resolve("node_modules")) && Files.exists(WEBAPP.resolve("target/bundled"));
        boolean possible = onPath("node").isPresent() && chromium().isPresent() && built;
        if (System.getenv("CI") != null) {
            assertThat(possible)
                    .as("Node, Chromium and the built web application")
                    .isTrue();
        }
        assumeTrue(possible, "the web application is judged only where Node and Chromium are");
    }

    /** A script of webapp/e2e that is to be started. */
    static ProcessBuilder script(String name) {
        return new ProcessBuilder(List.of(onPath("node").orElseThrow().toString(), "e2e/" + name))
                .directory(WEBAPP.toFile())
                .redirectErrorStream(true);
    }

    private static Optional<Path> chromium() {
        return onPath("chromium", "chromium-browser", "google-chrome");
    }

    private static String talk(Process process, Listener listener) throws Exception {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter answers = process.outputWriter(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                Optional<String> answer = listener.answer(line);
                if (answer.isPresent()) {
                    answers.write(answer.get() + "\n");
                    answers.flush();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(said.toString(), e);
        }
        return said.toString();
    }

    private static Optional<Path> onPath(String... names) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of(names).map(each -> Path.of(folder, each)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
