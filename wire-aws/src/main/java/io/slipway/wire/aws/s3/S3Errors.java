package io.slipway.wire.aws.s3;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Errors that are found before anybody behind is asked. */
final class S3Errors {
    private S3Errors() {}

    static AwsServiceException of(int status, String code, String message) {
        return S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    static AwsServiceException invalidArgument(String message) {
        return of(400, "InvalidArgument", message);
    }

    static AwsServiceException invalidRequest(String message) {
        return of(400, "InvalidRequest", message);
    }
}
