package io.slipway.wire.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class WireTest {
    enum Colour {
        RED,
        BLUE
    }

    record Nested(List<Colour> colours) {}

    record Sample(Optional<Integer> number, Optional<Colour> colour, List<String> names, Optional<Nested> filterBy) {}

    private WireServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = WireServer.start(
                folder,
                parts -> parts.api()
                        .family(DatabricksDialect.STANDARD, "/api/2.0/sample")
                        .get(
                                "/get",
                                request -> Map.of(
                                        "got", request.query(Sample.class).toString()))
                        .post(
                                "/put",
                                request ->
                                        Map.of("got", request.body(Sample.class).toString())));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> call(String method, String path, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "text/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return call(method, path, body, "Bearer " + server.token());
    }

    @Test
    void without_credentials_every_route_answers_401_in_its_own_dialect() throws Exception {
        HttpResponse<String> plain = call("GET", "/api/2.0/token/list", "", "");
        assertThat(plain.statusCode()).isEqualTo(401);
        assertThat(plain.body()).contains("\"error_code\":\"UNAUTHENTICATED\"");
        assertThat(call("GET", "/api/2.0/preview/scim/v2/Me", "", "").body()).contains("\"status\":\"401\"");
    }

    @Test
    void a_wrong_token_answers_403_and_basic_auth_with_the_user_token_works() throws Exception {
        HttpResponse<String> wrong = call("GET", "/api/2.0/token/list", "", "Bearer dapi00");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).contains("Invalid access token.");
        String basic = Base64.getEncoder().encodeToString(("token:" + server.token()).getBytes(StandardCharsets.UTF_8));
        assertThat(call("GET", "/api/2.0/token/list", "", "Basic " + basic).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_unknown_endpoint_names_itself() throws Exception {
        HttpResponse<String> reply = call("POST", "/api/2.0/nothing/here", "{}");
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.body())
                .contains("ENDPOINT_NOT_FOUND")
                .contains("No API found for 'POST /api/2.0/nothing/here'");
    }

    @Test
    void a_slash_at_the_end_makes_no_difference() throws Exception {
        assertThat(call("GET", "/api/2.0/token/list/", "").statusCode()).isEqualTo(200);
    }

    @Test
    void explicit_null_is_the_same_as_absent() throws Exception {
        assertThat(call("POST", "/api/2.0/sample/put", "{\"number\":null,\"names\":null}")
                        .body())
                .contains("number=Optional.empty")
                .contains("names=[]");
    }

    @Test
    void a_query_string_binds_repeated_keys_and_dots() throws Exception {
        assertThat(call("GET", "/api/2.0/sample/get?number=3&filter_by.colours=RED&filter_by.colours=BLUE", "")
                        .body())
                .contains("number=Optional[3]")
                .contains("colours=[RED, BLUE]");
    }

    @Test
    void a_list_of_one_in_a_query_string_is_still_a_list() throws Exception {
        assertThat(call("GET", "/api/2.0/sample/get?names=one&filter_by.colours=RED", "")
                        .body())
                .contains("names=[one]")
                .contains("colours=[RED]");
    }

    @Test
    void broken_json_a_wrong_type_and_an_unknown_enum_value_are_refused() throws Exception {
        HttpResponse<String> broken = call("POST", "/api/2.0/sample/put", "{\"number\":");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("MALFORMED_REQUEST");
        assertThat(call("POST", "/api/2.0/sample/put", "{\"number\":\"many\"}").body())
                .contains("MALFORMED_REQUEST")
                .contains("number");
        assertThat(call("POST", "/api/2.0/sample/put", "{\"colour\":\"GREEN\"}").body())
                .contains("INVALID_PARAMETER_VALUE")
                .contains("RED, BLUE");
    }

    @Test
    void a_token_is_shown_once_and_works_until_it_is_deleted() throws Exception {
        String created = call("POST", "/api/2.0/token/create", "{\"comment\":\"ci\",\"lifetime_seconds\":3600}")
                .body();
        String value = created.replaceAll(".*\"token_value\":\"(dapi[0-9a-f]+)\".*", "$1");
        String id = created.replaceAll(".*\"token_id\":\"([0-9a-f]+)\".*", "$1");
        assertThat(call("GET", "/api/2.0/preview/scim/v2/Me", "", "Bearer " + value)
                        .body())
                .contains("\"userName\":\"admin@example.com\"");
        assertThat(call("GET", "/api/2.0/token/list", "").body()).contains(id).doesNotContain(value);
        call("POST", "/api/2.0/token/delete", "{\"token_id\":\"" + id + "\"}");
        assertThat(call("GET", "/api/2.0/preview/scim/v2/Me", "", "Bearer " + value)
                        .statusCode())
                .isEqualTo(403);
    }
}
