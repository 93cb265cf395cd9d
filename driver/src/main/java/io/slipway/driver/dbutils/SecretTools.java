package io.slipway.driver.dbutils;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.server.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import scala.jdk.javaapi.CollectionConverters;

/** {@code dbutils.secrets}: what the user of the context may read, by the platform's public Secrets API 2.0. */
public final class SecretTools extends Part {
    private final String serverUrl;
    private final Supplier<String> token;
    private final Consumer<String> learn;
    private final HttpClient http = ServerClient.builder().build();

    /** @param learn told each value before code has it */
    public SecretTools(String serverUrl, Supplier<String> token, Consumer<String> learn) {
        super("secrets");
        this.serverUrl = serverUrl;
        this.token = token;
        this.learn = learn;
    }

    public String get(String scope, String key) throws IOException, InterruptedException {
        return new String(getBytes(scope, key), StandardCharsets.UTF_8);
    }

    public byte[] getBytes(String scope, String key) throws IOException, InterruptedException {
        JsonNode answer = call("get?scope=" + encoded(scope) + "&key=" + encoded(key));
        byte[] value = Base64.getDecoder().decode(answer.path("value").asText());
        learn.accept(new String(value, StandardCharsets.UTF_8));
        return value;
    }

    /** As Scala has it. */
    public scala.collection.immutable.Seq<SecretMetadata> list(String scope) throws IOException, InterruptedException {
        return CollectionConverters.asScala(keys(scope)).toList();
    }

    public List<SecretMetadata> keys(String scope) throws IOException, InterruptedException {
        return texts(call("list?scope=" + encoded(scope)).path("secrets"), "key").stream()
                .map(SecretMetadata::new)
                .toList();
    }

    /** As Scala has it. */
    public scala.collection.immutable.Seq<SecretScope> listScopes() throws IOException, InterruptedException {
        return CollectionConverters.asScala(scopes()).toList();
    }

    public List<SecretScope> scopes() throws IOException, InterruptedException {
        return texts(call("scopes/list").path("scopes"), "name").stream()
                .map(SecretScope::new)
                .toList();
    }

    private static List<String> texts(JsonNode items, String field) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What is not there is an IllegalArgumentException, as notebooks expect it; other refusals name their code. */
    private JsonNode call(String call) throws IOException, InterruptedException {
        if (serverUrl.isEmpty()) {
            throw new UnsupportedOperationException("dbutils.secrets is not available: this driver has no platform");
        }
        var request = HttpRequest.newBuilder(URI.create(serverUrl + "/api/2.0/secrets/" + call))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token.get())
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode answer = Json.parse(response.body());
        if (response.statusCode() / 100 == 2) {
            return answer;
        }
        String code = answer.path("error_code").asText("HTTP " + response.statusCode());
        String message = answer.path("message").asText("the server gave no reason");
        if (code.equals("RESOURCE_DOES_NOT_EXIST")) {
            throw new IllegalArgumentException(message);
        }
        throw new IOException(code + ": " + message);
    }
}
