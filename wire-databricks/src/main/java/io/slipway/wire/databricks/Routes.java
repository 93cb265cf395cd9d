package io.slipway.wire.databricks;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A table of contents: which method and path is answered by what. Each family of endpoints adds its own lines. */
public final class Routes {
    /** Answers one call with a record, a map, or an {@link HttpResponse} of its own making; may block. */
    @FunctionalInterface
    public interface Handler {
        Object handle(Call call) throws Exception;
    }

    /**
     * @param streamed the handler reads the request's body itself, in pieces
     * @param open answered without credentials
     */
    record Route(HttpMethod method, String path, Dialect dialect, Handler handler, boolean streamed, boolean open) {}

    private final List<Route> routes = new ArrayList<>();
    private Dialect dialect = Dialect.STANDARD;
    private List<String> prefixes = List.of("");

    /** Lines that follow tell errors like this and exist under each of these prefixes. */
    public Routes family(Dialect dialect, String... prefixes) {
        this.dialect = dialect;
        this.prefixes = List.of(prefixes);
        return this;
    }

    public Routes get(String path, Handler handler) {
        return add(HttpMethod.GET, path, handler, false, false);
    }

    public Routes post(String path, Handler handler) {
        return add(HttpMethod.POST, path, handler, false, false);
    }

    public Routes put(String path, Handler handler) {
        return add(HttpMethod.PUT, path, handler, false, false);
    }

    public Routes patch(String path, Handler handler) {
        return add(HttpMethod.PATCH, path, handler, false, false);
    }

    public Routes delete(String path, Handler handler) {
        return add(HttpMethod.DELETE, path, handler, false, false);
    }

    /** A body that may be larger than memory: the handler reads {@link Call#request} itself. */
    public Routes upload(HttpMethod method, String path, Handler handler) {
        return add(method, path, handler, true, false);
    }

    /** Answered to anybody: discovery documents and the health check. */
    public Routes open(String path, Handler handler) {
        return open(HttpMethod.GET, path, handler);
    }

    /** Answered to anybody, since the handler itself looks at who asks: signing in and out. */
    public Routes open(HttpMethod method, String path, Handler handler) {
        return add(method, path, handler, false, true);
    }

    private Routes add(HttpMethod method, String path, Handler handler, boolean streamed, boolean open) {
        for (String prefix : prefixes) {
            routes.add(new Route(method, prefix + path, dialect, handler, streamed, open));
        }
        return this;
    }

    List<Route> all() {
        return List.copyOf(routes);
    }
}
