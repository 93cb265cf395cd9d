package io.slipway.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** How secrets are remembered: they have 128 random bits or more, so a plain SHA-256 is enough. */
public final class Secrets {
    private Secrets() {}

    public static String hash(String value) {
        return HexFormat.of().formatHex(sha256(value));
    }

    /** The challenge of a verifier (RFC 7636, S256). */
    public static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
    }

    private static byte[] sha256(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
