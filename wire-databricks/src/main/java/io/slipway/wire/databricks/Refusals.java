package io.slipway.wire.databricks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/** What the server refuses before a route sees it (a path that climbs, a body that is too long), as JSON like any other error. */
final class Refusals implements ServerErrorHandler {
    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        return null;
    }

    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return told(status, description);
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return told(status, description);
    }

    private static AggregatedHttpResponse told(HttpStatus status, @Nullable String description) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error_code", code(status));
        body.put("message", description == null ? status.reasonPhrase() : description);
        return AggregatedHttpResponse.of(status, MediaType.JSON_UTF_8, body.toString());
    }

    private static String code(HttpStatus status) {
        return switch (status.code()) {
            case 400 -> "MALFORMED_REQUEST";
            case 404, 405 -> "ENDPOINT_NOT_FOUND";
            case 413, 414 -> "INVALID_PARAMETER_VALUE";
            case 503 -> "TEMPORARILY_UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status.isServerError() ? "INTERNAL_ERROR" : "BAD_REQUEST";
        };
    }
}
