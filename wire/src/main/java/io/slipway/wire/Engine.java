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
import io.netty.util.concurrent.ScheduledFuture;
import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the table of routes on a server. A request goes three steps: its head says who comes, its body is read, its handler answers. Only
 * the first and the last take a thread that may block, and from nobody who is known hardly anything is read: a body costs memory, and the
 * threads and the memory of a server are few.
 */
public final class Engine {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    /** Clusters and jobs API: 10 MB a request; workspace import carries 10 MB in base64. */
    public static final long LONGEST_BODY = 16L << 20;

    /** Of those who are nobody. */
    static final long STRANGERS_BODY = 64L << 10;

    /** Bodies this short are read before it is asked who sends them: that saves a change of threads. */
    private static final long SHORT_BODY = 4L << 10;

    private static final Duration LONGEST_UPLOAD = Duration.ofHours(2);

    private final Ids ids;
    private final BodyBudget known;
    private final BodyBudget strangers;
    private final Duration patience;
    private final RateLimit limit;
    private final CallLog calls;
    private final Answering answering = new Answering();

    public Engine(Ids ids) {
        this(ids, CallLog.NONE, RateLimit.none());
    }

    /**
     * @param calls hears of every call
     * @param limit how often somebody may ask
     */
    public Engine(Ids ids, CallLog calls, RateLimit limit) {
        this(ids, calls, limit, BodyBudget.ofProcess(), Duration.ofSeconds(30));
    }

    /**
     * @param budget for all bodies together
     * @param patience how long a client may send nothing in the middle of a body
     */
    public Engine(Ids ids, BodyBudget budget, Duration patience) {
        this(ids, CallLog.NONE, RateLimit.none(), budget, patience);
    }

    private Engine(Ids ids, CallLog calls, RateLimit limit, BodyBudget budget, Duration patience) {
        this.limit = limit;
        this.ids = ids;
        this.calls = calls;
        this.known = budget;
        this.strangers = budget.forStrangers();
        this.patience = patience;
    }

    /**
     * Adds every route, with and without a trailing slash, and the answer to unknown ones. A server that is told to end waits for the
     * answers that are being made, takes nothing new, and is gone at once.
     */
    public void install(ServerBuilder server, Routes routes) {
        server.bossGroupFactory(Accepting::named);
        answering.install(server);
        server.errorHandler(new Refusals(routes.grounds(), this::witnessed).orElse(ServerErrorHandler.ofDefault()));
        for (Routes.Route route : routes.all()) {
            HttpService service = service(route);
            bind(server, route, route.path(), service);
            if (!route.path().endsWith("/") && !route.path().contains(":")) {
                bind(server, route, route.path() + "/", service);
            }
        }
        routes.grounds()
                .forEach(family -> family.prefixes()
                        .forEach(
                                prefix -> server.serviceUnder(prefix, (context, request) -> unknown(family, context))));
    }

    /**
     * Adds a front door that finds its own way through a request, at a path of its own. How long it may take and how long a body may be is
     * its own matter.
     *
     * @param ending tells that the server is ending
     */
    public void install(ServerBuilder server, String path, OwnDoor door, Supplier<HttpResponse> ending) {
        server.route().path(path).maxRequestLength(0).requestTimeoutMillis(0).build((context, request) -> {
            try {
                return answering.serve(
                        context, request, (known, same) -> door.serve(new Passage(this, ids.uuid(), known, same)));
            } catch (PlatformException unavailable) {
                return ending.get();
            }
        });
    }

    CompletableFuture<HttpData> body(Passage passage, long limit, boolean knownSender) {
        BodyBudget.Share share = (knownSender ? known : strangers).share();
        var unused = passage.context().log().whenComplete().thenRun(share::close);
        return read(passage.head(), limit, share).exceptionallyCompose(failure -> {
            share.close();
            return CompletableFuture.failedFuture(
                    cause(failure) instanceof Unread unread ? unread.reason() : cause(failure));
        });
    }

    private void witnessed(ServiceRequestContext context, HttpRequest request, String route) {
        witnessed(ids.uuid(), context, request, route);
    }

    void witnessed(String id, ServiceRequestContext context, HttpRequest request, String route) {
        Witnessed.begin(calls, id, route, Request.head(context, request));
    }

    private HttpService service(Routes.Route route) {
        String name = route.method().name() + " " + route.path();
        return (context, request) -> {
            witnessed(context, request, name);
            if (route.followed()) {
                return serve(context, request, route);
            }
            try {
                return answering.serve(context, request, (known, same) -> serve(known, same, route));
            } catch (PlatformException ending) {
                return error(context, route.family(), ending);
            }
        };
    }

    private static void bind(ServerBuilder server, Routes.Route route, String path, HttpService service) {
        ServiceBindingBuilder binding = server.route().methods(route.method()).path(path);
        if (route.streamed()) {
            // The server's own limits hold for a whole body, and forms are longer than memory.
            binding.maxRequestLength(0).requestTimeout(LONGEST_UPLOAD);
        }
        binding.build(service);
    }

