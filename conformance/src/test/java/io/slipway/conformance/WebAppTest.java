package io.slipway.conformance;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real browser on every page, in both themes (webapp/e2e/smoke.mjs). */
@ExtendWith(SharedPlatform.class)
class WebAppTest {
    @Test
    void every_page_shows_what_it_should_without_an_error_or_an_obstacle() throws Exception {
        new BrowserScript("smoke.mjs")
                .run(
                        SharedPlatform.platform(),
                        Map.of("SLIPWAY_CLUSTER", SharedPlatform.clusterId()),
                        line -> Optional.empty());
    }
}
