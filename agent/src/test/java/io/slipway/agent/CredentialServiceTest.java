package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialServiceTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
    private static final long HOUR = 3600;

    @TempDir
    Path node;

    private final AtomicLong now = new AtomicLong(START.toEpochMilli());
    private FakeServer server;
    private Map<String, String> environment;
    private Map<String, String> withoutRole;

    @BeforeEach
    void serve() throws Exception {
        server = new FakeServer();
        Files.createDirectories(node.resolve("agent"));
        AgentConfig agent = new AgentConfig("i-1", server.url(), Optional.empty(), FakeServer.BOOTSTRAP, node);
        ServerLink link = new ServerLink(server.url(), "i-1", Optional.empty());
        NodeKey key = new NodeKey(agent, link);
        assertThat(key.register()).isEqualTo(200);
        CredentialService service = new CredentialService(
                node.resolve("agent").resolve("credentials"),
                "i-1",
                RoleKeys.ofRole(link, key, now::get),
                RoleKeys.ofStorage(link, key, now::get),
                () -> "the-token",
                new AgentLog(System.err));
        environment = service.at(new CredentialService.Place("127.0.0.1", "eu-west-1", true, true));
        withoutRole = service.at(new CredentialService.Place("127.0.0.1", "eu-west-1", false, true));
        server.give("ASIA1", START, START.plusSeconds(HOUR));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String variable(String name) {
        return Objects.requireNonNull(environment.get(name), name);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> container(String token) throws Exception {
        return container("AWS_CONTAINER_CREDENTIALS_FULL_URI", token);
    }

    private HttpResponse<String> container(String address, String token) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(variable(address)))
                .header("Authorization", token)
                .build());
    }

    private JsonObject keys() throws Exception {
        return JsonParser.object()
                .from(container(variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")).body());
    }

    private HttpResponse<String> metadata(String token, String path) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create(variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") + "/latest/" + path))
                        .header("X-aws-ec2-metadata-token", token)
                        .build());
    }

    private String metadataToken() throws Exception {
        return send(HttpRequest.newBuilder(
                                URI.create(variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") + "/latest/api/token"))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .header("X-aws-ec2-metadata-token-ttl-seconds", "21600")
                        .build())
                .body();
    }

    @Test
    void who_knows_the_token_gets_the_keys_as_a_container_does() throws Exception {
        JsonObject keys = keys();
        assertThat(keys.getString("AccessKeyId")).isEqualTo("ASIA1");
        assertThat(keys.getString("SecretAccessKey")).isEqualTo("secret of ASIA1");
        assertThat(keys.getString("Token")).isEqualTo("token of ASIA1");
        assertThat(keys.getString("Expiration")).isEqualTo("2026-11-28T11:00:00Z");
        assertThat(keys.getString("RoleArn")).isEqualTo("arn:aws:iam::111122223333:role/data/reader");
    }

    @Test
    void nobody_else_gets_anything() throws Exception {
        assertThat(container("guessed").statusCode()).isEqualTo(401);
        assertThat(metadata("guessed", "meta-data/iam/security-credentials/reader")
                        .statusCode())
                .isEqualTo(401);
        URI guessed = URI.create(variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")).resolve("/guessed/latest/api/token");
        assertThat(send(HttpRequest.newBuilder(guessed)
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build())
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.credentialsAsked()).isZero();
    }

    @Test
    void a_machine_finds_its_role_by_the_metadata_service() throws Exception {
        String token = metadataToken();
        assertThat(metadata(token, "meta-data/iam/security-credentials/").body())
                .isEqualTo("reader");
        JsonObject keys = JsonParser.object()
                .from(metadata(token, "meta-data/iam/security-credentials/reader")
                        .body());
        assertThat(keys.getString("Code")).isEqualTo("Success");
        assertThat(keys.getString("AccessKeyId")).isEqualTo("ASIA1");
        assertThat(metadata(token, "meta-data/placement/region").body()).isEqualTo("eu-west-1");
        assertThat(metadata(token, "meta-data/iam/info").body()).contains("instance-profile/reader");
        assertThat(metadata(token, "meta-data/iam/security-credentials/other").statusCode())
                .isEqualTo(404);
        assertThat(metadata(token, "meta-data/ami-id").statusCode()).isEqualTo(404);
    }

    @Test
    void keys_are_renewed_when_half_of_their_life_is_over() throws Exception {
        assertThat(keys().getString("AccessKeyId")).isEqualTo("ASIA1");
        server.give("ASIA2", START.plusSeconds(HOUR / 2), START.plusSeconds(HOUR * 3 / 2));
        now.addAndGet((HOUR / 2 - 1) * 1000);
        assertThat(keys().getString("AccessKeyId")).isEqualTo("ASIA1");
        now.addAndGet(1000);
        assertThat(keys().getString("AccessKeyId")).isEqualTo("ASIA2");
        assertThat(server.credentialsAsked()).isEqualTo(2);
    }

    @Test
    void while_the_server_is_away_keys_are_given_as_long_as_they_last() throws Exception {
        assertThat(keys().getString("AccessKeyId")).isEqualTo("ASIA1");
        server.down();
        now.addAndGet((HOUR - 1) * 1000);
        assertThat(keys().getString("AccessKeyId")).isEqualTo("ASIA1");
        now.addAndGet(1000);
        assertThat(container(variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")).statusCode())
                .isEqualTo(503);
    }

    @Test
    void a_role_that_was_taken_away_is_not_there_when_its_keys_are_renewed() throws Exception {
        assertThat(keys().getString("AccessKeyId")).isEqualTo("ASIA1");
        server.takeRoleAway();
        now.addAndGet(HOUR * 1000 / 2);
        assertThat(container(variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void keys_of_the_storage_are_others_than_those_of_the_role_and_told_to_those_who_use_them() throws Exception {
        server.giveStorage("ASIA9", START, START.plusSeconds(HOUR));
        HttpResponse<String> shown = container("SLIPWAY_STORE_KEYS_URI", variable("SLIPWAY_STORE_KEYS_TOKEN"));
        JsonObject keys = JsonParser.object().from(shown.body());
        assertThat(keys.getString("AccessKeyId")).isEqualTo("ASIA9");
        assertThat(keys.getString("SecretAccessKey")).isEqualTo("secret of ASIA9");
        assertThat(keys().getString("AccessKeyId")).isEqualTo("ASIA1");
        assertThat(container("SLIPWAY_STORE_KEYS_URI", "guessed").statusCode()).isEqualTo(401);
        assertThat(withoutRole).containsOnlyKeys("SLIPWAY_STORE_KEYS_URI", "SLIPWAY_STORE_KEYS_TOKEN");
    }
}
