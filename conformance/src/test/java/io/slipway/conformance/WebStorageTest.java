package io.slipway.conformance;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Buckets in a real browser (webapp/e2e/storage.mjs). */
@ExtendWith(SharedPlatform.class)
class WebStorageTest {
    @Test
    void what_is_dropped_into_a_bucket_is_seen_linked_restored_and_deleted() throws Exception {
        new BrowserScript("storage.mjs").run(SharedPlatform.platform(), Map.of(), line -> Optional.empty());
    }
}
