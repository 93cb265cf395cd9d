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
import com.databricks.sdk.service.oauth2.CreateAccountFederationPolicyRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalFederationPolicyRequest;
import com.databricks.sdk.service.oauth2.FederationPolicy;
import com.databricks.sdk.service.oauth2.ListAccountFederationPoliciesRequest;
import com.databricks.sdk.service.oauth2.OidcFederationPolicy;
import com.databricks.sdk.service.oauth2.UpdateAccountFederationPolicyRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.QueryParams;
import io.slipway.identity.testing.FakeProvider;
import io.slipway.identity.testing.People;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Federation policies as the SDK writes them, and the exchange of tokens as programs ask for it. */
@NullUnmarked
class FederationWireTest {
    private static final String ACCOUNT = "accounts/" + WireServer.ACCOUNT;
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    private static final String SUBJECT = "repo:example/app:ref:refs/heads/main";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private FakeProvider provider;
    private WireServer server;
    private AccountClient account;
    private ServicePrincipal robot;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        provider = new FakeProvider(System::currentTimeMillis);
        server = WireServer.start(folder, parts -> {});
        account = of(server.token());
        robot = RawClient.sdk(server).servicePrincipals().create(new ServicePrincipal().setDisplayName("robot"));
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    private AccountClient of(String token) {
        return new AccountClient(new DatabricksConfig()
                .setHost(server.url())
                .setAccountId(WireServer.ACCOUNT)
                .setToken(token));
    }

    private OidcFederationPolicy rule() {
        return new OidcFederationPolicy().setIssuer(provider.issuer()).setAudiences(List.of("slipway"));
    }

    private FederationPolicy ofRobot(String id) {
        return account.servicePrincipalFederationPolicy()
                .create(new CreateServicePrincipalFederationPolicyRequest()
                        .setServicePrincipalId(Long.valueOf(robot.getId()))
                        .setPolicyId(id)
                        .setPolicy(new FederationPolicy().setOidcPolicy(rule().setSubject(SUBJECT))));
    }

    private FederationPolicy ofAccount(String id, OidcFederationPolicy rule) {
        return account.federationPolicy()
                .create(new CreateAccountFederationPolicyRequest()
                        .setPolicyId(id)
                        .setPolicy(new FederationPolicy().setDescription("d").setOidcPolicy(rule)));
    }

    private String token(String subject) {
        return provider.token(provider.claims(subject).build());
    }

