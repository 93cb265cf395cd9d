package io.slipway.wire.databricks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceBindingBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.platform.identity.Caller;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the table of routes on a server: authenticates, runs the handler on a blocking thread, tells errors in the route's dialect. */
public final class DatabricksWire {
    private static final Logger log = LoggerFactory.getLogger(DatabricksWire.class);

    /** Clusters and jobs API: 10 MB a request; workspace import carries 10 MB in base64. */
    public static final long LONGEST_BODY = 16L << 20;

    private final Authenticator authenticator;
    private final Ids ids;
    private final String workspaceId;

    /**
     * @param authenticator finds who calls
     * @param workspaceId sent as {@code X-Databricks-Org-Id} with every reply
     */
    public DatabricksWire(Authenticator authenticator, Ids ids, String workspaceId) {
        this.authenticator = authenticator;
        this.ids = ids;
        this.workspaceId = workspaceId;
    }

    /** Adds every route, with and without a trailing slash, and the answer to unknown ones. */
    public void install(ServerBuilder server, Routes routes) {
        server.errorHandler(new Refusals().orElse(ServerErrorHandler.ofDefault()));
        for (Routes.Route route : routes.all()) {
            HttpService service = (context, request) -> serve(context, request, route);
            bind(server, route, route.path(), service);
            if (!route.path().endsWith("/") && !route.path().contains(":")) {
                bind(server, route, route.path() + "/", service);
            }
        }
        List.of("/api/", "/ajax-api/", "/ui-api/", "/oidc/", "/.well-known/")
                .forEach(prefix -> server.serviceUnder(
                        prefix,
                        (context, request) -> HttpResponse.of(request.aggregate()
                                .thenApply(whole -> error(
                                        Dialect.STANDARD,
                                        new PlatformException(
                                                ErrorCode.ENDPOINT_NOT_FOUND,
                                                "No API found for '" + request.method() + " " + context.path()
                                                        + "'"))))));
    }

    private static void bind(ServerBuilder server, Routes.Route route, String path, HttpService service) {
        ServiceBindingBuilder binding = server.route().methods(route.method()).path(path);
        if (route.streamed()) {
            // Limits are looked at before a handler runs.
            binding.maxRequestLength(0).requestTimeoutMillis(0);
        }
        binding.build(service);
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request, Routes.Route route) {
        if (route.streamed()) {
            return HttpResponse.of(CompletableFuture.supplyAsync(
                    () -> answer(context, request, HttpData.empty(), route), context.blockingTaskExecutor()));
        }
        return HttpResponse.of(request.aggregate()
                .thenApplyAsync(
                        whole -> answer(context, request, whole.content(), route), context.blockingTaskExecutor()));
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request, HttpData body, Routes.Route route) {
        try {
            Caller caller = route.open() ? Caller.SYSTEM : authenticator.authenticate(request.headers());
            Object reply = route.handler().handle(new Call(caller, context, request, body));
            return reply instanceof HttpResponse response ? response : json(HttpStatus.OK, reply);
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                log.error("{} {} failed", request.method(), context.path(), e);
            }
            return error(route.dialect(), e);
        } catch (Exception e) {
            log.error("{} {} failed", request.method(), context.path(), e);
            return error(
                    route.dialect(),
                    new PlatformException(ErrorCode.INTERNAL, "Internal error, the server's log says more.", e));
        }
    }

    private HttpResponse error(Dialect dialect, PlatformException e) {
        Dialect.Reply reply = dialect.error(e);
        return json(HttpStatus.valueOf(reply.status()), reply.body());
    }

    private HttpResponse json(HttpStatus status, Object body) {
        ResponseHeaders headers = ResponseHeaders.builder(status)
                .contentType(MediaType.JSON_UTF_8)
                .add("x-databricks-org-id", workspaceId)
                .add("x-request-id", ids.uuid())
                .build();
        try {
            return HttpResponse.of(headers, HttpData.wrap(WireJson.mapper().writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reply is not JSON: " + body.getClass(), e);
        }
    }
}
