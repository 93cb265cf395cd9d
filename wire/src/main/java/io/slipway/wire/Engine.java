package io.slipway.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceBindingBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the table of routes on a server: finds the caller, runs the handler on a blocking thread, tells errors in the family's dialect. */
public final class Engine {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    /** Clusters and jobs API: 10 MB a request; workspace import carries 10 MB in base64. */
    public static final long LONGEST_BODY = 16L << 20;

    private final Ids ids;

    public Engine(Ids ids) {
        this.ids = ids;
    }

    /** Adds every route, with and without a trailing slash, and the answer to unknown ones. */
    public void install(ServerBuilder server, Routes routes) {
        server.errorHandler(new Refusals(routes.grounds()).orElse(ServerErrorHandler.ofDefault()));
        for (Routes.Route route : routes.all()) {
            HttpService service = (context, request) -> serve(context, request, route);
            bind(server, route, route.path(), service);
            if (!route.path().endsWith("/") && !route.path().contains(":")) {
                bind(server, route, route.path() + "/", service);
            }
        }
        routes.grounds()
                .forEach(family -> family.prefixes()
                        .forEach(prefix -> server.serviceUnder(
                                prefix,
                                (context, request) -> HttpResponse.of(
                                        request.aggregate().thenApply(whole -> unknown(family, context))))));
    }

    private static void bind(ServerBuilder server, Routes.Route route, String path, HttpService service) {
        ServiceBindingBuilder binding = server.route().methods(route.method()).path(path);
        if (route.streamed()) {
            // Limits are looked at before a handler runs.
            binding.maxRequestLength(0).requestTimeoutMillis(0);
        }
        binding.build(service);
    }

    private HttpResponse unknown(Family family, ServiceRequestContext context) {
        return error(
                family,
                new PlatformException(
                        ErrorCode.ENDPOINT_NOT_FOUND,
                        "No API found for '" + context.method() + " " + context.path() + "'"));
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

    private HttpResponse answer(ServiceRequestContext context, HttpRequest http, HttpData body, Routes.Route route) {
        Family family = route.family();
        try {
            Request head = Request.head(context, http);
            Request request = route.open() ? head : head.by(family.credentials().caller(head));
            Object reply = route.handler().handle(request.with(body));
            return reply instanceof HttpResponse response ? response : json(family, reply);
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                log.error("{} {} failed", http.method(), context.path(), e);
            }
            return error(family, e);
        } catch (Exception e) {
            log.error("{} {} failed", http.method(), context.path(), e);
            return error(
                    family,
                    new PlatformException(ErrorCode.INTERNAL, "Internal error, the server's log says more.", e));
        }
    }

    private HttpResponse error(Family family, PlatformException e) {
        return response(family, family.dialect().error(e));
    }

    private HttpResponse json(Family family, Object body) {
        try {
            return response(family, Reply.ok(WireJson.mapper().writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is not JSON: " + body.getClass(), e);
        }
    }

    private HttpResponse response(Family family, Reply reply) {
        var headers = reply.head();
        family.headers().forEach(headers::add);
        return HttpResponse.of(headers.add("x-request-id", ids.uuid()).build(), reply.data());
    }
}
