package io.slipway.object.folder;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why S3 did not do what the platform wanted, for whoever asked the platform: NOT_FOUND if what is meant is not there, UNAVAILABLE if S3
 * cannot be reached or cannot answer now, else INTERNAL, since the platform's keys or its bucket are not what they must be.
 */
final class BucketFault {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;

    private BucketFault() {}

    static int status(SdkException e) {
        return e instanceof AwsServiceException told ? told.statusCode() : 0;
    }

    /** No such key. That the bucket is not there is another matter. */
    static boolean missing(SdkException e) {
        return status(e) == NOT_FOUND && !code(e).equals("NoSuchBucket");
    }

    static boolean taken(SdkException e) {
        return status(e) == PRECONDITION_FAILED;
    }

    /** Somebody else puts it at this moment: who was first is known when it is asked again. */
    static boolean contended(SdkException e) {
        return status(e) == CONFLICT;
    }

    static boolean beyondEnd(SdkException e) {
        return status(e) == RANGE_NOT_SATISFIABLE;
    }

    /** @param what could not be done, as {@code read s3://bucket/key} */
    static PlatformException of(String what, SdkException e) {
        int status = status(e);
        ErrorCode code = missing(e)
                ? ErrorCode.NOT_FOUND
                : status == 0 || status == TOO_MANY || status >= SERVER_ERRORS
                        ? ErrorCode.UNAVAILABLE
                        : ErrorCode.INTERNAL;
        String why = status == 0 ? e.getMessage() : (status + " " + code(e) + " " + words(e)).strip();
        return new PlatformException(code, "The platform could not " + what + ": " + why, e);
    }

    /** Of what was refused within a call that was not. */
    static PlatformException refused(String what, String code, String words) {
        return new PlatformException(ErrorCode.INTERNAL, "The platform could not " + what + ": " + code + " " + words);
    }

    private static String code(SdkException e) {
        return e instanceof AwsServiceException told && told.awsErrorDetails() != null
                ? String.valueOf(told.awsErrorDetails().errorCode())
                : "";
    }

    private static String words(SdkException e) {
        return e instanceof AwsServiceException told && told.awsErrorDetails() != null
                ? String.valueOf(told.awsErrorDetails().errorMessage())
                : "";
    }
}
