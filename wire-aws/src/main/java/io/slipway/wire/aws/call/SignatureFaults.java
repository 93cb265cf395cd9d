package io.slipway.wire.aws.call;

import io.slipway.kit.PlatformException;
import io.slipway.wire.aws.protocol.Fault;
import io.slipway.wire.aws.protocol.Protocol;
import io.slipway.wire.aws.signature.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Why a signature is not believed, by the codes of each protocol (common errors of its services). */
final class SignatureFaults {
    private SignatureFaults() {}

    static Fault of(Refusal why, PlatformException refused, Protocol protocol) {
        return switch (protocol) {
            case REST_XML -> s3(why, refused);
            case AWS_JSON_1_0, AWS_JSON_1_1 -> new Fault(400, json(why), refused.message());
            case REST_JSON, RPC_V2_CBOR -> new Fault(403, json(why), refused.message());
            case QUERY -> new Fault(status(why), query(why), refused.message());
            case EC2_QUERY -> ec2(why, refused);
        };
    }

    private static Fault s3(Refusal why, PlatformException refused) {
        Map<String, String> details = new HashMap<>(refused.details());
        details.remove("reason");
        int status = why == Refusal.MISSING_CONTENT_LENGTH ? 411 : status(why);
        return new Fault(status, why.code(), refused.message(), details, Optional.empty());
    }

    private static int status(Refusal why) {
        return switch (why) {
            case UNKNOWN_ACCESS_KEY, SIGNATURE_DOES_NOT_MATCH, REQUEST_TIME_TOO_SKEWED, ACCESS_DENIED -> 403;
            default -> 400;
        };
    }

    private static String json(Refusal why) {
        return switch (why) {
            case UNKNOWN_ACCESS_KEY, INVALID_TOKEN -> "UnrecognizedClientException";
            case SIGNATURE_DOES_NOT_MATCH, REQUEST_TIME_TOO_SKEWED, CONTENT_SHA256_MISMATCH ->
                "InvalidSignatureException";
            case EXPIRED_TOKEN -> "ExpiredTokenException";
            case ACCESS_DENIED -> "AccessDeniedException";
            default -> "IncompleteSignatureException";
        };
    }

    private static String query(Refusal why) {
        return switch (why) {
            case UNKNOWN_ACCESS_KEY, INVALID_TOKEN -> "InvalidClientTokenId";
            case SIGNATURE_DOES_NOT_MATCH, REQUEST_TIME_TOO_SKEWED, CONTENT_SHA256_MISMATCH -> "SignatureDoesNotMatch";
            case EXPIRED_TOKEN -> "ExpiredToken";
            case ACCESS_DENIED -> "AccessDenied";
            default -> "IncompleteSignature";
        };
    }

    private static Fault ec2(Refusal why, PlatformException refused) {
        return switch (why) {
            case UNKNOWN_ACCESS_KEY, INVALID_TOKEN ->
                new Fault(401, "AuthFailure", "AWS was not able to validate the provided access credentials");
            case REQUEST_TIME_TOO_SKEWED, EXPIRED_TOKEN -> new Fault(400, "RequestExpired", refused.message());
            case ACCESS_DENIED -> new Fault(403, "UnauthorizedOperation", refused.message());
            case SIGNATURE_DOES_NOT_MATCH, CONTENT_SHA256_MISMATCH ->
                new Fault(403, "SignatureDoesNotMatch", refused.message());
            default -> new Fault(400, "IncompleteSignature", refused.message());
        };
    }
}
