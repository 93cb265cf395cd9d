package io.unitycatalog.slipway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.server.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The platform's Unity Catalog REST API 2.1, called as the user of the session. */
final class CatalogRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;

    private final CatalogSessions.Entry session;
    private final String catalog;
    private final HttpClient http;

    CatalogRest(CatalogSessions.Entry session, String catalog) {
        this.session = session;
        this.catalog = catalog;
        this.http = ServerClient.builder().version(HttpClient.Version.HTTP_1_1).build();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    JsonNode table(String schema, String name) {
        return call("GET", "/tables/" + encode(full(schema, name)), null);
    }

    JsonNode createTable(ObjectNode table) {
        return call("POST", "/tables", table);
    }

    void patchTable(String schema, String name, ObjectNode changes) {
        call("PATCH", "/tables/" + encode(full(schema, name)), changes);
    }

    void deleteTable(String schema, String name) {
        call("DELETE", "/tables/" + encode(full(schema, name)), null);
    }

    List<JsonNode> tables(String schema) {
        return pages("/tables?catalog_name=" + encode(catalog) + "&schema_name=" + encode(schema), "tables");
    }

    /** Where a managed table's files will go, asked before the table exists. */
    String stagingLocation(String schema, String name) {
        ObjectNode request =
                object().put("catalog_name", catalog).put("schema_name", schema).put("name", name);
        return call("POST", "/staging-tables", request).path("staging_location").asText();
    }

    List<JsonNode> catalogs() {
        return pages("/catalogs?include_browse=false", "catalogs");
    }

    JsonNode catalog(String name) {
        return call("GET", "/catalogs/" + encode(name), null);
    }

    void createCatalog(ObjectNode asked) {
        call("POST", "/catalogs", asked);
    }

    void patchCatalog(String name, ObjectNode changes) {
        call("PATCH", "/catalogs/" + encode(name), changes);
    }

    void deleteCatalog(String name, boolean force) {
        call("DELETE", "/catalogs/" + encode(name) + "?force=" + force, null);
    }

    JsonNode metastore() {
        return call("GET", "/metastore_summary", null);
    }

    /** What the platform knows of the user, with the groups (SCIM, Me). */
    JsonNode me() {
        return send("GET", "/api/2.0/preview/scim/v2/Me", null);
    }

    /** What is at a path of the workspace. */
    JsonNode workspaceObject(String path) {
        return send("GET", "/api/2.0/workspace/get-status?path=" + encode(path), null);
    }

    List<JsonNode> schemas() {
        return pages("/schemas?catalog_name=" + encode(catalog), "schemas");
    }

    JsonNode schema(String name) {
        return call("GET", "/schemas/" + encode(catalog + "." + name), null);
    }

    void createSchema(ObjectNode schema) {
        call("POST", "/schemas", schema.put("catalog_name", catalog));
    }

    void patchSchema(String name, ObjectNode changes) {
        call("PATCH", "/schemas/" + encode(catalog + "." + name), changes);
    }

    void deleteSchema(String name, boolean force) {
        call("DELETE", "/schemas/" + encode(catalog + "." + name) + "?force=" + force, null);
    }

    private String full(String schema, String name) {
        return catalog + "." + schema + "." + name;
    }

    private List<JsonNode> pages(String path, String field) {
        var all = new ArrayList<JsonNode>();
        String token = "";
        do {
            JsonNode page = call(
                    "GET",
                    path + "&max_results=" + PAGE + (token.isEmpty() ? "" : "&page_token=" + encode(token)),
                    null);
            page.path(field).forEach(all::add);
            token = page.path("next_page_token").asText("");
        } while (!token.isEmpty());
        return all;
    }

    private JsonNode call(String method, String path, ObjectNode body) {
        return send(method, "/api/2.1/unity-catalog" + path, body);
    }

    private JsonNode send(String method, String path, ObjectNode body) {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString());
        var request = HttpRequest.newBuilder(URI.create(session.serverUrl() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + session.token())
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = read(response);
            if (response.statusCode() / 100 != 2) {
                throw new CatalogFailure(
                        response.statusCode(),
                        answer.path("error_code").asText(""),
                        answer.path("message").asText("the catalog answered with status " + response.statusCode()));
            }
            return answer;
        } catch (IOException e) {
            throw new CatalogFailure("the catalog cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CatalogFailure("interrupted while asking the catalog", e);
        }
    }

    /** What stands between this and the server may answer in its stead, in whatever form. */
    private static JsonNode read(HttpResponse<byte[]> response) throws IOException {
        try {
            return response.body().length == 0 ? object() : JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            if (response.statusCode() / 100 == 2) {
                throw e;
            }
            return object();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
