package io.slipway.conformance;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a newcomer does in the browser, from nothing to a scheduled job, and what goes wrong meanwhile (webapp/e2e/tour.mjs). */
@ExtendWith(OneMoreCluster.class)
class WebTourTest {
    @Test
    void a_newcomer_gets_from_a_sign_in_link_to_a_scheduled_job_and_loses_nothing_on_the_way() throws Exception {
        try (PlatformProcess platform = PlatformProcess.start()) {
            new BrowserScript("tour.mjs").run(platform, Map.of(), line -> {
                if (!line.equals("restart")) {
                    return Optional.empty();
                }
                platform.kill();
                platform.startAgain();
                return Optional.of("restarted");
            });
        }
    }
}
