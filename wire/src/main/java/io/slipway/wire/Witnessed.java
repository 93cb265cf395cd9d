package io.slipway.wire;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What is noticed of one request on its way through the engine, and told the log of calls once, before the answer leaves. */
final class Witnessed {
    private static final AttributeKey<Witnessed> KEY = AttributeKey.valueOf(Witnessed.class, "call");
    private static final String ID = "x-request-id";

    /** nginx: the client has closed the connection. */
    private static final int CLIENT_GONE = 499;

    private final CallLog log;
    private final String id;
    private final String route;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Request request;
    private volatile @Nullable Caller known;
    private volatile CallLog.@Nullable Open open;
    private volatile @Nullable PlatformException error;
    private final Map<String, String> found = new ConcurrentHashMap<>();

    private Witnessed(CallLog log, String id, String route, Request head) {
        this.log = log;
        this.id = id;
        this.route = route;
        this.request = head;
    }

    /** @param route method and path; empty: none */
    static void begin(CallLog log, String id, String route, Request head) {
        head.context().setAttr(KEY, new Witnessed(log, id, route, head));
    }

    static Optional<Witnessed> in(ServiceRequestContext context) {
        return Optional.ofNullable(context.attr(KEY));
    }

    /** Of a request that has begun. */
    static Witnessed of(ServiceRequestContext context) {
        return in(context).orElseThrow();
    }

    String id() {
        return id;
    }

    /** Who it is is known; its body may still be refused. */
    void admitted(Request head) {
        request = head;
    }

    /** Who asks, as far as that is known. */
    Caller caller() {
        Caller found = known;
        return found == null ? request.caller() : found;
    }

    /** The handler is next. */
    void handled(Request whole) {
        request = whole;
        open = log.begin(new Call(id, route, whole));
    }

    /** A handler has found out who this is. */
    void by(Caller caller) {
        known = caller;
    }

    /** A handler has found out something that belongs to the call, and is no secret. */
    void found(String name, String value) {
        found.put(name, value);
    }

    void because(PlatformException why) {
        error = why;
    }

    /** The answer is whole. Returns the id of the request for its head. */
    String answered(int status, HttpData body) {
        tell(status, body);
        return id;
    }

    /** The answer is of the handler's own making, and may not be there yet. */
    HttpResponse leaving(HttpResponse own) {
        var unused = own.whenComplete().handle((nothing, failure) -> {
            gone();
            return true;
        });
        return own.mapHeaders(this::left);
    }

    /** The head of the answer leaves. Returns it with the id of the request. */
    ResponseHeaders left(ResponseHeaders head) {
        tell(head.status().code(), HttpData.empty());
        return head.contains(ID) ? head : head.toBuilder().add(ID, id).build();
    }

    /** Nothing leaves any more. */
    void gone() {
        tell(CLIENT_GONE, HttpData.empty());
    }

    private void tell(int status, HttpData body) {
        if (!told.compareAndSet(false, true)) {
            return;
        }
        CallLog.Ending ending = new CallLog.Ending(caller(), status, Optional.ofNullable(error), found, body);
        CallLog.Open begun = open;
        if (begun == null) {
            log.refused(new Call(id, route, request), ending);
        } else {
            begun.end(ending);
        }
    }
}
