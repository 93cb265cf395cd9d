package io.slipway.driver.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP around {@link Routes}: token, JSON, errors. It can listen before Spark is up; until then it answers 409. */
public final class ApiServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
    private static final int BODY_LIMIT = 64 * 1024 * 1024;

    private final HttpServer server;
    private final byte[] expected;
    private volatile @Nullable Routes routes;

    public ApiServer(String address, String token) throws IOException {
        // Otherwise an answer waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(address, 0), 64);
        // A long poll holds a thread; there is one for each server that follows, and others while somebody asks.
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "api");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/", this::serve);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void open(Routes ready) {
        routes = ready;
    }

    private void serve(HttpExchange exchange) throws IOException {
        int status = 200;
        Reply reply;
        try {
            reply = answer(exchange);
        } catch (ApiError e) {
            status = e.status();
            reply = error(e.code(), e.getMessage());
        } catch (JsonProcessingException e) {
            status = 400;
            reply = error("INVALID_ARGUMENT", "the body is not JSON");
        } catch (IllegalArgumentException e) {
            status = 400;
            reply = error("INVALID_ARGUMENT", e.getMessage());
        } catch (InterruptedException e) {
            status = 409;
            reply = error("STOPPING", "the driver is stopping");
        } catch (RuntimeException e) {
            log.error(
                    "{} {}",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    e);
            status = 500;
            reply = error("INTERNAL", String.valueOf(e.getMessage()));
        }
        if (reply instanceof Reply.Text text) {
            write(exchange, text);
        } else if (reply instanceof Reply.Data data) {
            write(exchange, status, Json.bytes(data.body()));
        }
    }

    private static void write(HttpExchange exchange, int status, byte[] json) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, json.length);
            exchange.getResponseBody().write(json);
        }
    }

    /** If it fails, nothing is closed here: that would end the text as if it were whole. The HTTP server cuts the connection. */
    private static void write(HttpExchange exchange, Reply.Text text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", text.contentType());
        exchange.sendResponseHeaders(200, 0);
        try {
            text.writing().to(exchange.getResponseBody());
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            log.error("{} ended in the middle", exchange.getRequestURI().getPath(), e);
            throw new IOException("the text cannot be finished", e);
        }
        exchange.close();
    }

    private Reply answer(HttpExchange exchange) throws IOException, InterruptedException {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        if (sent == null || !MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), expected)) {
            throw new ApiError(401, "UNAUTHENTICATED", "the token is missing or wrong");
        }
        Routes ready = routes;
        if (ready == null) {
            throw new ApiError(409, "STARTING", "the driver is starting");
        }
        byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT);
        return ready.call(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                body.length == 0 ? Json.object() : Json.parse(body));
    }

    private static Reply error(String code, @Nullable String message) {
        return new Reply.Data(Json.object().put("error", code).put("message", message));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
