package io.slipway.iam;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Keeps passwords so that nobody can read them: PBKDF2 with as many rounds as OWASP asks for. */
final class Password {
    private static final int ROUNDS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int BITS = 256;

    private Password() {}

    static String hash(IamRecords records, String password) {
        byte[] salt = records.keys().salt(SALT_BYTES);
        return HexFormat.of().formatHex(salt) + ":" + hash(password, salt);
    }

    static boolean matches(String password, String kept) {
        String[] parts = kept.split(":", 2);
        String hash = hash(password, HexFormat.of().parseHex(parts[0]));
        return MessageDigest.isEqual(hash.getBytes(StandardCharsets.UTF_8), parts[1].getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String password, byte[] salt) {
        try {
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, BITS))
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
