package io.slipway.driver.cluster;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The Unity Catalog endpoints that the plugin calls, in memory: schemas by "catalog.schema", tables by full name. */
final class CatalogStandIn implements AutoCloseable {
    private static final String PREFIX = "/api/2.1/unity-catalog/";

    private final HttpServer server;
    private final Path warehouse;
    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private final Map<String, ObjectNode> tables = new TreeMap<>();
    private final Map<String, Boolean> tokens = new ConcurrentHashMap<>();

    CatalogStandIn(Path warehouse) throws IOException {
        this.warehouse = warehouse;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext(PREFIX, this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Map<String, Boolean> tokens() {
        return tokens;
    }

    synchronized JsonNode table(String name) {
        ObjectNode table = tables.get(name);
        return table == null ? Json.object() : table.deepCopy();
    }

    private void serve(HttpExchange exchange) throws IOException {
        tokens.put(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")), true);
        byte[] sent = exchange.getRequestBody().readAllBytes();
        ObjectNode body = sent.length == 0 ? Json.object() : (ObjectNode) Json.parse(sent);
        ObjectNode answer = answer(exchange, body);
        byte[] bytes = Json.bytes(answer);
        exchange.sendResponseHeaders(answer.path("status").asInt(200), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized ObjectNode answer(HttpExchange exchange, ObjectNode body) {
        String[] path =
                exchange.getRequestURI().getRawPath().substring(PREFIX.length()).split("/");
        String method = exchange.getRequestMethod();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (path[0].equals("staging-tables")) {
            return Json.object()
                    .put("id", "1")
                    .put(
                            "staging_location",
                            warehouse
                                    .resolve(UUID.randomUUID().toString())
                                    .toUri()
                                    .toString());
        }
        boolean schema = path[0].equals("schemas");
        Map<String, ObjectNode> all = schema ? schemas : tables;
        String kind = schema ? "SCHEMA" : "TABLE";
        String parent = body.path("catalog_name").asText()
                + (schema ? "" : "." + body.path("schema_name").asText());
        if (path.length == 1 && method.equals("GET")) {
            return list(all, schema, query);
        }
        if (path.length == 1) {
            String name = parent + "." + body.path("name").asText();
            if (!schema && !schemas.containsKey(parent)) {
                return error(404, "SCHEMA_DOES_NOT_EXIST");
            }
            return all.putIfAbsent(name, body) == null ? body : error(400, kind + "_ALREADY_EXISTS");
        }
        String name = URLDecoder.decode(path[1], StandardCharsets.UTF_8);
        if (name.contains("/")) {
            return error(400, "INVALID_PARAMETER_VALUE");
        }
        ObjectNode found = all.get(name);
        if (found == null) {
            return error(404, kind + "_DOES_NOT_EXIST");
        }
        return switch (method) {
            case "DELETE" -> delete(all, name, query.contains("force=true"));
            case "PATCH" -> patch(all, name, found, body);
            default -> found;
        };
    }

    private ObjectNode list(Map<String, ObjectNode> all, boolean schema, String query) {
        String of = parameter(query, "catalog_name") + (schema ? "" : "." + parameter(query, "schema_name")) + ".";
        ObjectNode answer = Json.object();
        var list = answer.putArray(schema ? "schemas" : "tables");
        all.forEach((name, value) -> {
            if (name.startsWith(of)) {
                list.add(value);
            }
        });
        return answer;
    }

    private ObjectNode delete(Map<String, ObjectNode> all, String name, boolean force) {
        boolean full = tables.keySet().stream().anyMatch(table -> table.startsWith(name + "."));
        if (full && !force) {
            return error(400, "SCHEMA_NOT_EMPTY");
        }
        tables.keySet().removeIf(table -> table.startsWith(name + "."));
        all.remove(name);
        return Json.object();
    }

    private static ObjectNode patch(Map<String, ObjectNode> all, String name, ObjectNode found, ObjectNode body) {
        if (body.has("new_name")) {
            all.remove(name);
            String newName = body.path("new_name").asText();
            all.put(name.substring(0, name.lastIndexOf('.') + 1) + newName, found.put("name", newName));
        } else {
            found.setAll(body);
        }
        return found;
    }

    private static ObjectNode error(int status, String code) {
        return Json.object().put("status", status).put("error_code", code).put("message", code);
    }

    private static String parameter(String query, String name) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
