package io.slipway.iam;

import io.slipway.iam.policy.Decision;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.iam.policy.Request;
import io.slipway.kit.PlatformException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PasswordPolicyViolationException;
import software.amazon.awssdk.services.iam.model.UnmodifiableEntityException;

/** Refusals of IAM, with its codes (IAM API reference, errors of each action; common errors). */
final class IamFault {
    private static final int BAD = 400;
    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;
    private static final int CONFLICT = 409;

    private IamFault() {}

    private static RuntimeException made(IamException.Builder builder, int status, String code, String message) {
        return builder.awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Iam")
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .statusCode(status)
                .message(message)
                .build();
    }

    static RuntimeException missing(String message) {
        return made(NoSuchEntityException.builder(), MISSING, "NoSuchEntity", message);
    }

    static RuntimeException taken(String message) {
        return made(EntityAlreadyExistsException.builder(), CONFLICT, "EntityAlreadyExists", message);
    }

    static RuntimeException conflict(String message) {
        return made(DeleteConflictException.builder(), CONFLICT, "DeleteConflict", message);
    }

    static RuntimeException quota(String name, int most) {
        return limit("Cannot exceed quota for " + name + ": " + most);
    }

    static RuntimeException limit(String message) {
        return made(LimitExceededException.builder(), CONFLICT, "LimitExceeded", message);
    }

    static RuntimeException malformed(String message) {
        return made(MalformedPolicyDocumentException.builder(), BAD, "MalformedPolicyDocument", message);
    }

    static RuntimeException input(String message) {
        return made(InvalidInputException.builder(), BAD, "InvalidInput", message);
    }

    static RuntimeException unmodifiable(String message) {
        return made(UnmodifiableEntityException.builder(), BAD, "UnmodifiableEntity", message);
    }

    static RuntimeException password(String message) {
        return made(PasswordPolicyViolationException.builder(), BAD, "PasswordPolicyViolation", message);
    }

    /** No modelled one: told by its code only. */
    static RuntimeException validation(String message) {
        return made(IamException.builder(), BAD, "ValidationError", message);
    }

    static RuntimeException invalid(String message) {
        return made(IamException.builder(), BAD, "InvalidParameterValue", message);
    }

    static RuntimeException denied(String message) {
        return made(IamException.builder(), FORBIDDEN, "AccessDenied", message);
    }

    static RuntimeException denied(Decision decision, Request request) {
        return denied(decision.refusal(request));
    }

    /** A policy that is kept from now on. */
    static PolicyDocument policy(PolicyKind kind, String text) {
        try {
            return PolicyDocument.parse(kind, text);
        } catch (PlatformException e) {
            throw refused(kind, e);
        }
    }

    private static RuntimeException refused(PolicyKind kind, PlatformException e) {
        if ("LimitExceeded".equals(e.details().get("reason"))) {
            return limit(e.message());
        }
        boolean noJson = e.details().getOrDefault("why", "").startsWith("not JSON");
        return malformed(noJson && kind == PolicyKind.TRUST ? "This policy contains invalid Json" : e.message());
    }
}
