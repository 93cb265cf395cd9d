package io.slipway.iam;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sts.model.ExpiredTokenException;
import software.amazon.awssdk.services.sts.model.InvalidAuthorizationMessageException;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.sts.model.PackedPolicyTooLargeException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Refusals of STS, with its codes (STS API reference, errors of each action; common errors). */
final class StsFault {
    private static final int BAD = 400;
    private static final int FORBIDDEN = 403;

    private StsFault() {}

    private static RuntimeException made(StsException.Builder builder, int status, String code, String message) {
        return builder.awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Sts")
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .statusCode(status)
                .message(message)
                .build();
    }

    static RuntimeException denied(String message) {
        return made(StsException.builder(), FORBIDDEN, "AccessDenied", message);
    }

    static RuntimeException unsigned() {
        return made(
                StsException.builder(),
                FORBIDDEN,
                "MissingAuthenticationToken",
                "Request is missing Authentication Token");
    }

    static RuntimeException validation(String message) {
        return made(StsException.builder(), BAD, "ValidationError", message);
    }

    /** A refusal of one field. */
    static RuntimeException unsatisfied(String field, Object value, String constraint) {
        return validation("1 validation error detected: Value '" + value + "' at '" + field
                + "' failed to satisfy constraint: " + constraint);
    }

    static RuntimeException absent(String field) {
        return validation("1 validation error detected: Value null at '" + field
                + "' failed to satisfy constraint: Member must not be null");
    }

    static RuntimeException invalid(String message) {
        return made(StsException.builder(), BAD, "InvalidParameterValue", message);
    }

    static RuntimeException malformed(String message) {
        return made(MalformedPolicyDocumentException.builder(), BAD, "MalformedPolicyDocument", message);
    }

    static RuntimeException packed(int percent) {
        return made(
                PackedPolicyTooLargeException.builder(),
                BAD,
                "PackedPolicyTooLarge",
                "Serialized policies and tags consume " + percent + "% of the allotted space");
    }

    static RuntimeException token(String message) {
        return made(InvalidIdentityTokenException.builder(), BAD, "InvalidIdentityToken", message);
    }

    static RuntimeException expired(String message) {
        return made(ExpiredTokenException.builder(), BAD, "ExpiredTokenException", message);
    }

    static RuntimeException message() {
        return made(
                InvalidAuthorizationMessageException.builder(),
                BAD,
                "InvalidAuthorizationMessageException",
                "Message is not valid");
    }
}
