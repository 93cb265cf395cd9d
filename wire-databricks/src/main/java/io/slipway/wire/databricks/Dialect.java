package io.slipway.wire.databricks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.List;

/** How one family of endpoints tells errors. Registered with the routes, so that a refused token or a typo speaks it too. */
public enum Dialect {
    /** {@code {"error_code","message"}}; what is missing answers 404. */
    STANDARD {
        @Override
        public Reply error(PlatformException error) {
            return standard(error, status(error.code()), code(error));
        }
    },
    /**
     * As {@link #STANDARD}, but what is missing answers 400 INVALID_PARAMETER_VALUE: clusters and jobs do so, and every SDK
     * recognizes it by its message.
     */
    MISSING_IS_INVALID {
        @Override
        public Reply error(PlatformException error) {
            return error.code() == ErrorCode.NOT_FOUND
                    ? standard(error, 400, "INVALID_PARAMETER_VALUE")
                    : standard(error, status(error.code()), code(error));
        }
    },
    /** {@code {"error"}} of API 1.2. */
    COMMAND_EXECUTION {
        @Override
        public Reply error(PlatformException error) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("error", error.details().getOrDefault("reason", code(error)) + ": " + error.message());
            return new Reply(status(error.code()), body);
        }
    },
    /** SCIM 2.0 error message. */
    SCIM {
        @Override
        public Reply error(PlatformException error) {
            int status = status(error.code());
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
            body.put("detail", error.message());
            body.put("status", String.valueOf(status));
            return new Reply(status, body);
        }
    };

    /** An HTTP status and its JSON body. */
    public record Reply(int status, ObjectNode body) {}

    public abstract Reply error(PlatformException error);

    private static Reply standard(PlatformException error, int status, String code) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error_code", code);
        body.put("message", error.message());
        List<String> keys = error.details().keySet().stream()
                .filter(key -> !"reason".equals(key))
                .sorted()
                .toList();
        if (!keys.isEmpty()) {
            ObjectNode info = body.putArray("details").addObject();
            info.put("@type", "type.googleapis.com/google.rpc.ErrorInfo");
            info.put("reason", code);
            ObjectNode metadata = info.putObject("metadata");
            keys.forEach(key -> metadata.put(key, error.details().get(key)));
        }
        return new Reply(status, body);
    }

    private static String code(PlatformException error) {
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
            case UNAVAILABLE -> "TEMPORARILY_UNAVAILABLE";
            case INTERNAL -> "INTERNAL_ERROR";
            default -> error.code().name();
        };
    }

    private static int status(ErrorCode code) {
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
