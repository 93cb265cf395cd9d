package io.slipway.iam;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an access key, to check signatures by it.
 *
 * @param session empty: a key that lasts
 */
public record Key(String id, String secret, Optional<Session> session) {
    /** What belongs to a temporary key, which may be over. */
    public record Session(String token, Instant expires) {}

    @Override
    public String toString() {
        return "Key[" + id + "]";
    }
}
