package io.slipway.wire.aws.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Why a call was refused.
 *
 * @param extra what S3 tells beside code and message: the name of the bucket, for instance
 * @param shape the exception with members of its own
 */
public record Fault(int status, String code, String message, Map<String, String> extra, Optional<SdkPojo> shape) {
    private static final int BAD_REQUEST = 400;

    public Fault {
        extra = new TreeMap<>(extra);
    }

    public Fault(int status, String code, String message) {
        this(status, code, message, Map.of(), Optional.empty());
    }

    /** As a service has told it. */
    public static Fault of(AwsServiceException exception) {
        AwsErrorDetails details = exception.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        String message = details == null ? null : details.errorMessage();
        int status = exception.statusCode();
        return new Fault(
                status < BAD_REQUEST && status != 304 ? BAD_REQUEST : status,
                code == null ? exception.getClass().getSimpleName() : code,
                message == null ? "" : message,
                Map.of(),
                Optional.of(exception));
    }

    /** Whether the fault lies with the service. */
    boolean ours() {
        return status >= 500;
    }
}
