package io.slipway.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;

/** {@code {"error_code","message"}}: of our own calls, and of whatever belongs to no family. */
public final class PlainDialect implements Dialect {
    public static final PlainDialect PLAIN = new PlainDialect();

    private PlainDialect() {}

    @Override
    public Reply error(PlatformException error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error_code", code(error));
        body.put("message", error.message());
        return Reply.json(status(error.code()), body);
    }

    /** The usual name of an error on the wire, or the finer one that it brings along. */
    public static String code(PlatformException error) {
        String reason = error.details().get("reason");
        if (reason != null) {
            return reason;
        }
        return switch (error.code()) {
            case NOT_FOUND -> "RESOURCE_DOES_NOT_EXIST";
            case ALREADY_EXISTS -> "RESOURCE_ALREADY_EXISTS";
            case CONFLICT -> "RESOURCE_CONFLICT";
            case NOT_EMPTY -> "DIRECTORY_NOT_EMPTY";
            case TOO_LARGE -> "INVALID_PARAMETER_VALUE";
            // Of a limit that is over in a moment; the other is a quota.
            case RESOURCE_EXHAUSTED ->
                error.retryAfter().isPresent()
                        ? "REQUEST_LIMIT_EXCEEDED"
                        : error.code().name();
            case UNAVAILABLE -> "TEMPORARILY_UNAVAILABLE";
            case INTERNAL -> "INTERNAL_ERROR";
            default -> error.code().name();
        };
    }

    /** The usual status of an error. */
    public static int status(ErrorCode code) {
        return switch (code) {
            case MALFORMED_REQUEST, INVALID_PARAMETER_VALUE, INVALID_STATE, ALREADY_EXISTS, NOT_EMPTY, TOO_LARGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND, ENDPOINT_NOT_FOUND, FEATURE_DISABLED -> 404;
            case CONFLICT -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case INTERNAL -> 500;
        };
    }
}
