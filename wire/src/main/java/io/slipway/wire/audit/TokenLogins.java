package io.slipway.wire.audit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When personal access tokens come in. Databricks names such an entry and not how often it is made; here it is made once for each token,
 * address and hour, in each life of the server: each call is an entry of its own anyway.
 */
final class TokenLogins {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    /** Of more, the one that was not seen for the longest time is told anew. */
    private static final int KNOWN = 10_000;

    private final Map<String, Long> hours = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > KNOWN;
        }
    };

    /** Whether the token comes for the first time in this hour from there. Hashes are kept, not tokens. */
    synchronized boolean first(String tokenHash, String address, long at) {
        Long hour = at / HOUR;
        return !hour.equals(hours.put(tokenHash + " " + address, hour));
    }
}
