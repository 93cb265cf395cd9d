package io.slipway.identity;

import io.slipway.store.Database;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** On which day each token was used last. Written once a day for each token: a request must not wait for a write. */
final class TokenUses {
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Database database;
    private final TokenStore store = new TokenStore();
    /** By hash of the token, the day that this process has written down. Tokens that end leave it with the process. */
    private final Map<String, Long> written = new ConcurrentHashMap<>();

    TokenUses(Database database) {
        this.database = database;
    }

    void used(String hash, long now) {
        long day = now - Math.floorMod(now, DAY);
        Long before = written.get(hash);
        if ((before == null || before != day) && !Long.valueOf(day).equals(written.put(hash, day))) {
            database.change(tx -> store.used(tx.sql(), hash, day));
        }
    }
}
