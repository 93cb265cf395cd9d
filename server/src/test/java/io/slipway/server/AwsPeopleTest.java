package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.iam.AwsCaller;
import io.slipway.iam.policy.Context;
import io.slipway.server.command.ApiClient;
import io.slipway.store.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

/** As whom people may act at AWS, over HTTP on a whole platform. */
@NullUnmarked
class AwsPeopleTest {
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private static final String READS = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";

    private static Path home;
    private static RunningPlatform platform;
    private static String account;
    private static String reader;
    private static String broken;
    private static String program;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        home = folder;
        platform = new RunningPlatform(folder);
        account = platform.composition().iam().accounts().bootstrap().id().digits();
        IamClient iam = platform.composition().iam().iam(caller(keys(platform.token(), "root")));
        iam.createRole(r -> r.roleName("reader").path("/data/").assumeRolePolicyDocument(TRUST));
        iam.putRolePolicy(r -> r.roleName("reader").policyName("p").policyDocument(READS));
        for (String name : List.of("reads", "broken", "hidden")) {
            iam.createInstanceProfile(r -> r.instanceProfileName(name));
        }
        iam.addRoleToInstanceProfile(r -> r.instanceProfileName("reads").roleName("reader"));
        reader = added("reads");
        broken = added("broken");
        String unused = added("hidden");
        program = program();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static String added(String profile) throws Exception {
        String arn = "arn:aws:iam::" + account + ":instance-profile/" + profile;
        JsonNode unused =
                made("/api/2.0/instance-profiles/add", Map.of("instance_profile_arn", arn, "skip_validation", true));
        return arn;
    }

    /** The token of somebody without rights who was given two of the profiles. */
    private static String program() throws Exception {
        JsonNode made = made(
                "/api/2.0/preview/scim/v2/ServicePrincipals",
                Map.of(
                        "displayName",
                        "of the night",
                        "roles",
                        List.of(Map.of("value", reader), Map.of("value", broken))));
        return made(
                        "/api/2.0/token-management/on-behalf-of/tokens",
                        Map.of("application_id", made.path("applicationId").asText()))
                .path("token_value")
                .asText();
    }

    private static HttpResponse<String> send(String token, String method, String path, Object body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(platform.at(path))
                                .header("Authorization", "Bearer " + token)
                                .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** By the admin. */
    private static JsonNode made(String path, Object body) throws Exception {
        HttpResponse<String> answer = send(platform.token(), "POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return Json.read(answer.body(), JsonNode.class);
    }

    private static JsonNode keys(String token, String as) throws Exception {
        HttpResponse<String> answer = send(token, "POST", "/ui-api/aws/credentials", Map.of("as", as));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body(), JsonNode.class);
    }

    private static AwsCaller caller(JsonNode keys) {
        return platform.composition()
                .iam()
                .caller(keys.path("access_key_id").asText(), Context.EMPTY, "us-east-1")
                .orElseThrow();
    }

    private static List<String> names(String token) {
        return new ApiClient(platform.url(), token)
                .get("/ui-api/aws/identities")
                .path("identities")
                .findValuesAsText("name");
    }

    @Test
    void an_admin_of_the_account_acts_as_its_root_and_as_every_profile() throws Exception {
        assertThat(names(platform.token())).containsExactly("root", "broken", "hidden", "reads");
        JsonNode keys = keys(platform.token(), "root");
        assertThat(keys.path("account_id").asText()).isEqualTo(account);
        assertThat(keys.path("region").asText()).isEqualTo("us-east-1");
        assertThat(keys.path("arn").asText())
                .isEqualTo("arn:aws:iam::" + account + ":root")
                .isEqualTo(caller(keys).requester().arn());
        assertThat(Instant.parse(keys.path("expiration").asText()))
                .isBefore(Instant.now().plusSeconds(901));
        assertThat(platform.composition()
                        .iam()
                        .key(keys.path("access_key_id").asText())
                        .orElseThrow()
                        .secret())
                .isEqualTo(keys.path("secret_access_key").asText());
    }

    @Test
    void others_act_as_the_profiles_that_they_were_given() throws Exception {
        assertThat(names(program)).containsExactly("broken", "reads");
        JsonNode keys = keys(program, reader);
        AwsCaller caller = caller(keys);
        assertThat(keys.path("arn").asText())
                .startsWith("arn:aws:sts::" + account + ":assumed-role/reader/")
                .isEqualTo(caller.requester().arn());
        assertThat(caller.decide("s3:GetObject", "arn:aws:s3:::b/k").allowed()).isTrue();
        assertThat(caller.decide("s3:PutObject", "arn:aws:s3:::b/k").allowed()).isFalse();
    }

    @Test
    void refusals_name_what_is_missing() throws Exception {
        String hidden = reader.replace("reads", "hidden");
        refused(403, "only admins of the account can", "root");
        refused(403, hidden + ": it is none of their roles", hidden);
        refused(400, "does not trust ec2.amazonaws.com", broken);
        refused(400, "an admin has to add it first", reader.replace("reads", "none"));
    }

    private static void refused(int status, String message, String as) throws Exception {
        HttpResponse<String> answer = send(program, "POST", "/ui-api/aws/credentials", Map.of("as", as));
        assertThat(answer.body()).contains(message);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void the_audit_log_tells_who_became_whom_and_no_secret() throws Exception {
        JsonNode keys = keys(platform.token(), "root");
        JsonNode entry = platform.api()
                .get("/ui-api/audit", Map.of("action", "createCredentials"))
                .path("entries")
                .path(0);
        assertThat(entry.path("service").asText()).isEqualTo("aws");
        assertThat(entry.path("parameters").path("as").asText()).isEqualTo("root");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(each -> each.toString().contains("audit"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                assertThat(Files.readString(file))
                        .doesNotContain(
                                keys.path("secret_access_key").asText(),
                                keys.path("session_token").asText());
            }
        }
    }

    @Test
    void names_of_people_are_made_fit_for_names_of_sessions() {
        assertThat(Stream.of("ann@example.com", "of the night", "x", "ü".repeat(70))
                        .map(AwsPeople::sessionName))
                .containsExactly("ann@example.com", "of-the-night", "x--", "-".repeat(64));
    }
}