    private HttpResponse unknown(Family family, ServiceRequestContext context) {
        witnessed(context, context.request(), "");
        return error(
                context,
                family,
                new PlatformException(
                        ErrorCode.ENDPOINT_NOT_FOUND,
                        "No API found for '" + context.method() + " " + context.path() + "'"));
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest http, Routes.Route route) {
        Request head = Request.head(context, http);
        long declared = http.headers().contentLength();
        CompletableFuture<HttpResponse> answer;
        if (http.isEmpty()) {
            answer = blocking(context, () -> handle(admit(head, route), route));
        } else if (declared >= 0 && declared <= SHORT_BODY && !streamed(head, route)) {
            BodyBudget.Share share = strangers.share();
            answer = read(head, STRANGERS_BODY, share)
                    .thenCompose(body ->
                            blocking(context, () -> handle(admit(head, route).with(body), route)))
                    .whenComplete((reply, failure) -> share.close());
        } else {
            answer = blocking(context, () -> {
                Request request = admit(head, route);
                return streamed(request, route) ? handle(request.with(watched(request)), route) : whole(request, route);
            });
        }
        return HttpResponse.of(answer.exceptionally(failure -> failed(head, route, failure)));
    }

    /**
     * Does a step on a thread that may block. All of it in one task: a step that is chained to one that is done already runs on the thread
     * that chains it, which is the event loop that other connections wait for.
     */
    private static CompletableFuture<HttpResponse> blocking(
            ServiceRequestContext context, Supplier<CompletionStage<HttpResponse>> step) {
        return CompletableFuture.supplyAsync(step, context.blockingTaskExecutor())
                .thenCompose(Function.identity());
    }

    private static boolean streamed(Request request, Routes.Route route) {
        return route.streamed() && request.multipart();
    }

    private Request admit(Request head, Routes.Route route) {
        if (route.open()) {
            limit.stranger(head);
            Witnessed.of(head.context()).admitted(head);
            return head;
        }
        Caller caller = limit.caller(head, route.family().credentials());
        Request admitted = head.by(caller);
        Witnessed.of(head.context()).admitted(admitted);
        return admitted;
    }

    private CompletionStage<HttpResponse> whole(Request request, Routes.Route route) {
        boolean stranger = request.caller().equals(Caller.NOBODY);
        BodyBudget.Share share = (stranger ? strangers : known).share();
        return read(request, stranger ? STRANGERS_BODY : LONGEST_BODY, share)
                .thenCompose(body -> blocking(request.context(), () -> handle(request.with(body), route)))
                .whenComplete((reply, failure) -> share.close());
    }

    private CompletableFuture<HttpData> read(Request request, long limit, BodyBudget.Share share) {
        if (request.headers().contentLength() > limit) {
            return CompletableFuture.failedFuture(Unread.tooLong(limit));
        }
        return BodyReader.read(request.http(), limit, share, request.context().eventLoop(), patience);
    }

    /** A body that its handler reads; it fails when the client stalls. */
    private HttpRequest watched(Request request) {
        AtomicBoolean stirred = new AtomicBoolean(true);
        HttpRequest watched = request.http().peekData(piece -> stirred.set(true));
        ScheduledFuture<?> watch = request.context()
                .eventLoop()
                .scheduleAtFixedRate(
                        () -> {
                            if (!stirred.getAndSet(false)) {
                                watched.abort(Unread.stalled());
                            }
                        },
                        patience.toMillis(),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
        var unused = watched.whenComplete().handle((nothing, failure) -> watch.cancel(false));
        return watched;
    }

    /** Runs on a thread that may block. */
    private CompletionStage<HttpResponse> handle(Request request, Routes.Route route) {
        ServiceRequestContext context = request.context();
        try {
            Witnessed.of(context).handled(request);
            Object reply = route.handler().handle(request);
            return reply instanceof CompletionStage<?> later
                    ? later.thenApply(value -> response(context, route.family(), value))
                    : CompletableFuture.completedFuture(response(context, route.family(), reply));
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }

    private HttpResponse failed(Request request, Routes.Route route, Throwable failure) {
        Family family = route.family();
        Throwable cause = cause(failure);
        ServiceRequestContext context = request.context();
        if (cause instanceof Unread unread) {
            Witnessed.of(context).because(unread.reason());
            return stamped(
                    context,
                    family,
                    family.dialect().error(unread.reason()).withStatus(unread.status()),
                    unread.status() == 408);
        }
        if (cause instanceof PlatformException refused && refused.code() != ErrorCode.INTERNAL) {
            return error(context, family, refused);
        }
        log.error("{} {} failed", request.method(), request.rawPath(), cause);
        return error(
                context,
                family,
                cause instanceof PlatformException told
                        ? told
                        : new PlatformException(
                                ErrorCode.INTERNAL, "Internal error, the server's log says more.", cause));
    }

    private static HttpResponse error(ServiceRequestContext context, Family family, PlatformException e) {
        Witnessed.of(context).because(e);
        return stamped(context, family, Reply.error(family.dialect(), e), false);
    }

    private static HttpResponse response(ServiceRequestContext context, Family family, Object reply) {
        if (reply instanceof HttpResponse own) {
            return Witnessed.of(context).leaving(own);
        }
        if (reply instanceof Reply whole) {
            return stamped(context, family, whole, false);
        }
        try {
            return stamped(context, family, Reply.ok(WireJson.mapper().writeValueAsBytes(reply)), false);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is not JSON: " + reply.getClass(), e);
        }
    }

    private static HttpResponse stamped(ServiceRequestContext context, Family family, Reply reply, boolean last) {
        var headers = reply.head();
        Witnessed call = Witnessed.of(context);
        family.headers().apply(call.caller()).forEach(headers::add);
        if (last) {
            headers.add("connection", "close");
        }
        String id = call.answered(reply.status(), reply.data());
        return HttpResponse.of(headers.add("x-request-id", id).build(), reply.data());
    }
}
