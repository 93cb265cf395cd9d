package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;

/**
 * A personal access token as it is remembered: its secret is not among what is stored.
 *
 * @param id hexadecimal, public
 * @param workspace in which its holder acts
 * @param expiresAt epoch milliseconds; empty = never
 */
public record Token(
        String id,
        WorkspaceId workspace,
        PrincipalId userId,
        String comment,
        long createdAt,
        Optional<Long> expiresAt) {
    /** The only moment at which the secret is known: {@code value} begins with {@code dapi} and is shown once. */
    public record Created(Token token, String value) {
        @Override
        public String toString() {
            return "Created[" + token + "]";
        }
    }
}
