package io.slipway.identity;

import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short-lived tokens with which code on a cluster acts as its user, and the secrets between server and data plane. All are derived
 * from the platform's own key, so that nothing secret is stored and a restart changes none of them.
 */
public final class SessionTokens {
    private static final String PREFIX = "slip";

    private final SecretKeySpec key;
    private final Clock clock;

    /** @param key at least 32 random bytes that only this platform knows */
    public SessionTokens(byte[] key, Clock clock) {
        if (key.length < 32) {
            throw new IllegalArgumentException("the platform's key is too short");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.clock = clock;
    }

    /** Whom a token stands for, and where. */
    public record Claim(WorkspaceId workspace, PrincipalId user) {}

    /** A token that stands for this user in this workspace during {@code life}. */
    public String issue(WorkspaceId workspace, PrincipalId user, Duration life) {
        String claims = user.number() + "\n" + workspace.number() + "\n" + (clock.millis() + life.toMillis());
        String payload =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return PREFIX + "." + payload + "." + derive("session:" + payload);
    }

    /**
     * Whom a token of {@link #issue} stands for; empty if it is not ours or its time is over. What the user may do is not in the token:
     * it may have changed since.
     */
    public Optional<Claim> authenticate(String token) {
        List<String> parts = List.of(token.split("\\.", -1));
        if (parts.size() != 3
                || !parts.get(0).equals(PREFIX)
                || !sameBytes(derive("session:" + parts.get(1)), parts.get(2))) {
            return Optional.empty();
        }
        List<String> claims =
                List.of(new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8).split("\n", 3));
        // Tokens of the first edition, which knew one workspace, have two claims.
        if (claims.size() < 3 || Long.parseLong(claims.get(2)) <= clock.millis()) {
            return Optional.empty();
        }
        return Optional.of(new Claim(
                new WorkspaceId(Long.parseLong(claims.get(1))), new PrincipalId(Long.parseLong(claims.get(0)))));
    }

    /** Tells tokens of {@link #issue} from others; whether it is good is another question. */
    public static boolean looksLikeOne(String token) {
        return token.startsWith(PREFIX + ".");
    }

    /** A secret for one purpose, the same at every call: 64 hexadecimal digits. */
    public String derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new PlatformException(ErrorCode.INTERNAL, "this Java has no HmacSHA256", e);
        }
    }

    /** Compares without telling by its duration where two secrets differ. */
    public static boolean sameBytes(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
