package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.oauth2.CreateAccountFederationPolicyRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalFederationPolicyRequest;
import com.databricks.sdk.service.oauth2.FederationPolicy;
import com.databricks.sdk.service.oauth2.OidcFederationPolicy;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real provider of OpenID Connect (webapp/e2e/idp.mjs): people sign in by it, and programs exchange its tokens. */
class ProviderTest {
    private static final String SECRET = "a secret: of & the client";
    private static final String AUDIENCE = "urn:example:jobs";

    private static PlatformProcess platform;
    private static Process provider;
    private static String issuer;
    private static AccountClient account;

    @TempDir
    Path home;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        BrowserScript.requirePossible();
        int port = PlatformProcess.freePort();
        issuer = "http://localhost:" + port;
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        platform = PlatformProcess.startWith("""
                oidc.issuer = %s
                oidc.client.id = slipway
                oidc.client.secret.file = %s
                oidc.name = Example
                oidc.groups = groups
                oidc.create = true
                """.formatted(issuer, secret));
        ProcessBuilder script = BrowserScript.script("idp.mjs");
        script.environment()
                .putAll(Map.of("PORT", String.valueOf(port), "BACK", platform.url(), "CLIENT_SECRET", SECRET));
        provider = script.start();
        awaitReady(provider.inputReader(StandardCharsets.UTF_8));
        account = new AccountClient(new DatabricksConfig()
                .setHost(platform.url())
                .setAccountId(new Raw(platform)
                        .get("/.well-known/databricks-config")
                        .body()
                        .path("account_id")
                        .asText())
                .setToken(platform.token())
                .setAuthType("pat"));
    }

    private static void awaitReady(BufferedReader said) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.startsWith("ready ")) {
                return;
            }
        }
        throw new AssertionError("the provider does not start: " + all);
    }

    @AfterAll
    static void stop() throws Exception {
        if (provider != null) {
            provider.destroy();
            provider.waitFor();
        }
        if (platform != null) {
            platform.close();
        }
    }

    /** As a program gets it that runs where its platform knows it. */
    private static String token() throws Exception {
        String pair = "job:of+the+job";
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(issuer + "/token"))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "grant_type=client_credentials&scope=all&resource=" + AUDIENCE))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body(), JsonNode.class).path("access_token").asText();
    }

    private static OidcFederationPolicy rule() {
        return new OidcFederationPolicy().setIssuer(issuer).setAudiences(List.of(AUDIENCE));
    }

    @Test
    void people_sign_in_by_the_provider_and_nobody_as_somebody_else() throws Exception {
        new BrowserScript("provider.mjs").run(platform, Map.of(), line -> Optional.empty());
        JsonNode entries =
                new Raw(platform).get("/ui-api/audit?action=login").body().path("entries");
        assertThat(entries.toString())
                .contains("\"actor\":\"ann.idp@example.com\"")
                .contains("Somebody else of the provider signs in here as ann.idp@example.com")
                .doesNotContain(SECRET);
    }

    @Test
    void a_program_in_python_exchanges_a_token_of_the_provider_until_its_policy_changes() throws Exception {
        ServicePrincipal robot =
                platform.client().servicePrincipals().create(new ServicePrincipal().setDisplayName("federated"));
        long id = Long.parseLong(robot.getId());
        account.servicePrincipalFederationPolicy()
                .create(new CreateServicePrincipalFederationPolicyRequest()
                        .setServicePrincipalId(id)
                        .setPolicyId("jobs")
                        .setPolicy(new FederationPolicy().setOidcPolicy(rule().setSubject("job"))));
        Path file = Files.writeString(home.resolve("token.jwt"), token());
        PythonClients python = new PythonClients(
                home,
                platform.url(),
                platform.token(),
                Map.of("DATABRICKS_OIDC_TOKEN", token(), "OTHER_TOKEN", "e".repeat(20)));
        assertThat(python.python("""
                import os
                from databricks.sdk import WorkspaceClient
                from databricks.sdk.config import Config
                os.environ.pop('DATABRICKS_TOKEN')
                client, path = '%s', '%s'
                w = WorkspaceClient(auth_type='env-oidc', client_id=client)
                print(w.current_user.me().user_name, w.config.auth_type, len(list(w.clusters.list())))
                w = WorkspaceClient(config=Config(auth_type='file-oidc', client_id=client, oidc_token_filepath=path))
                print(w.current_user.me().user_name, w.config.auth_type)
                try:
                    wrong = Config(auth_type='env-oidc', client_id=client, oidc_token_env='OTHER_TOKEN')
                    WorkspaceClient(config=wrong).current_user.me()
                except ValueError as e:
                    print(e)
                """.formatted(robot.getApplicationId(), file)))
                .isEqualTo("""
                        %1$s env-oidc 0
                        %1$s file-oidc
                        invalid_grant: The token is refused: it is no signed JWT.
                        """.formatted(robot.getApplicationId()));
        String audit = new Raw(platform)
                .get("/ui-api/audit?action=mintOAuthToken&actor=" + robot.getApplicationId())
                .body()
                .toString();
        assertThat(audit)
                .contains("/servicePrincipals/" + id + "/federationPolicies/jobs")
                .doesNotContain(token().substring(0, 30));
    }

    @Test
    void a_policy_of_the_account_lets_a_token_say_whose_it_is() throws Exception {
        account.federationPolicy()
                .create(new CreateAccountFederationPolicyRequest()
                        .setPolicyId("company")
                        .setPolicy(new FederationPolicy().setOidcPolicy(rule().setSubjectClaim("acts_for"))));
        PythonClients python =
                new PythonClients(home, platform.url(), platform.token(), Map.of("DATABRICKS_OIDC_TOKEN", token()));
        assertThat(python.python("""
                import os
                from databricks.sdk import AccountClient, WorkspaceClient
                os.environ.pop('DATABRICKS_TOKEN')
                print(WorkspaceClient(auth_type='env-oidc').current_user.me().user_name)
                a = AccountClient(auth_type='env-oidc', account_id='%s')
                print([policy.policy_id for policy in a.federation_policy.list()])
                a.federation_policy.delete('company')
                try:
                    WorkspaceClient(auth_type='env-oidc').current_user.me()
                except ValueError as e:
                    print(e)
                """.formatted(account.config().getAccountId())))
                .isEqualTo("""
                admin@slipway.local
                ['company']
                invalid_grant: No federation policy of the account takes tokens of this issuer.
                """);
    }
}
