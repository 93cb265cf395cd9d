package io.slipway.iam.policy;

import io.slipway.kit.PlatformException;

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

    @Override
    public String toString() {
        return digits;
    }
}
