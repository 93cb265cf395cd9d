package io.slipway.iam.policy;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.Map;

/** Refusals of policies. Texts are those of IAM where scripts look for them. */
final class Malformed {
    private static final int SHOWN = 80;

    private Malformed() {}

    static PlatformException of(String message) {
        return new PlatformException(
                ErrorCode.INVALID_PARAMETER_VALUE, message, Map.of("reason", "MalformedPolicyDocument"));
    }

    /** IAM says no more than the first sentence; whoever writes the policy is helped by the second. */
    static PlatformException syntax(String why) {
        return new PlatformException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Syntax errors in policy.",
                Map.of("reason", "MalformedPolicyDocument", "why", why));
    }

    static PlatformException legacy(String why) {
        return new PlatformException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "The policy failed legacy parsing",
                Map.of("reason", "MalformedPolicyDocument", "why", why));
    }

    static PlatformException tooLong(PolicyKind kind) {
        String message = kind == PolicyKind.RESOURCE
                ? "Policy exceeds the maximum allowed document size: " + kind.limit()
                : kind == PolicyKind.TRUST
                        ? "Cannot exceed quota for ACLSizePerRole: " + kind.limit()
                        : kind == PolicyKind.MANAGED
                                ? "Cannot exceed quota for PolicySize: " + kind.limit()
                                : "Maximum policy size of " + kind.limit() + " bytes exceeded";
        return new PlatformException(
                ErrorCode.TOO_LARGE,
                message,
                Map.of(
                        "reason",
                        switch (kind) {
                            case RESOURCE -> "MalformedPolicy";
                            case SESSION -> "PackedPolicyTooLarge";
                            default -> "LimitExceeded";
                        }));
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
