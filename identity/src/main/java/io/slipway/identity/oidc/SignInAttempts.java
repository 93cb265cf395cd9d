package io.slipway.identity.oidc;

import io.slipway.identity.Secrets;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Attempts to sign in that are under way. A browser keeps its own, and all else follows from it: what the provider is told is a hash, so
 * neither it nor whoever reads the addresses can go on with the attempt elsewhere. Nothing is written down for those who never come back.
 */
final class SignInAttempts {
    static final Duration LIFE = Duration.ofMinutes(10);

    private final SessionTokens tokens;
    private final Clock clock;
    private final Ids ids;

    /**
     * @param value what the browser keeps
     * @param expiresAt epoch milliseconds
     */
    record Attempt(String value, long expiresAt) {
        String state() {
            return Secrets.hash("state:" + value);
        }

        String nonce() {
            return Secrets.hash("nonce:" + value);
        }

        /** Of RFC 7636: 64 characters of those that it may have. */
        String verifier() {
            return Secrets.hash("verifier:" + value);
        }

        /** By which it is remembered that it was used. */
        String hash() {
            return Secrets.hash(value);
        }
    }

    SignInAttempts(SessionTokens tokens, Clock clock, Ids ids) {
        this.tokens = tokens;
        this.clock = clock;
        this.ids = ids;
    }

    Attempt begin() {
        long end = clock.millis() + LIFE.toMillis();
        String claim = ids.secretUrl(32) + "." + end;
        return new Attempt(claim + "." + seal(claim), end);
    }

    /** The attempt of this browser that the provider answers to; empty if it is too old, not ours, or another one. */
    Optional<Attempt> answered(String value, String state) {
        List<String> parts = List.of(value.split("\\.", -1));
        if (parts.size() != 3 || !SessionTokens.sameBytes(seal(parts.get(0) + "." + parts.get(1)), parts.get(2))) {
            return Optional.empty();
        }
        Attempt attempt = new Attempt(value, Long.parseLong(parts.get(1)));
        return Optional.of(attempt)
                .filter(known -> known.expiresAt() > clock.millis())
                .filter(known -> SessionTokens.sameBytes(known.state(), state));
    }

    private String seal(String claim) {
        return tokens.derive("provider-sign-in:" + claim);
    }
}
