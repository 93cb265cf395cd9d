package io.slipway.wire.databricks.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalSecretRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalSecretResponse;
import com.databricks.sdk.service.oauth2.SecretInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.QueryParams;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.slipway.identity.testing.People;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OAuth as programs and browsers speak it. */
@NullUnmarked
class OauthWireTest {
    private static final String TOKEN = "/oidc/v1/token";
    private static final String ACCOUNT_ROOT = "/oidc/accounts/" + WireServer.ACCOUNT;
    private static final String VERIFIER = "v".repeat(50);
    private static final String BACK = "http://localhost:8020";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private WireServer server;
    private WorkspaceClient sdk;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {});
        sdk = RawClient.sdk(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ServicePrincipal robot() {
        return sdk.servicePrincipals().create(new ServicePrincipal().setDisplayName("robot"));
    }

    private CreateServicePrincipalSecretResponse secretOf(ServicePrincipal robot) {
        return sdk.servicePrincipalSecretsProxy()
                .create(new CreateServicePrincipalSecretRequest().setServicePrincipalId(robot.getId()));
    }

    private HttpResponse<String> post(String path, String contentType, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", contentType);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode tree(HttpResponse<String> response) throws Exception {
        return WireJson.mapper().readTree(response.body());
    }

    private static String form(String... namesAndValues) {
        var params = QueryParams.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return params.build().toQueryString();
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> me(String token) throws Exception {
        return get("/api/2.0/preview/scim/v2/Me", "Authorization", "Bearer " + token);
    }

    private static void refused(HttpResponse<String> response, int status, String error) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(tree(response).path("error").asText()).isEqualTo(error);
        assertThat(tree(response).path("error_description").asText()).isNotEmpty();
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void discovery_names_the_host_that_was_asked_and_the_issuer_of_tokens() throws Exception {
        for (String document : List.of("oauth-authorization-server", "openid-configuration")) {
            JsonNode told = tree(get("/oidc/.well-known/" + document));
            assertThat(told.path("issuer").asText()).isEqualTo("https://slipway.example/oidc");
            assertThat(told.path("token_endpoint").asText()).isEqualTo(server.url() + TOKEN);
            assertThat(told.path("authorization_endpoint").asText()).isEqualTo(server.url() + "/oidc/v1/authorize");
            assertThat(told.path("code_challenge_methods_supported")).hasSize(1);
            JsonNode account = tree(get(ACCOUNT_ROOT + "/.well-known/" + document));
            assertThat(account.path("token_endpoint").asText()).isEqualTo(server.url() + ACCOUNT_ROOT + "/v1/token");
        }
        assertThat(get("/oidc/accounts/other/.well-known/oauth-authorization-server")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_sdk_signs_in_as_a_service_principal_and_others_can_check_its_token() throws Exception {
        ServicePrincipal robot = robot();
        CreateServicePrincipalSecretResponse secret = secretOf(robot);
        WorkspaceClient client = new WorkspaceClient(new DatabricksConfig()
                .setHost(server.url())
                .setClientId(robot.getApplicationId())
                .setClientSecret(secret.getSecret()));
        assertThat(client.currentUser().me(new MeRequest()).getUserName()).isEqualTo(robot.getApplicationId());
        assertThat(client.config().getAuthType()).isEqualTo("oauth-m2m");

        HttpResponse<String> got = post(
                TOKEN,
                FORM,
                form("grant_type", "client_credentials", "scope", "all-apis"),
                "Authorization",
                basic(robot.getApplicationId(), secret.getSecret()));
        assertThat(got.headers().firstValue("cache-control")).contains("no-store");
        assertThat(tree(got).path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tree(got).path("expires_in").asInt()).isEqualTo(3600);
        assertThat(tree(got).has("refresh_token")).isFalse();
        SignedJWT token = SignedJWT.parse(tree(got).path("access_token").asText());
        JWKSet keys = JWKSet.parse(get("/oidc/jwks.json").body());
        assertThat(token.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(keys.getKeys()).noneMatch(key -> key.isPrivate());
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("https://slipway.example/oidc");
        assertThat(claims.getAudience()).containsExactly("1001");
        assertThat(claims.getSubject()).isEqualTo(robot.getApplicationId());
        assertThat(claims.getClaims()).containsKeys("client_id", "scope", "iat", "exp", "jti");
    }

    @Test
    void secrets_are_shown_once_and_listed_without_their_values() {
        ServicePrincipal robot = robot();
        CreateServicePrincipalSecretResponse made = sdk.servicePrincipalSecretsProxy()
                .create(new CreateServicePrincipalSecretRequest()
                        .setServicePrincipalId(robot.getId())
                        .setLifetime("3600s"));
        assertThat(made.getSecret()).startsWith("dose");
        assertThat(made.getStatus()).isEqualTo("ACTIVE");
        assertThat(made.getExpireTime()).isGreaterThan(made.getCreateTime());
        List<SecretInfo> listed = secrets(robot);
        assertThat(listed).singleElement().satisfies(each -> {
            assertThat(each.getId()).isEqualTo(made.getId());
            assertThat(each.toString()).doesNotContain(made.getSecret());
        });
        WorkspaceClient ann =
                new WorkspaceClient(new DatabricksConfig().setHost(server.url()).setToken(server.tokenOf(People.ANN)));
        assertThatThrownBy(() -> ann.servicePrincipalSecretsProxy()
                        .list(robot.getId())
                        .iterator()
                        .hasNext())
                .isInstanceOf(PermissionDenied.class);
        sdk.servicePrincipalSecretsProxy().delete(robot.getId(), made.getId());
        assertThat(secrets(robot)).isEmpty();
        assertThatThrownBy(() -> sdk.servicePrincipalSecretsProxy().delete(robot.getId(), made.getId()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> sdk.servicePrincipalSecretsProxy()
                        .create(new CreateServicePrincipalSecretRequest()
                                .setServicePrincipalId(robot.getId())
                                .setLifetime("1h")))
                .isInstanceOf(BadRequest.class);
    }

    private List<SecretInfo> secrets(ServicePrincipal robot) {
        return StreamSupport.stream(
                        sdk.servicePrincipalSecretsProxy().list(robot.getId()).spliterator(), false)
                .toList();
    }

    @Test
    void admins_of_the_account_keep_secrets_there_also_with_a_token_of_the_account() throws Exception {
        ServicePrincipal robot = robot();
        AccountClient account = new AccountClient(new DatabricksConfig()
                .setHost(server.url())
                .setAccountId(WireServer.ACCOUNT)
                .setToken(server.token()));
        CreateServicePrincipalSecretResponse secret = account.servicePrincipalSecrets()
                .create(new CreateServicePrincipalSecretRequest().setServicePrincipalId(robot.getId()));
        String path = "/api/2.0/accounts/" + WireServer.ACCOUNT + "/servicePrincipals/" + robot.getId()
                + "/credentials/secrets";
        HttpResponse<String> got = post(
                ACCOUNT_ROOT + "/v1/token",
                FORM,
                form("grant_type", "client_credentials"),
                "Authorization",
                basic(robot.getApplicationId(), secret.getSecret()));
        String token = tree(got).path("access_token").asText();
        assertThat(me(token).statusCode()).as("no workspace opens to it").isEqualTo(403);
        HttpResponse<String> listed = get(path, "Authorization", "Bearer " + token);
        assertThat(listed.statusCode()).isEqualTo(403);
        assertThat(listed.body()).as("it is known there and may not").contains("roles/servicePrincipal.manager");
        assertThat(get(path, "Authorization", "Bearer " + server.tokenOf(People.admin(104, "local@example.com")))
                        .body())
                .as("an admin of the workspace alone")
                .contains("PERMISSION_DENIED");
        assertThat(get(path.replace(WireServer.ACCOUNT, "other"), "Authorization", "Bearer " + server.token())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_program_without_its_secret_is_told_no_more_than_that() throws Exception {
        ServicePrincipal robot = robot();
        String id = robot.getApplicationId();
        String right = secretOf(robot).getSecret();
        String grant = form("grant_type", "client_credentials");
        String unknown = post(TOKEN, FORM, grant, "Authorization", basic("nobody", right))
                .body();
        HttpResponse<String> wrong = post(TOKEN, FORM, grant, "Authorization", basic(id, "wrong"));
        refused(wrong, 401, "invalid_client");
        assertThat(wrong.body()).isEqualTo(unknown);
        assertThat(wrong.headers().firstValue("www-authenticate").orElse("")).startsWith("Basic");
        refused(post(TOKEN, FORM, form("grant_type", "client_credentials", "client_id", id)), 401, "invalid_client");
        refused(post(TOKEN, FORM, grant, "Authorization", "Basic !"), 401, "invalid_client");
        refused(
                post(TOKEN, FORM, grant + "&client_secret=x", "Authorization", basic(id, right)),
                400,
                "invalid_request");
        refused(post(TOKEN, FORM, grant + "&client_id=x", "Authorization", basic(id, right)), 400, "invalid_request");
        refused(post(TOKEN, FORM, grant + "&scope=sql", "Authorization", basic(id, right)), 400, "invalid_scope");
        assertThat(post(TOKEN, FORM, grant + "&" + form("client_id", id, "client_secret", right))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_is_no_request_is_refused_in_the_words_of_oauth() throws Exception {
        refused(post(TOKEN, FORM, ""), 400, "invalid_request");
        refused(post(TOKEN, FORM, form("grant_type", "password")), 400, "unsupported_grant_type");
        refused(
                post(TOKEN, FORM, form("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")),
                400,
                "unsupported_grant_type");
        refused(
                post(TOKEN, FORM, "grant_type=client_credentials&grant_type=client_credentials"),
                400,
                "invalid_request");
        refused(post(TOKEN, "application/json", "{\"grant_type\":\"client_credentials\"}"), 400, "invalid_request");
        refused(
                post(TOKEN, FORM, form("grant_type", "client_credentials", "client_id", "a\0", "client_secret", "b")),
                400,
                "invalid_request");
        refused(post(TOKEN, FORM, form("grant_type", "authorization_code", "code", "x")), 400, "invalid_request");
        refused(
                post(TOKEN, FORM, form("grant_type", "refresh_token", "refresh_token", "x", "client_id", "other")),
                401,
                "invalid_client");
        refused(
                post(
                        TOKEN,
                        FORM,
                        form(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                "x",
                                "client_id",
                                "databricks-cli",
                                "client_secret",
                                "y")),
                401,
                "invalid_client");
    }

    private static String challenge() throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
    }

    /** As the command line asks, but for what {@code other} says; an empty value takes a parameter away. */
    private static String authorize(Map<String, String> other) throws Exception {
        Map<String, String> params = new TreeMap<>(Map.of(
                "response_type", "code",
                "client_id", "databricks-cli",
                "redirect_uri", BACK,
                "scope", "all-apis offline_access",
                "state", "s&t=a te",
                "code_challenge", challenge(),
                "code_challenge_method", "S256"));
        params.putAll(other);
        params.values().removeIf(String::isEmpty);
        return "/oidc/v1/authorize?"
                + form(params.entrySet().stream()
                        .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
                        .toArray(String[]::new));
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        return response.headers().firstValue("location").orElseThrow();
    }

    private static QueryParams answered(HttpResponse<String> response) {
        String location = location(response);
        assertThat(location).startsWith(BACK + "/?");
        QueryParams params = QueryParams.fromQueryString(location.substring(location.indexOf('?') + 1));
        assertThat(params.get("state")).isEqualTo("s&t=a te");
        return params;
    }

    private HttpResponse<String> redeem(String code, String... more) throws Exception {
        String body = form(
                "grant_type", "authorization_code", "client_id", "databricks-cli", "redirect_uri", BACK, "code", code);
        return post(TOKEN, FORM, body + "&" + form(more));
    }

    @Test
    void a_person_lets_the_command_line_act_as_them() throws Exception {
        HttpResponse<String> back = get(authorize(Map.of()), "Cookie", server.browserOf(People.ANN));
        assertThat(back.headers().firstValue("referrer-policy")).contains("no-referrer");
        String code = answered(back).get("code");
        refused(redeem(code), 400, "invalid_grant");
        refused(redeem(code, "code_verifier", "w".repeat(50)), 400, "invalid_grant");
        HttpResponse<String> got = redeem(code, "code_verifier", VERIFIER);
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
        String token = tree(got).path("access_token").asText();
        assertThat(me(token).body()).contains("ann@example.com");
        String refresh = tree(got).path("refresh_token").asText();
        HttpResponse<String> next = post(
                TOKEN,
                FORM,
                form("grant_type", "refresh_token", "client_id", "databricks-cli", "refresh_token", refresh));
        assertThat(me(tree(next).path("access_token").asText()).body()).contains("ann@example.com");
        assertThat(tree(next).path("refresh_token").asText()).isNotEmpty().isNotEqualTo(refresh);
        refused(redeem(code, "code_verifier", VERIFIER), 400, "invalid_grant");
        assertThat(me(token).statusCode()).as("the code came twice").isEqualTo(403);
    }

    @Test
    void a_browser_that_nobody_has_signed_in_with_goes_to_the_sign_in_of_this_server_and_back() throws Exception {
        String asked = authorize(Map.of());
        for (String cookie : List.of("session=", "session=wrong", "other=x")) {
            String there = location(get(asked, "Cookie", cookie));
            assertThat(there).startsWith("/sign-in?next=");
            assertThat(QueryParams.fromQueryString(there.substring(there.indexOf('?') + 1))
                            .get("next"))
                    .isEqualTo(asked);
        }
        assertThat(answered(get(authorize(Map.of("prompt", "none")))).get("error"))
                .isEqualTo("login_required");
    }

    @Test
    void a_browser_is_sent_nowhere_but_to_its_own_machine() throws Exception {
        String cookie = server.browserOf(People.ANN);
        for (String uri : List.of(
                "https://evil.example",
                "http://localhost.evil.example",
                "http://localhost:8020@evil.example/",
                "http://localhost:8020/other",
                "//evil.example",
                "")) {
            refused(get(authorize(Map.of("redirect_uri", uri)), "Cookie", cookie), 400, "invalid_request");
        }
        refused(get(authorize(Map.of("client_id", "other")), "Cookie", cookie), 400, "invalid_request");
        refused(
                get(authorize(Map.of()) + "&redirect_uri=https%3A%2F%2Fevil.example", "Cookie", cookie),
                400,
                "invalid_request");
    }

    @Test
    void what_is_asked_wrongly_is_told_to_the_program() throws Exception {
        String cookie = server.browserOf(People.ANN);
        Map<Map<String, String>, String> wrong = Map.of(
                Map.of("response_type", "token"), "unsupported_response_type",
                Map.of("response_type", ""), "invalid_request",
                Map.of("response_mode", "form_post"), "invalid_request",
                Map.of("scope", "sql"), "invalid_scope",
                Map.of("code_challenge", ""), "invalid_request",
                Map.of("code_challenge_method", ""), "invalid_request",
                Map.of("code_challenge_method", "plain"), "invalid_request");
        for (Map.Entry<Map<String, String>, String> each : wrong.entrySet()) {
            QueryParams told = answered(get(authorize(each.getKey()), "Cookie", cookie));
            assertThat(told.get("error")).as(each.getKey().toString()).isEqualTo(each.getValue());
            assertThat(told.contains("code")).isFalse();
        }
    }
}
