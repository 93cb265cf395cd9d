package io.slipway.iam.policy;

import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An AWS account. */
public record AccountId(String digits) {
    private static final int LENGTH = 12;

    public AccountId {
        if (!valid(digits)) {
            throw PlatformException.invalid("An account has 12 digits, not " + digits + ".");
        }
    }

    static boolean valid(String text) {
        return text.length() == LENGTH && text.chars().allMatch(each -> each >= '0' && each <= '9');
    }

    public Arn root() {
        return new Arn("aws", "iam", "", digits, "root");
    }

    /** By which S3 knows the account: 64 hexadecimal digits. It follows from the number, as no secret hangs on it. */
    public String canonical() {
        try {
            byte[] name = ("canonical user of " + digits).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return digits;
    }
}
