package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A real browser on every page, in both themes (webapp/e2e/smoke.mjs). Screenshots are in webapp/target/screenshots. Needs Node and
 * Chromium, which must be there where CI is set.
 */
@ExtendWith(SharedPlatform.class)
class WebAppTest {
    private static final Path WEBAPP = Path.of("..", "webapp").toAbsolutePath().normalize();

    private static Optional<Path> onPath(String... names) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void every_page_shows_what_it_should_without_an_error_or_an_obstacle() throws Exception {
        Optional<Path> node = onPath("node");
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        boolean built = Files.exists(WEBAPP.resolve("node_modules")) && Files.exists(WEBAPP.resolve("target/bundled"));
        boolean possible = node.isPresent() && chromium.isPresent() && built;
        if (System.getenv("CI") != null) {
            assertThat(possible)
                    .as("Node, Chromium and the built web application")
                    .isTrue();
        }
        assumeTrue(possible, "the web application is judged only where Node and Chromium are");
        ProcessBuilder smoke = new ProcessBuilder(List.of(node.orElseThrow().toString(), "e2e/smoke.mjs"))
                .directory(WEBAPP.toFile())
                .redirectErrorStream(true);
        smoke.environment().put("SLIPWAY_URL", SharedPlatform.platform().url());
        smoke.environment().put("SLIPWAY_TOKEN", SharedPlatform.platform().token());
        smoke.environment().put("SLIPWAY_CLUSTER", SharedPlatform.clusterId());
        smoke.environment().put("CHROMIUM", chromium.orElseThrow().toString());
        Process process = smoke.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
