package io.slipway.conformance;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong under people's hands in a notebook (webapp/e2e/faults.mjs), on a cluster of its own that it ends. */
@ExtendWith(SharedPlatform.class)
class WebFaultsTest {
    @Test
    void whatever_goes_wrong_the_page_answers_tells_the_truth_and_loses_nothing_typed() throws Exception {
        new BrowserScript("faults.mjs").run(SharedPlatform.platform(), Map.of(), line -> Optional.empty());
    }
}
