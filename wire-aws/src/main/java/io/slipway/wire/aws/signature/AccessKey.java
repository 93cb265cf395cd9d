package io.slipway.wire.aws.signature;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an access key.
 *
 * @param session empty: a key that lasts
 */
public record AccessKey(String secret, Optional<Session> session) {
    /** What belongs to a temporary key. */
    public record Session(String token, Instant expires) {}

    /** Finds keys by their ids. */
    public interface Lookup {
        Optional<AccessKey> find(String id);
    }

    @Override
    public String toString() {
        return "AccessKey[...]";
    }
}
