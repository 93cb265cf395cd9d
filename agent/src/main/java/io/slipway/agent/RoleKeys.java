package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Keys that the node may have, asked of the server when somebody wants them and renewed when half of their life is over. */
final class RoleKeys {
    private final ServerLink link;
    private final NodeKey key;
    private final LongSupplier clock;
    private final String call;

    private Optional<Keys> known = Optional.empty();

    private RoleKeys(String call, ServerLink link, NodeKey key, LongSupplier clock) {
        this.call = call;
        this.link = link;
        this.key = key;
        this.clock = clock;
    }

    /** Those of the role of the node's cluster. */
    static RoleKeys ofRole(ServerLink link, NodeKey key, LongSupplier clock) {
        return new RoleKeys("credentials", link, key, clock);
    }

    /** Those of the bucket on which the platform keeps what is of the cluster's workspace. */
    static RoleKeys ofStorage(ServerLink link, NodeKey key, LongSupplier clock) {
        return new RoleKeys("storage", link, key, clock);
    }

    /** Keys that last until {@code expires}. */
    record Keys(
            String roleArn,
            String profileArn,
            String id,
            String secret,
            String token,
            Instant issued,
            Instant expires) {
        static Keys of(JsonObject json) throws IOException {
            try {
                return new Keys(
                        json.getString("roleArn", ""),
                        json.getString("profileArn", ""),
                        json.getString("accessKeyId", ""),
                        json.getString("secretAccessKey", ""),
                        json.getString("sessionToken", ""),
                        Instant.parse(json.getString("issued", "")),
                        Instant.parse(json.getString("expires", "")));
            } catch (DateTimeException e) {
                throw new IOException("the server's keys have no end", e);
            }
        }

        String roleName() {
            return roleArn.substring(roleArn.lastIndexOf('/') + 1);
        }

        private boolean fresh(Instant now) {
            return now.isBefore(issued.plus(Duration.between(issued, expires).dividedBy(2)));
        }

        @Override
        public String toString() {
            return "Keys[" + id + "]";
        }
    }

    /** Empty: the node may not have them any more. Throws where nobody knows at this moment. */
    synchronized Optional<Keys> current() throws IOException {
        Instant now = Instant.ofEpochMilli(clock.getAsLong());
        if (known.filter(keys -> keys.fresh(now)).isPresent()) {
            return known;
        }
        try {
            ServerLink.Answer answer = link.post(call, key.value(), new JsonObject());
            if (answer.ok()) {
                known = Optional.of(Keys.of(answer.body()));
                return known;
            }
            if (answer.status() == 404) {
                known = Optional.empty();
                return known;
            }
            throw new IOException("the server answered " + answer.status());
        } catch (IOException e) {
            if (known.filter(keys -> now.isBefore(keys.expires())).isPresent()) {
                return known;
            }
            throw e;
        }
    }
}
