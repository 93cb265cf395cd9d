package io.slipway.wire.aws.signature;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Why a request is not believed, with the code by which S3 tells of it; the reason of the exception. Other services may say it otherwise. */
public enum Refusal {
    /** S3: InvalidAccessKeyId; query: InvalidClientTokenId; JSON: UnrecognizedClientException. */
    UNKNOWN_ACCESS_KEY("InvalidAccessKeyId", ErrorCode.PERMISSION_DENIED),
    SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", ErrorCode.PERMISSION_DENIED),
    REQUEST_TIME_TOO_SKEWED("RequestTimeTooSkewed", ErrorCode.PERMISSION_DENIED),
    EXPIRED_TOKEN("ExpiredToken", ErrorCode.INVALID_PARAMETER_VALUE),
    INVALID_TOKEN("InvalidToken", ErrorCode.INVALID_PARAMETER_VALUE),
    /** Elsewhere: IncompleteSignature. */
    AUTHORIZATION_HEADER_MALFORMED("AuthorizationHeaderMalformed", ErrorCode.INVALID_PARAMETER_VALUE),
    AUTHORIZATION_QUERY_PARAMETERS_ERROR("AuthorizationQueryParametersError", ErrorCode.INVALID_PARAMETER_VALUE),
    /** A way to sign that is not Version 4, or two ways at once. */
    INVALID_ARGUMENT("InvalidArgument", ErrorCode.INVALID_PARAMETER_VALUE),
    MISSING_SECURITY_HEADER("MissingSecurityHeader", ErrorCode.INVALID_PARAMETER_VALUE),
    ACCESS_DENIED("AccessDenied", ErrorCode.PERMISSION_DENIED),
    CONTENT_SHA256_MISMATCH("XAmzContentSHA256Mismatch", ErrorCode.INVALID_PARAMETER_VALUE),
    INVALID_REQUEST("InvalidRequest", ErrorCode.INVALID_PARAMETER_VALUE),
    INCOMPLETE_BODY("IncompleteBody", ErrorCode.INVALID_PARAMETER_VALUE),
    MISSING_CONTENT_LENGTH("MissingContentLength", ErrorCode.INVALID_PARAMETER_VALUE),
    MALFORMED_TRAILER("MalformedTrailerError", ErrorCode.INVALID_PARAMETER_VALUE),
    BAD_DIGEST("BadDigest", ErrorCode.INVALID_PARAMETER_VALUE),
    INVALID_POLICY_DOCUMENT("InvalidPolicyDocument", ErrorCode.INVALID_PARAMETER_VALUE),
    ENTITY_TOO_SMALL("EntityTooSmall", ErrorCode.INVALID_PARAMETER_VALUE),
    ENTITY_TOO_LARGE("EntityTooLarge", ErrorCode.TOO_LARGE);

    private final String code;
    private final ErrorCode cause;

    Refusal(String code, ErrorCode cause) {
        this.code = code;
        this.cause = cause;
    }

    /** Empty: something else is the reason. */
    public static Optional<Refusal> of(PlatformException refused) {
        String reason = refused.details().getOrDefault("reason", "");
        return Arrays.stream(values()).filter(each -> each.code.equals(reason)).findFirst();
    }

    public String code() {
        return code;
    }

    public PlatformException because(String message) {
        return because(message, Map.of());
    }

    /** @param details elements of S3's error beside code and message */
    public PlatformException because(String message, Map<String, String> details) {
        Map<String, String> all = new HashMap<>(details);
        all.put("reason", code);
        return new PlatformException(cause, message, all);
    }
}
