package io.slipway.wire;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server refuses before a route sees it (a method that no route has, a path that climbs), told as the family around tells it. */
final class Refusals implements ServerErrorHandler {
    private final List<Family> grounds;
    private final Begin begin;

    /** Makes a request known to the log of calls. */
    @FunctionalInterface
    interface Begin {
        void witness(ServiceRequestContext context, HttpRequest request, String route);
    }

    Refusals(List<Family> grounds, Begin begin) {
        this.grounds = grounds;
        this.begin = begin;
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
        return told(headers, status, description, Optional.empty());
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        if (context != null && Witnessed.in(context).isEmpty()) {
            begin.witness(context, context.request(), "");
        }
        return told(headers, status, description, Optional.ofNullable(context).map(Witnessed::of));
    }

    private AggregatedHttpResponse told(
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            Optional<Witnessed> witnessed) {
        String message = description == null ? status.reasonPhrase() : description;
        int told = status.code();
        if (told == 405 && headers != null) {
            // A path that only other methods have is no API either.
            message = "No API found for '" + headers.method() + " " + path(headers) + "'";
            told = 404;
        }
        PlatformException why = new PlatformException(code(status), message);
        Reply reply = dialect(headers == null ? "" : headers.path()).error(why).withStatus(told);
        var head = reply.head();
        if (witnessed.isPresent()) {
            witnessed.get().because(why);
            head.add("x-request-id", witnessed.get().answered(told, reply.data()));
        }
        return AggregatedHttpResponse.of(head.build(), reply.data());
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
