package io.slipway.wire.databricks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Dialect;
import io.slipway.wire.PlainDialect;
import io.slipway.wire.Reply;
import java.util.List;
import java.util.Map;

/** How families of this API tell errors. */
public enum DatabricksDialect implements Dialect {
    /** {@code {"error_code","message"}}; what is missing answers 404. */
    STANDARD {
        @Override
        public Reply error(PlatformException error) {
            return standard(error, PlainDialect.status(error.code()), PlainDialect.code(error));
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
                    : standard(error, PlainDialect.status(error.code()), PlainDialect.code(error));
        }
    },
    /** {@code {"error"}} of API 1.2. */
    COMMAND_EXECUTION {
        @Override
        public Reply error(PlatformException error) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put(
                    "error", error.details().getOrDefault("reason", PlainDialect.code(error)) + ": " + error.message());
            return Reply.json(PlainDialect.status(error.code()), body);
        }
    },
    /** {@code {"error","error_description"}} of OAuth 2.0 (RFC 6749, 5.2). */
    OAUTH {
        @Override
        public Reply error(PlatformException error) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            String word = error.details().getOrDefault("reason", oauth(error.code()));
            body.put("error", word);
            body.put("error_description", error.message());
            Reply plain = Reply.json(PlainDialect.status(error.code()), body);
            Map<String, String> headers = error.code() == ErrorCode.UNAUTHENTICATED
                    ? Map.of("cache-control", "no-store", "www-authenticate", "Basic realm=\"oidc\"")
                    : Map.of("cache-control", "no-store");
            return new Reply(plain.status(), plain.contentType(), headers, plain.body());
        }
    },
    /** SCIM 2.0 error message. A name that is taken has no {@code scimType}: clients look for words at the begin of what they are told. */
    SCIM {
        @Override
        public Reply error(PlatformException error) {
            boolean taken = error.code() == ErrorCode.ALREADY_EXISTS;
            int status = taken ? 409 : PlainDialect.status(error.code());
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
            String type = error.details().get("scimType");
            if (type != null) {
                body.put("scimType", type);
            }
            body.put("detail", error.message());
            body.put("status", String.valueOf(status));
            return Reply.json(status, body);
        }
    };

    private static String oauth(ErrorCode code) {
        return switch (code) {
            case PERMISSION_DENIED -> "access_denied";
            case RESOURCE_EXHAUSTED, UNAVAILABLE, DEADLINE_EXCEEDED -> "temporarily_unavailable";
            case INTERNAL -> "server_error";
            default -> "invalid_request";
        };
    }

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
            // Without one the SDK for Java drops the details.
            info.put("domain", "databricks.com");
            ObjectNode metadata = info.putObject("metadata");
            keys.forEach(key -> metadata.put(key, error.details().get(key)));
        }
        return Reply.json(status, body);
    }
}
