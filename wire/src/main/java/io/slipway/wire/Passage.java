package io.slipway.wire;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.kit.PlatformException;
import java.util.concurrent.CompletableFuture;

/**
 * A request on its way through a front door that reads and answers in its own way: what the engine does for it all the same. Bodies are
 * counted, and calls are told to the log of calls.
 */
public final class Passage {
    private final Engine engine;
    private final ServiceRequestContext context;
    private final HttpRequest http;
    private final String id;

    Passage(Engine engine, String id, ServiceRequestContext context, HttpRequest http) {
        this.engine = engine;
        this.id = id;
        this.context = context;
        this.http = http;
    }

    /** The request without its body. */
    public Request head() {
        return Request.head(context, http);
    }

    public HttpRequest http() {
        return http;
    }

    public ServiceRequestContext context() {
        return context;
    }

    /**
     * Reads the whole body. What it takes is given back when the answer is out. Fails with a {@link PlatformException} if it is too long,
     * stalls, or there is no memory left for it.
     *
     * @param known whether it is known by now who sends it
     */
    public CompletableFuture<HttpData> body(long limit, boolean known) {
        return engine.body(this, limit, known);
    }

    /** The id of the request. */
    public String id() {
        return id;
    }

    /**
     * Tells the log of calls what is asked for, before it is done.
     *
     * @param route method and name, as {@code POST /iam/CreateUser}
     * @throws PlatformException UNAVAILABLE: nothing may be done now
     */
    public void begin(String route) {
        witnessed(route).handled(head());
    }

    /** As {@link #begin}, of what is refused before it has begun. */
    public void refused(PlatformException why) {
        Witnessed.in(context).orElseGet(() -> witnessed("")).because(why);
    }

    private Witnessed witnessed(String route) {
        engine.witnessed(id, context, http, route);
        return Witnessed.of(context);
    }

    /** The answer, which may not be there yet. When it leaves, the log of calls is told, if it knows of the call by then. */
    public HttpResponse leaving(HttpResponse answer) {
        var unused = answer.whenComplete().handle((nothing, failure) -> {
            Witnessed.in(context).ifPresent(Witnessed::gone);
            return true;
        });
        return answer.mapHeaders(
                head -> Witnessed.in(context).map(call -> call.left(head)).orElse(head));
    }
}
