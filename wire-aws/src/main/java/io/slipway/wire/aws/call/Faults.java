package io.slipway.wire.aws.call;

import io.slipway.kit.PlatformException;
import io.slipway.wire.aws.protocol.Fault;
import io.slipway.wire.aws.protocol.Malformed;
import io.slipway.wire.aws.protocol.Protocol;
import io.slipway.wire.aws.signature.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What went wrong with a call, as the protocol of its service tells it. */
public final class Faults {
    private static final Logger log = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    /** @param service its signing name */
    public static Fault of(Throwable failure, Protocol protocol, String service) {
        Throwable cause = cause(failure);
        if (cause instanceof AwsServiceException told) {
            return Fault.of(told);
        }
        if (cause instanceof Malformed malformed) {
            return protocol.fault(malformed, service);
        }
        if (cause instanceof PlatformException refused) {
            Optional<Fault> known = Refusal.of(refused)
                    .map(why -> SignatureFaults.of(why, refused, protocol))
                    .or(() -> ofCode(refused, protocol));
            if (known.isPresent()) {
                return known.get();
            }
        }
        log.error("a call of {} failed", service, cause);
        return new Fault(
                500,
                protocol == Protocol.REST_XML || protocol == Protocol.EC2_QUERY ? "InternalError" : "InternalFailure",
                "We encountered an internal error. Please try again.");
    }

    public static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }

    private static boolean json(Protocol protocol) {
        return switch (protocol) {
            case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON, RPC_V2_CBOR -> true;
            case QUERY, EC2_QUERY, REST_XML -> false;
        };
    }

    /** What areas below refuse. Empty: a defect of ours. */
    private static Optional<Fault> ofCode(PlatformException refused, Protocol protocol) {
        boolean s3 = protocol == Protocol.REST_XML;
        boolean json = json(protocol);
        Map<String, String> details = new HashMap<>(refused.details());
        String reason = details.remove("reason");
        Optional<Fault> plain = switch (refused.code()) {
            case MALFORMED_REQUEST, INVALID_PARAMETER_VALUE, INVALID_STATE, NOT_EMPTY ->
                fault(400, json ? "ValidationException" : s3 ? "InvalidArgument" : "ValidationError", refused);
            case UNAUTHENTICATED, PERMISSION_DENIED -> fault(403, denied(protocol), refused);
            case NOT_FOUND, ENDPOINT_NOT_FOUND ->
                fault(404, json ? "ResourceNotFoundException" : "NoSuchEntity", refused);
            case ALREADY_EXISTS, CONFLICT -> fault(409, json ? "ConflictException" : "Conflict", refused);
            case TOO_LARGE -> fault(s3 ? 400 : 413, s3 ? "EntityTooLarge" : "RequestEntityTooLarge", refused);
            case RESOURCE_EXHAUSTED ->
                fault(s3 ? 503 : 400, s3 ? "SlowDown" : json ? "ThrottlingException" : "Throttling", refused);
            case FEATURE_DISABLED -> fault(501, "NotImplemented", refused);
            case UNAVAILABLE -> fault(503, json ? "ServiceUnavailableException" : "ServiceUnavailable", refused);
            case DEADLINE_EXCEEDED, CANCELLED -> fault(400, s3 ? "RequestTimeout" : "RequestExpired", refused);
            case INTERNAL -> Optional.empty();
        };
        return plain.map(fault -> new Fault(
                fault.status(), reason == null ? fault.code() : reason, fault.message(), details, Optional.empty()));
    }

    private static String denied(Protocol protocol) {
        return json(protocol)
                ? "AccessDeniedException"
                : protocol == Protocol.EC2_QUERY ? "UnauthorizedOperation" : "AccessDenied";
    }

    private static Optional<Fault> fault(int status, String code, PlatformException refused) {
        return Optional.of(new Fault(status, code, refused.message()));
    }

    /** Who has not signed what must be signed. */
    public static Fault unsigned(Protocol protocol) {
        return new Fault(
                protocol == Protocol.AWS_JSON_1_0 || protocol == Protocol.AWS_JSON_1_1 ? 400 : 403,
                json(protocol) ? "MissingAuthenticationTokenException" : "MissingAuthenticationToken",
                "Request is missing Authentication Token");
    }

    public static Fault notImplemented(String what) {
        return new Fault(501, "NotImplemented", what);
    }
}
