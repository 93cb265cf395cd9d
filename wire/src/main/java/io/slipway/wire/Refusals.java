package io.slipway.wire;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server refuses before a route sees it (a method that no route has, a path that climbs), told as the family around tells it. */
final class Refusals implements ServerErrorHandler {
    private final List<Family> grounds;

    Refusals(List<Family> grounds) {
        this.grounds = grounds;
    }

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
        return told(headers, status, description);
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return told(headers, status, description);
    }

    private AggregatedHttpResponse told(
            @Nullable RequestHeaders headers, HttpStatus status, @Nullable String description) {
        String message = description == null ? status.reasonPhrase() : description;
        int told = status.code();
        if (told == 405 && headers != null) {
            // A path that only other methods have is no API either.
            message = "No API found for '" + headers.method() + " " + path(headers) + "'";
            told = 404;
        }
        Reply reply = dialect(headers == null ? "" : headers.path())
                .error(new PlatformException(code(status), message))
                .withStatus(told);
        return AggregatedHttpResponse.of(reply.head().build(), reply.data());
    }

    private static String path(RequestHeaders headers) {
        int query = headers.path().indexOf('?');
        return query < 0 ? headers.path() : headers.path().substring(0, query);
    }

    private Dialect dialect(String path) {
        return grounds.stream()
                .filter(family -> family.prefixes().stream().anyMatch(path::startsWith))
                .map(Family::dialect)
                .findFirst()
                .orElse(PlainDialect.PLAIN);
    }

    private static ErrorCode code(HttpStatus status) {
        return switch (status.code()) {
            case 400 -> ErrorCode.MALFORMED_REQUEST;
            case 404, 405 -> ErrorCode.ENDPOINT_NOT_FOUND;
            case 503 -> ErrorCode.UNAVAILABLE;
            case 504 -> ErrorCode.DEADLINE_EXCEEDED;
            default -> status.isServerError() ? ErrorCode.INTERNAL : ErrorCode.INVALID_PARAMETER_VALUE;
        };
    }
}
