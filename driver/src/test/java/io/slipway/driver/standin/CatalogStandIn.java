package io.slipway.driver.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** The Unity Catalog endpoints that the plugin calls, over a catalog in memory; it keeps the contract of the real ones. */
public final class CatalogStandIn implements AutoCloseable {
    public static final String USER = "user@example.com";
    public static final String TOKEN = "user-token";
    public static final String STRANGERS_TOKEN = "strangers-token";

    private static final String PREFIX = "/api/2.1/unity-catalog/";

    private final HttpServer server;
    private final CatalogInMemory catalog;
    private final Map<String, Boolean> tokens = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();

    /** @param warehouse where managed tables go */
    public CatalogStandIn(Path warehouse) throws IOException {
        // Otherwise an answer waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        catalog = new CatalogInMemory(warehouse.toUri());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "catalog");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext(PREFIX, this::serve);
        server.createContext("/api/2.0/preview/scim/v2/Me", CatalogStandIn::me);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Map<String, Boolean> tokens() {
        return tokens;
    }

    /** What was asked since the last look, as {@code GET tables/main.s.t?query}. */
    public synchronized List<String> calls() {
        var seen = List.copyOf(calls);
        calls.clear();
        return seen;
    }

    /** A table by its full name; without fields if there is none. */
    public synchronized JsonNode table(String name) {
        return catalog.known("tables", name);
    }

    public synchronized JsonNode schema(String name) {
        return catalog.known("schemas", name);
    }

    /** Another catalog beside {@code main}. */
    public synchronized void addCatalog(String name) {
        catalog.create(
                new CatalogInMemory.Caller(USER, true),
                "catalogs",
                Json.object().put("name", name));
    }

    private static void me(HttpExchange exchange) throws IOException {
        byte[] bytes = "{\"id\":\"42\",\"groups\":[{\"display\":\"admins\"}]}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        tokens.put(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")), true);
        byte[] sent = exchange.getRequestBody().readAllBytes();
        int status = 200;
        ObjectNode answer;
        try {
            answer = answer(exchange, sent.length == 0 ? Json.object() : (ObjectNode) Json.parse(sent));
        } catch (CatalogInMemory.Refused e) {
            status = e.status();
            answer = Json.object().put("error_code", e.code()).put("message", e.getMessage());
        }
        byte[] bytes = Json.bytes(answer);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized ObjectNode answer(HttpExchange exchange, ObjectNode body) {
        String[] path =
                exchange.getRequestURI().getRawPath().substring(PREFIX.length()).split("/");
        String kind = path[0];
        String name = path.length > 1 ? decoded(path[1]) : "";
        String method = exchange.getRequestMethod();
        String rawQuery = exchange.getRequestURI().getRawQuery();
        calls.add(method + " " + kind + (name.isEmpty() ? "" : "/" + name) + (rawQuery == null ? "" : "?" + rawQuery));
        Map<String, String> query = query(rawQuery);
        var caller = caller(exchange.getRequestHeaders().getFirst("Authorization"));
        if (kind.equals("metastore_summary")) {
            return Json.object().put("global_metastore_id", "aws:local:1");
        }
        if (kind.equals("staging-tables")) {
            return catalog.stage(caller, body);
        }
        if (name.isEmpty()) {
            return method.equals("GET") ? catalog.list(kind, query) : catalog.create(caller, kind, body);
        }
        return switch (method) {
            case "DELETE" -> catalog.delete(caller, kind, name, "true".equals(query.get("force")));
            case "PATCH" -> catalog.change(caller, kind, name, body);
            default -> catalog.get(kind, name);
        };
    }

    private static CatalogInMemory.Caller caller(String authorization) {
        if (("Bearer " + TOKEN).equals(authorization)) {
            return new CatalogInMemory.Caller(USER, true);
        }
        if (("Bearer " + STRANGERS_TOKEN).equals(authorization)) {
            return new CatalogInMemory.Caller("stranger@example.com", false);
        }
        throw new CatalogInMemory.Refused(403, "PERMISSION_DENIED", "Invalid access token.");
    }

    private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
        var query = new HashMap<String, String>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int sign = pair.indexOf('=');
            query.put(pair.substring(0, sign), decoded(pair.substring(sign + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
