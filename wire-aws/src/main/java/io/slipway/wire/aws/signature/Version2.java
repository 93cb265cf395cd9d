package io.slipway.wire.aws.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is left here of the older version 2 of signatures: addresses and forms, which clients of today still sign by it. */
final class Version2 {
    private static final String ALGORITHM = "HmacSHA1";

    private Version2() {}

    static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** For which it is good: version 2 knows no region and no day. */
    static Scope scope(String keyId) {
        return new Scope(keyId, "", "", "s3");
    }
}
