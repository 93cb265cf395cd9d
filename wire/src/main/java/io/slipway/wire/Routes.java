package io.slipway.wire;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A table of contents: which method and path is answered by what. Each family of endpoints adds its own lines. */
public final class Routes {
    /**
     * Answers one request with a record, a map, an {@link HttpResponse} of its own making, or later with one of them
     * ({@link java.util.concurrent.CompletionStage}); may block.
     */
    @FunctionalInterface
    public interface Handler {
        Object handle(Request request) throws Exception;
    }

    /**
     * @param streamed of a form the handler reads the body itself, in pieces
     * @param open answered without credentials
     * @param followed its answer goes on, or is held back, for as long as somebody waits for it
     */
    record Route(
            HttpMethod method,
            String path,
            Family family,
            Handler handler,
            boolean streamed,
            boolean open,
            boolean followed) {}

    private final List<Route> routes = new ArrayList<>();
    private final List<Family> grounds = new ArrayList<>();

    /** The lines of one family; what is added to them is of no other. */
    public Lines family(Family family) {
        return new Lines(family);
    }

    /** What is asked for below the prefixes of {@code family} and is no route is refused in its dialect. */
    public void ground(Family family) {
        grounds.add(family);
    }

    /** Adds lines to the table, all of one family. */
    public final class Lines {
        private final Family family;

        private Lines(Family family) {
            this.family = family;
        }

        public Lines get(String path, Handler handler) {
            return add(HttpMethod.GET, path, handler, false, false, false);
        }

        public Lines post(String path, Handler handler) {
            return add(HttpMethod.POST, path, handler, false, false, false);
        }

        public Lines put(String path, Handler handler) {
            return add(HttpMethod.PUT, path, handler, false, false, false);
        }

        public Lines patch(String path, Handler handler) {
            return add(HttpMethod.PATCH, path, handler, false, false, false);
        }

        public Lines delete(String path, Handler handler) {
            return add(HttpMethod.DELETE, path, handler, false, false, false);
        }

        /** A form may be larger than memory: the handler reads {@link Request#http} itself. Any other body is there as always. */
        public Lines upload(HttpMethod method, String path, Handler handler) {
            return add(method, path, handler, true, false, false);
        }

        /** Answered to anybody: discovery documents and the health check. */
        public Lines open(String path, Handler handler) {
            return open(HttpMethod.GET, path, handler);
        }

        /** Answered to anybody, since the handler itself looks at who asks: signing in and out. */
        public Lines open(HttpMethod method, String path, Handler handler) {
            return add(method, path, handler, false, true, false);
        }

        /** An answer that goes on, or is held back, as long as its reader stays: a server that stops does not wait for it. */
        public Lines follow(HttpMethod method, String path, Handler handler) {
            return add(method, path, handler, false, false, true);
        }

        private Lines add(
                HttpMethod method, String path, Handler handler, boolean streamed, boolean open, boolean followed) {
            for (String prefix : family.prefixes()) {
                routes.add(new Route(method, prefix + path, family, handler, streamed, open, followed));
            }
            return this;
        }
    }

    /** A line of the table, for those who go through all of it. */
    public record Line(String method, String path) {}

    public List<Line> lines() {
        return routes.stream()
                .map(route -> new Line(route.method().name(), route.path()))
                .toList();
    }

    List<Route> all() {
        return List.copyOf(routes);
    }

    List<Family> grounds() {
        return List.copyOf(grounds);
    }
}
