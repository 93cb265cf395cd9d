package io.slipway.wire.databricks.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in, with what, and what they are told about themselves. */
@NullUnmarked
class IdentityWireTest {
    private static final String ME = "/api/2.0/preview/scim/v2/Me";
    private static final String TOKENS = "/api/2.0/token";

    private static WireServer server;
    private static RawClient raw;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {});
        raw = new RawClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> as(String authorization, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode create(String body) throws Exception {
        HttpResponse<byte[]> created = raw.json("POST", TOKENS + "/create", body);
        assertThat(created.statusCode()).as(RawClient.text(created)).isEqualTo(200);
        return RawClient.tree(created);
    }

    @Test
    void every_way_to_show_a_token_comes_in() throws Exception {
        for (String shown :
                List.of("Bearer " + server.token(), "bearer " + server.token(), basic("token:" + server.token()))) {
            assertThat(as(shown, ME).statusCode()).as(shown).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Digest x", "Negotiate x", "Basic !"})
    void who_shows_no_token_is_told_that_in_the_words_of_the_real_service(String authorization) throws Exception {
        HttpResponse<String> refused = as(authorization, TOKENS + "/list");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body())
                .isEqualTo(
                        "{\"error_code\":\"UNAUTHENTICATED\",\"message\":\"Credential was not sent or was of an unsupported"
                                + " type for this API.\"}");
        assertThat(refused.headers().firstValue("x-databricks-org-id"))
                .as("of nobody")
                .isEmpty();
    }

    @Test
    void who_shows_a_wrong_token_is_known_by_it_and_refused() throws Exception {
        for (String shown : List.of(
                "Bearer " + server.token() + "0",
                "Bearer " + server.token().toUpperCase(Locale.ROOT),
                "Bearer dapi",
                basic("token:"),
                basic("token:dapi00"))) {
            HttpResponse<String> refused = as(shown, TOKENS + "/list");
            assertThat(refused.statusCode()).as(shown).isEqualTo(403);
            assertThat(refused.body())
                    .isEqualTo("{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"Invalid access token.\"}");
        }
        assertThat(as("Bearer dapi00", ME).body())
                .contains("\"detail\":\"Invalid access token.\"")
                .contains("\"403\"");
    }

    @Test
    void a_password_of_a_named_user_is_no_credential() throws Exception {
        assertThat(as(basic("admin@example.com:" + server.token()), ME).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_revoked_token_is_refused_from_then_on_and_no_other() throws Exception {
        JsonNode first = create("{}");
        JsonNode second = create("{}");
        String id = first.path("token_info").path("token_id").asText();
        assertThat(RawClient.text(raw.json("POST", TOKENS + "/delete", "{\"token_id\":\"" + id + "\"}")))
                .isEqualTo("{}");
        assertThat(as("Bearer " + first.path("token_value").asText(), ME).statusCode())
                .isEqualTo(403);
        assertThat(as("Bearer " + second.path("token_value").asText(), ME).statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> again = raw.json("POST", TOKENS + "/delete", "{\"token_id\":\"" + id + "\"}");
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(RawClient.text(again)).contains("RESOURCE_DOES_NOT_EXIST");
    }

    @Test
    void a_token_of_limited_life_says_when_it_ends_and_another_that_it_does_not() throws Exception {
        JsonNode limited =
                create("{\"lifetime_seconds\":60,\"comment\":\"ci\"}").path("token_info");
        assertThat(limited.path("expiry_time").asLong()
                        - limited.path("creation_time").asLong())
                .isEqualTo(60_000);
        assertThat(limited.path("comment").asText()).isEqualTo("ci");
        JsonNode endless = create("{\"lifetime_seconds\":null}").path("token_info");
        assertThat(endless.path("expiry_time").asLong()).isEqualTo(-1);
        JsonNode listed = RawClient.tree(raw.get(TOKENS + "/list")).path("token_infos");
        assertThat(listed.findValuesAsText("token_id"))
                .contains(
                        limited.path("token_id").asText(),
                        endless.path("token_id").asText());
        assertThat(listed.toString()).doesNotContain("dapi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"lifetime_seconds\":0}",
                "{\"lifetime_seconds\":-1}",
                "{\"lifetime_seconds\":3153600001}",
                "{\"lifetime_seconds\":9223372036854775807}",
                "{\"lifetime_seconds\":9223372036854775808}",
                "{\"lifetime_seconds\":1.5}",
                "{\"lifetime_seconds\":\"\"}",
                "{\"lifetime_seconds\":true}",
                "{\"comment\":[]}",
                "[]",
                "{"
            })
    void a_token_of_a_life_that_cannot_be_is_not_made(String body) throws Exception {
        int before =
                RawClient.tree(raw.get(TOKENS + "/list")).path("token_infos").size();
        HttpResponse<byte[]> refused = raw.json("POST", TOKENS + "/create", body);
        assertThat(refused.statusCode()).as(RawClient.text(refused)).isEqualTo(400);
        assertThat(RawClient.tree(raw.get(TOKENS + "/list")).path("token_infos"))
                .hasSize(before);
    }

    @Test
    void the_longest_life_is_a_hundred_years() throws Exception {
        assertThat(create("{\"lifetime_seconds\":3153600000}").has("token_value"))
                .isTrue();
    }

    @Test
    void deleting_no_token_says_what_is_missing() throws Exception {
        HttpResponse<byte[]> refused = raw.json("POST", TOKENS + "/delete", "{}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(refused)).contains("Missing required field 'token_id'");
        assertThat(raw.json("POST", TOKENS + "/delete", "{\"token_id\":\"none\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void me_is_the_same_below_both_of_its_addresses_and_whatever_else_is_asked() throws Exception {
        String me = RawClient.text(raw.get(ME));
        assertThat(RawClient.text(raw.get("/api/2.0/scim/v2/Me"))).isEqualTo(me);
        assertThat(RawClient.text(raw.get(ME + "?excludedAttributes=entitlements")))
                .contains("\"userName\"");
        assertThat(RawClient.tree(raw.get(ME)).path("groups").findValuesAsText("display"))
                .containsExactly("admins", "users");
    }

    @Test
    void what_sdks_read_first_is_told_to_anybody_with_the_host_that_they_asked() throws Exception {
        JsonNode told = RawClient.tree(raw.get("/.well-known/databricks-config"));
        assertThat(as("", "/.well-known/databricks-config").statusCode()).isEqualTo(200);
        assertThat(told.path("oidc_endpoint").asText()).isEqualTo(server.url() + "/oidc");
        assertThat(told.path("workspace_id").isTextual()).isTrue();
        assertThat(told.path("cloud").asText()).isEqualTo("AWS");
        assertThat(told.path("host_type").asText()).isEqualTo("workspace");
    }
}