    private HttpResponse<String> send(String path, Map<String, String> form) throws Exception {
        var params = QueryParams.builder();
        form.forEach(params::add);
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(params.build().toQueryString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Map<String, String> asked(String token) {
        return new TreeMap<>(Map.of(
                "grant_type", EXCHANGE,
                "subject_token", token,
                "subject_token_type", JWT,
                "scope", "all-apis",
                "client_id", robot.getApplicationId()));
    }

    private static JsonNode tree(HttpResponse<String> response) throws Exception {
        return WireJson.mapper().readTree(response.body());
    }

    private void refused(int status, String error, String why, Map<String, String> form) throws Exception {
        HttpResponse<String> response = send("/oidc/v1/token", form);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(tree(response).path("error").asText()).isEqualTo(error);
        assertThat(tree(response).path("error_description").asText()).contains(why);
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void policies_are_made_shown_listed_and_deleted() {
        FederationPolicy made = ofAccount("company", rule().setSubjectClaim("email"));
        assertThat(made.getName()).isEqualTo(ACCOUNT + "/federationPolicies/company");
        assertThat(made.getPolicyId()).isEqualTo("company");
        assertThat(made.getDescription()).isEqualTo("d");
        assertThat(made.getServicePrincipalId()).isNull();
        assertThat(made.getCreateTime()).isEqualTo(made.getUpdateTime()).endsWith("Z");
        assertThat(made.getOidcPolicy().getSubjectClaim()).isEqualTo("email");
        assertThat(made.getOidcPolicy().getAudiences()).containsExactly("slipway");
        assertThat(account.federationPolicy().get("company")).isEqualTo(made);
        for (int i = 0; i < 3; i++) {
            ofAccount("more-" + i, new OidcFederationPolicy().setIssuer(provider.issuer()));
        }
        assertThat(StreamSupport.stream(
                                account.federationPolicy()
                                        .list(new ListAccountFederationPoliciesRequest().setPageSize(2L))
                                        .spliterator(),
                                false)
                        .map(FederationPolicy::getPolicyId))
                .containsExactly("company", "more-0", "more-1", "more-2");
        account.federationPolicy().delete("company");
        assertThatThrownBy(() -> account.federationPolicy().get("company")).isInstanceOf(NotFound.class);

        long id = Long.parseLong(robot.getId());
        FederationPolicy its = ofRobot("prod");
        assertThat(its.getName()).isEqualTo(ACCOUNT + "/servicePrincipals/" + id + "/federationPolicies/prod");
        assertThat(its.getServicePrincipalId()).isEqualTo(id);
        assertThat(account.servicePrincipalFederationPolicy().get(id, "prod")).isEqualTo(its);
        assertThat(account.servicePrincipalFederationPolicy().list(id)).hasSize(1);
        account.servicePrincipalFederationPolicy().delete(id, "prod");
        assertThat(account.servicePrincipalFederationPolicy().list(id)).isEmpty();
        assertThatThrownBy(() -> account.servicePrincipalFederationPolicy().list(4711))
                .isInstanceOf(NotFound.class);
    }

    private FederationPolicy updated(String mask, FederationPolicy policy) {
        return account.federationPolicy()
                .update(new UpdateAccountFederationPolicyRequest()
                        .setPolicyId("company")
                        .setUpdateMask(mask)
                        .setPolicy(policy));
    }

    @Test
    void the_mask_says_what_is_changed() {
        ofAccount("company", rule().setSubjectClaim("email"));
        FederationPolicy sent = new FederationPolicy()
                .setDescription("new")
                .setOidcPolicy(new OidcFederationPolicy().setAudiences(List.of("a", "b")));
        FederationPolicy one = updated("description", sent);
        assertThat(one.getDescription()).isEqualTo("new");
        assertThat(one.getOidcPolicy().getAudiences()).containsExactly("slipway");
        FederationPolicy leaf = updated("oidc_policy.audiences,oidc_policy.subject_claim", sent);
        assertThat(leaf.getOidcPolicy().getAudiences()).containsExactly("a", "b");
        assertThat(leaf.getOidcPolicy().getSubjectClaim()).isNull();
        assertThat(leaf.getOidcPolicy().getIssuer()).isEqualTo(provider.issuer());
        FederationPolicy without = updated(null, new FederationPolicy().setOidcPolicy(rule()));
        assertThat(without.getDescription()).isEqualTo("new");
        assertThat(without.getOidcPolicy().getAudiences()).containsExactly("slipway");
        FederationPolicy all = updated(
                "*",
                new FederationPolicy().setOidcPolicy(new OidcFederationPolicy().setIssuer("https://idp.example.com")));
        assertThat(all.getDescription()).isNullOrEmpty();
        assertThat(all.getOidcPolicy().getAudiences()).isNull();
        assertThat(all.getOidcPolicy().getIssuer()).isEqualTo("https://idp.example.com");
        assertThatThrownBy(() -> updated("*", new FederationPolicy().setDescription("d")))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("oidc_policy");
        assertThatThrownBy(() -> updated("uid", sent)).hasMessageContaining("update_mask names uid");
        assertThatThrownBy(() -> updated("description", new FederationPolicy().setName("accounts/x")))
                .hasMessageContaining("as in the address");
        assertThatThrownBy(() -> updated(
                        "oidc_policy.subject",
                        new FederationPolicy().setOidcPolicy(new OidcFederationPolicy().setSubject("s"))))
                .hasMessageContaining("must not be set for a policy of the account");
    }

    @Test
    void only_admins_of_the_account_write_policies() {
        AccountClient ann = of(server.tokenOf(People.ANN));
        assertThatThrownBy(() -> ann.federationPolicy().get("company")).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> ann.servicePrincipalFederationPolicy()
                        .list(Long.parseLong(robot.getId()))
                        .iterator()
                        .next())
                .isInstanceOf(PermissionDenied.class);
    }

    /** As a job that keeps the token of its platform in a file. */
    @Test
    void a_program_with_the_token_of_another_issuer_is_the_service_principal_until_the_policy_goes() throws Exception {
        ofRobot("prod");
        Path file = Files.writeString(folder.resolve("token"), token(SUBJECT));
        WorkspaceClient client = new WorkspaceClient(new DatabricksConfig()
                .setHost(server.url())
                .setAuthType("file-oidc")
                .setOidcTokenFilepath(file.toString())
                .setClientId(robot.getApplicationId()));
        assertThat(client.currentUser().me(new MeRequest()).getUserName()).isEqualTo(robot.getApplicationId());
        account.servicePrincipalFederationPolicy().delete(Long.parseLong(robot.getId()), "prod");
        assertThatThrownBy(() -> client.currentUser().me(new MeRequest())).isInstanceOf(PermissionDenied.class);
    }

    @Test
    void a_person_gets_their_own_token_by_a_policy_of_the_account_and_one_of_the_account_too() throws Exception {
        ofAccount("company", rule().setSubjectClaim("email"));
        String shown = provider.token(
                provider.claims("1").claim("email", "admin@example.com").build());
        Map<String, String> form = asked(shown);
        form.remove("client_id");
        HttpResponse<String> got = send("/oidc/v1/token", form);
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
        assertThat(tree(got).path("issued_token_type").asText())
                .isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        assertThat(tree(got).path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tree(got).path("expires_in").asInt()).isEqualTo(3600);
        assertThat(tree(got).has("refresh_token")).isFalse();
        HttpResponse<String> ofAccount = send("/oidc/accounts/" + WireServer.ACCOUNT + "/v1/token", form);
        assertThat(of(tree(ofAccount).path("access_token").asText())
                        .federationPolicy()
                        .get("company")
                        .getPolicyId())
                .isEqualTo("company");
    }

    @Test
    void what_cannot_be_honoured_is_refused_in_the_words_of_oauth() throws Exception {
        ofRobot("prod");
        String invalid = "invalid_request";
        for (String missing : List.of("subject_token", "subject_token_type")) {
            Map<String, String> form = asked(token(SUBJECT));
            form.remove(missing);
            refused(400, invalid, missing, form);
        }
        Map<String, String> others = Map.of(
                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
                "requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token",
                "actor_token", "x",
                "resource", "https://example.com",
                "audience", "x",
                "assume_group", "1",
                "client_secret", "x");
        for (Map.Entry<String, String> other : others.entrySet()) {
            Map<String, String> form = asked(token(SUBJECT));
            form.put(other.getKey(), other.getValue());
            refused(400, invalid, other.getKey(), form);
        }
        Map<String, String> scope = asked(token(SUBJECT));
        scope.put("scope", "sql");
        refused(400, "invalid_scope", "sql", scope);
        refused(400, "invalid_grant", "is not the subject of the policy", asked(token("somebody else")));
        refused(400, "invalid_grant", "no signed JWT", asked("dapi0123456789"));
    }

    @Test
    void a_provider_that_is_down_is_told_as_a_matter_of_the_moment() throws Exception {
        ofRobot("prod");
        provider.answers("/jwks", 503, "");
        refused(503, "temporarily_unavailable", "cannot be reached: it answers 503", asked(token(SUBJECT)));
    }

    @Test
    void discovery_names_the_exchange() throws Exception {
        HttpResponse<String> told = http.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/oidc/.well-known/oauth-authorization-server"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(told.body()).contains(EXCHANGE);
    }
}
