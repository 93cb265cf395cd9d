package io.slipway.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Requester;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.Tag;

/** Temporary keys: who gets them, what they are good for, and when they end, on any database. */
@NullUnmarked
abstract class StsContract extends IamContract {
    private static final String OBJECT = "arn:aws:s3:::b/k";

    private String ofAccount() {
        return "{'AWS':'" + here + "'}";
    }

    private boolean may(Credentials credentials, String action) {
        return caller(credentials.accessKeyId()).decide(action, OBJECT).allowed();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private AssumeRoleResponse assume(StsClient sts, String role) {
        return sts.assumeRole(r -> r.roleArn(arn("role/" + role)).roleSessionName("job-1"));
    }

    @Test
    void everybody_is_told_who_they_are() {
        String ann = user("ann", allow("sts:AssumeRole", "*"));
        role("r", trust(ofAccount(), "sts:AssumeRole"));
        assertThat(sts(root.id()).getCallerIdentity().arn()).isEqualTo(arn("root"));
        assertThat(sts(root.id()).getCallerIdentity().userId()).isEqualTo(here.digits());
        assertThat(sts(ann).getCallerIdentity().arn()).isEqualTo(arn("user/ann"));
        AssumeRoleResponse taken = assume(sts(ann), "r");
        var session = sts(taken.credentials()).getCallerIdentity();
        assertThat(session.arn()).isEqualTo("arn:aws:sts::" + here + ":assumed-role/r/job-1");
        assertThat(session.userId())
                .isEqualTo(taken.assumedRoleUser().assumedRoleId())
                .matches("AROA[A-Z2-7]{17}:job-1");
        refused(
                "MissingAuthenticationToken",
                "",
                () -> area.sts(new AwsCaller(Requester.ANONYMOUS, Policies.NONE, Context.EMPTY, "", Optional.empty()))
                        .getCallerIdentity());
    }

    @Test
    void a_session_may_do_what_its_role_may_until_it_ends() {
        String ann = user("ann", allow("sts:AssumeRole", "*"));
        role("r", trust(ofAccount(), "sts:AssumeRole"));
        iam.putRolePolicy(r -> r.roleName("r").policyName("p").policyDocument(allow("s3:*", "*")));
        Credentials keys = assume(sts(ann), "r").credentials();
        assertThat(keys.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
        Key key = area.key(keys.accessKeyId()).orElseThrow();
        assertThat(key.secret()).isEqualTo(keys.secretAccessKey());
        assertThat(key.session().orElseThrow()).isEqualTo(new Key.Session(keys.sessionToken(), keys.expiration()));
        assertThat(may(keys, "s3:GetObject")).isTrue();
        iam.deleteRolePolicy(r -> r.roleName("r").policyName("p"));
        assertThat(may(keys, "s3:GetObject")).isFalse();
        area.used(keys.accessKeyId(), "s3", "eu-west-1");
        assertThat(iam.getRole(r -> r.roleName("r")).role().roleLastUsed().region())
                .isEqualTo("eu-west-1");
        now.addAndGet(Duration.ofHours(1).toMillis());
        assertThat(area.caller(keys.accessKeyId(), Context.EMPTY, "")).isEmpty();
        assertThat(area.key(keys.accessKeyId()))
                .as("so that it is told to be over")
                .isPresent();
        assertThat(area.forgetSessions()).isFalse();
        assertThat(area.key(keys.accessKeyId())).isPresent();
        now.addAndGet(Duration.ofDays(2).toMillis());
        area.forgetSessions();
        assertThat(area.key(keys.accessKeyId())).isEmpty();
    }

    @Test
    void a_session_ends_with_its_role() {
        String ann = user("ann", allow("sts:AssumeRole", "*"));
        role("r", trust(ofAccount(), "sts:AssumeRole"));
        Credentials keys = assume(sts(ann), "r").credentials();
        iam.deleteRole(r -> r.roleName("r"));
        assertThat(area.caller(keys.accessKeyId(), Context.EMPTY, "")).isEmpty();
    }

    @Test
    void who_is_made_anew_by_a_trusted_name_is_not_trusted() {
        String ann = user("ann");
        role("r", trust("{'AWS':'" + arn("user/ann") + "'}", "sts:AssumeRole"));
        iam.updateUser(r -> r.userName("ann").newUserName("eve"));
        assertThat(assume(sts(ann), "r").assumedRoleUser().arn()).endsWith("/r/job-1");
        String other = user("ann", allow("sts:AssumeRole", "*"));
        refused("AccessDenied", "sts:AssumeRole", () -> assume(sts(other), "r"));
        assertThat(iam.getRole(r -> r.roleName("r")).role().assumeRolePolicyDocument())
                .isEqualTo(Shapes.encoded(trust("{'AWS':'" + arn("user/ann") + "'}", "sts:AssumeRole")));
    }

    @Test
    void session_policies_narrow_a_session() {
        String ann = user("ann", allow("sts:AssumeRole", "*"));
        role("r", trust(ofAccount(), "sts:AssumeRole"));
        iam.attachRolePolicy(r -> r.roleName("r").policyArn("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
        AssumeRoleResponse inline = sts(ann).assumeRole(
                        r -> r.roleArn(arn("role/r")).roleSessionName("s1").policy(allow("s3:GetObject", "*")));
        assertThat(inline.packedPolicySize()).isPositive();
        assertThat(may(inline.credentials(), "s3:GetObject")).isTrue();
        assertThat(may(inline.credentials(), "s3:PutObject")).isFalse();
        AssumeRoleResponse named = sts(ann).assumeRole(r -> r.roleArn(arn("role/r"))
                .roleSessionName("s2")
                .policyArns(PolicyDescriptorType.builder()
                        .arn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
                        .build()));
        assertThat(may(named.credentials(), "s3:GetObject")).isTrue();
        assertThat(may(named.credentials(), "s3:PutObject")).isFalse();
        assertThat(assume(sts(ann), "r").packedPolicySize()).isNull();
    }

    @Test
    void across_accounts_both_sides_must_allow_it() {
        IamClient other = iam(area.accounts().createRootKey(there).id());
        other.createUser(r -> r.userName("bob"));
        String bob = other.createAccessKey(r -> r.userName("bob")).accessKey().accessKeyId();
        role(
                "r",
                trust(
                        "{'AWS':'arn:aws:iam::" + there + ":root'}",
                        "sts:AssumeRole",
                        "{'StringEquals':{'sts:ExternalId':'secret'}}"));
        ThrowingCallable take = () -> sts(bob).assumeRole(
                        r -> r.roleArn(arn("role/r")).roleSessionName("s1").externalId("secret"));
        refused("AccessDenied", "is not authorized to perform: sts:AssumeRole on resource: " + arn("role/r"), take);
        other.putUserPolicy(r -> r.userName("bob").policyName("p").policyDocument(allow("sts:AssumeRole", "*")));
        assertThat(sts(bob).assumeRole(r ->
                                r.roleArn(arn("role/r")).roleSessionName("s1").externalId("secret"))
                        .assumedRoleUser()
                        .arn())
                .isEqualTo("arn:aws:sts::" + here + ":assumed-role/r/s1");
        refused(
                "AccessDenied",
                "sts:AssumeRole",
                () -> sts(bob).assumeRole(r ->
                        r.roleArn(arn("role/r")).roleSessionName("s1").externalId("wrong")));
        refused(
                "AccessDenied",
                "sts:AssumeRole",
                () -> sts(bob).assumeRole(r -> r.roleArn(arn("role/none")).roleSessionName("s1")));
    }

    @Test
    void durations_have_bounds_and_chains_last_an_hour() {
        String ann = user("ann", allow("sts:AssumeRole", "*"));
        role("r", trust(ofAccount(), "sts:AssumeRole"));
        iam.putRolePolicy(r -> r.roleName("r").policyName("p").policyDocument(allow("sts:AssumeRole", "*")));
        iam.updateRole(r -> r.roleName("r").maxSessionDuration(7_200));
        Credentials keys = sts(ann).assumeRole(
                        r -> r.roleArn(arn("role/r")).roleSessionName("s1").durationSeconds(7_200))
                .credentials();
        assertThat(keys.expiration().toEpochMilli()).isEqualTo(now.get() + 7_200_000);
        refused(
                "ValidationError",
                "exceeds the MaxSessionDuration set for this role.",
                () -> sts(ann).assumeRole(r ->
                        r.roleArn(arn("role/r")).roleSessionName("s1").durationSeconds(7_201)));
        refused(
                "ValidationError",
                "1 hour session limit for roles assumed by role chaining",
                () -> sts(keys)
                        .assumeRole(r ->
                                r.roleArn(arn("role/r")).roleSessionName("s2").durationSeconds(3_601)));
        assertThat(assume(sts(keys), "r").credentials().expiration().toEpochMilli())
                .isEqualTo(now.get() + 3_600_000);
    }

    @Test
    void tags_go_with_a_session_and_some_with_all_that_come_of_it() {
        String ann = user("ann", allow("sts:*", "*"));
        role(
                "r",
                document("{'Effect':'Allow','Principal':" + ofAccount()
                        + ",'Action':['sts:AssumeRole','sts:TagSession']}"));
        role("untagged", trust(ofAccount(), "sts:AssumeRole"));
        iam.tagRole(r -> r.roleName("r")
                .tags(List.of(software.amazon.awssdk.services.iam.model.Tag.builder()
                        .key("TEAM")
                        .value("of the role")
                        .build())));
        iam.putRolePolicy(
                r -> r.roleName("r")
                        .policyName("p")
                        .policyDocument(
                                document(
                                        "{'Effect':'Allow','Action':'sts:*','Resource':'*'}",
                                        "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::${aws:PrincipalTag/team}/*'}")));
        Credentials keys = sts(ann).assumeRole(r -> r.roleArn(arn("role/r"))
                        .roleSessionName("s1")
                        .tags(tag("team", "b"), tag("other", "x"))
                        .transitiveTagKeys("Team"))
                .credentials();
        assertThat(may(keys, "s3:GetObject")).isTrue();
        Credentials chained = assume(sts(keys), "r").credentials();
        assertThat(may(chained, "s3:GetObject")).as("by the tag of before").isTrue();
        refused(
                "InvalidParameterValue",
                "conflicts with a transitive tag key from the calling session",
                () -> sts(keys)
                        .assumeRole(r ->
                                r.roleArn(arn("role/r")).roleSessionName("s2").tags(tag("TEAM", "c"))));
        refused(
                "AccessDenied",
                "sts:TagSession",
                () -> sts(ann).assumeRole(r ->
                        r.roleArn(arn("role/untagged")).roleSessionName("s2").tags(tag("a", "b"))));
    }

    @Test
    void the_identity_at_the_source_stays() {
        String ann = user("ann", allow("sts:*", "*"));
        role(
                "r",
                document("{'Effect':'Allow','Principal':" + ofAccount()
                        + ",'Action':['sts:AssumeRole','sts:SetSourceIdentity']}"));
        iam.putRolePolicy(r -> r.roleName("r").policyName("p").policyDocument(allow("sts:*", "*")));
        Credentials keys = sts(ann).assumeRole(
                        r -> r.roleArn(arn("role/r")).roleSessionName("s1").sourceIdentity("ann-at-home"))
                .credentials();
        assertThat(assume(sts(keys), "r").sourceIdentity()).isEqualTo("ann-at-home");
        refused(
                "AccessDenied",
                "source identity",
                () -> sts(keys)
                        .assumeRole(r ->
                                r.roleArn(arn("role/r")).roleSessionName("s2").sourceIdentity("eve")));
    }

    @Test
    void users_get_temporary_keys_of_their_own() {
        String ann = user("ann", allow("*", "*"));
        Credentials keys = sts(ann).getSessionToken(r -> r.durationSeconds(900)).credentials();
        assertThat(may(keys, "s3:GetObject")).isTrue();
        assertThat(sts(keys).getCallerIdentity().arn()).isEqualTo(arn("user/ann"));
        refused(
                "AccessDenied",
                "with session credentials",
                () -> iam(keys.accessKeyId()).listUsers());
        refused(
                "AccessDenied",
                "Cannot call GetSessionToken with session credentials",
                () -> sts(keys).getSessionToken());
        assertThat(sts(root.id()).getSessionToken().credentials().expiration().toEpochMilli())
                .isEqualTo(now.get() + 3_600_000);
    }

    @Test
    void keys_of_the_console_are_for_all_that_the_root_may_do_until_they_end() {
        Credentials keys = area.consoleCredentials(here, "ann@example.com", Duration.ofMinutes(15));
        assertThat(keys.accessKeyId()).startsWith("ASIA");
        assertThat(keys.expiration().toEpochMilli()).isEqualTo(now.get() + 900_000);
        assertThat(sts(keys).getCallerIdentity().arn()).isEqualTo(arn("root"));
        assertThat(may(keys, "s3:PutObject")).isTrue();
        iam(keys.accessKeyId()).createUser(r -> r.userName("made"));
        assertThat(iam(keys.accessKeyId()).listUsers().users())
                .extracting(User::userName)
                .contains("made");
        Credentials ofRoot = sts(root.id()).getSessionToken().credentials();
        refused(
                "AccessDenied",
                "with session credentials",
                () -> iam(ofRoot.accessKeyId()).listUsers());
        refused(
                "AccessDenied",
                "Cannot call GetSessionToken with session credentials",
                () -> sts(keys).getSessionToken());
        now.addAndGet(Duration.ofMinutes(15).toMillis());
        assertThat(area.caller(keys.accessKeyId(), Context.EMPTY, "")).isEmpty();
    }

    @Test
    void federated_users_may_do_what_both_allow() {
        String ann =
                user("ann", document("{'Effect':'Allow','Action':['sts:GetFederationToken','s3:*'],'Resource':'*'}"));
        var answer = sts(ann).getFederationToken(r -> r.name("guest").policy(allow("s3:GetObject", "*")));
        assertThat(answer.federatedUser().federatedUserId()).isEqualTo(here + ":guest");
        assertThat(may(answer.credentials(), "s3:GetObject")).isTrue();
        assertThat(may(answer.credentials(), "s3:PutObject")).isFalse();
        assertThat(sts(answer.credentials()).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::" + here + ":federated-user/guest");
        var ofRoot = sts(root.id()).getFederationToken(r -> r.name("guest").policy(allow("s3:GetObject", "*")));
        assertThat(may(ofRoot.credentials(), "s3:GetObject")).isTrue();
        assertThat(may(ofRoot.credentials(), "s3:PutObject")).isFalse();
        var bare = sts(ann).getFederationToken(r -> r.name("nobody"));
        assertThat(may(bare.credentials(), "s3:GetObject")).isFalse();
        refused(
                "AccessDenied",
                "sts:GetFederationToken",
                () -> sts(user("bob")).getFederationToken(r -> r.name("guest")));
    }

    private static String token(String issuer, String name) {
        String payload = "{\"iss\":\"" + issuer + "\"}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + "." + name;
    }

    @Test
    void tokens_of_known_providers_are_taken_for_roles() {
        String issuer = "https://issuer.example";
        String provider = iam.createOpenIDConnectProvider(r -> r.url(issuer).clientIDList("app"))
                .openIDConnectProviderArn();
        role(
                "r",
                trust(
                        "{'Federated':'" + provider + "'}",
                        "sts:AssumeRoleWithWebIdentity",
                        "{'StringEquals':{'issuer.example:sub':'ann','issuer.example:aud':'app'}}"));
        long later = now.get() / 1_000 + 60;
        String good = token(issuer, "good");
        signedTokens.put(issuer + " " + good, claims("ann", "app", later));
        String other = token(issuer, "other");
        signedTokens.put(issuer + " " + other, claims("eve", "app", later));
        String audience = token(issuer, "audience");
        signedTokens.put(issuer + " " + audience, claims("ann", "strange", later));
        String old = token(issuer, "old");
        signedTokens.put(issuer + " " + old, claims("ann", "app", now.get() / 1_000));
        StsClient nobody =
                area.sts(new AwsCaller(Requester.ANONYMOUS, Policies.NONE, Context.EMPTY, "", Optional.empty()));
        var answer = web(nobody, good);
        assertThat(answer.subjectFromWebIdentityToken()).isEqualTo("ann");
        assertThat(answer.provider()).isEqualTo(provider);
        assertThat(sts(answer.credentials()).getCallerIdentity().arn()).endsWith("assumed-role/r/web");
        refused("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", () -> web(nobody, other));
        refused("InvalidIdentityToken", "Incorrect token audience", () -> web(nobody, audience));
        refused("ExpiredTokenException", "Token expired", () -> web(nobody, old));
        refused("InvalidIdentityToken", "could not be verified", () -> web(nobody, token(issuer, "forged")));
        refused(
                "InvalidIdentityToken",
                "No OpenIDConnect provider found in your account for https://else",
                () -> web(nobody, token("https://else", "x")));
        refused("InvalidIdentityToken", "not a valid JWT", () -> web(nobody, "garbage"));
    }

    private AssumeRoleWithWebIdentityResponse web(StsClient sts, String token) {
        return sts.assumeRoleWithWebIdentity(
                r -> r.roleArn(arn("role/r")).roleSessionName("web").webIdentityToken(token));
    }

    private static Map<String, List<String>> claims(String subject, String audience, long expires) {
        return Map.of("sub", List.of(subject), "aud", List.of(audience), "exp", List.of(String.valueOf(expires)));
    }

    @Test
    void machines_get_keys_of_the_role_of_their_profile() {
        role("r", EC2_TRUST);
        role("lambda", trust("{'Service':'lambda.amazonaws.com'}", "sts:AssumeRole"));
        iam.createInstanceProfile(r -> r.instanceProfileName("p"));
        Duration hour = Duration.ofHours(1);
        assertThat(area.instanceCredentials("p", here, "i-1", hour)).isEmpty();
        iam.addRoleToInstanceProfile(r -> r.instanceProfileName("p").roleName("r"));
        Credentials keys = area.instanceCredentials(arn("instance-profile/p"), here, "i-1", hour)
                .orElseThrow();
        assertThat(sts(keys).getCallerIdentity().arn()).isEqualTo("arn:aws:sts::" + here + ":assumed-role/r/i-1");
        assertThat(area.profileRole("p", here)).contains(new ProfileRole(arn("instance-profile/p"), arn("role/r")));
        assertThat(area.instanceCredentials("p", there, "i-1", hour)).isEmpty();
        iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName("p").roleName("r"));
        iam.addRoleToInstanceProfile(r -> r.instanceProfileName("p").roleName("lambda"));
        assertThat(area.instanceCredentials("p", here, "i-1", hour))
                .as("does not trust EC2")
                .isEmpty();
        assertThat(area.serviceCredentials(arn("role/lambda"), "lambda.amazonaws.com", "f", hour))
                .isPresent();
    }

    @Test
    void an_id_of_a_key_tells_its_account() {
        assertThat(sts(user("ann"))
                        .getAccessKeyInfo(r -> r.accessKeyId(root.id()))
                        .account())
                .isEqualTo(here.digits());
        refused(
                "ValidationError",
                "is not known",
                () -> sts(root.id()).getAccessKeyInfo(r -> r.accessKeyId("AKIAIOSFODNN7EXAMPLE")));
        refused(
                "InvalidAuthorizationMessageException",
                "",
                () -> sts(root.id()).decodeAuthorizationMessage(r -> r.encodedMessage("x")));
    }

    private record Refusal(String code, String message, ThrowingCallable call) {}

    @TestFactory
    Stream<DynamicTest> what_is_wrong_is_refused_in_the_words_of_sts() {
        StsClient sts = sts(root.id());
        return Stream.of(
                        new Refusal(
                                "ValidationError",
                                "nothing-valid-in-here is invalid",
                                () -> sts.assumeRole(
                                        r -> r.roleArn("nothing-valid-in-here").roleSessionName("s1"))),
                        new Refusal(
                                "ValidationError",
                                "Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy"
                                        + " regular expression pattern: [\\w+=,.@-]*",
                                () -> sts.assumeRole(
                                        r -> r.roleArn(arn("role/r")).roleSessionName("Session1:2"))),
                        new Refusal(
                                "ValidationError",
                                "Member must have length less than or equal to 64",
                                () -> sts.assumeRole(
                                        r -> r.roleArn(arn("role/r")).roleSessionName("s".repeat(65)))),
                        new Refusal(
                                "ValidationError",
                                "Value null at 'roleSessionName'",
                                () -> sts.assumeRole(r -> r.roleArn(arn("role/r")))),
                        new Refusal(
                                "ValidationError",
                                "greater than or equal to 900",
                                () -> sts.assumeRole(r -> r.roleArn(arn("role/r"))
                                        .roleSessionName("s1")
                                        .durationSeconds(899))),
                        new Refusal(
                                "AccessDenied",
                                "Roles may not be assumed by root accounts.",
                                () -> sts.assumeRole(
                                        r -> r.roleArn(arn("role/r")).roleSessionName("s1"))),
                        new Refusal(
                                "AccessDenied",
                                "MultiFactorAuthentication",
                                () -> sts.getSessionToken(
                                        r -> r.serialNumber("x").tokenCode("123456"))),
                        new Refusal(
                                "MalformedPolicyDocument",
                                "Syntax errors in policy.",
                                () -> sts.getFederationToken(
                                        r -> r.name("guest").policy("{}"))),
                        new Refusal(
                                "ValidationError",
                                "less than or equal to 2048",
                                () -> sts.getFederationToken(
                                        r -> r.name("guest").policy("x".repeat(2_049)))),
                        new Refusal(
                                "InvalidParameterValue",
                                "must be included in the requested tags",
                                () -> sts.assumeRole(r -> r.roleArn(arn("role/r"))
                                        .roleSessionName("s1")
                                        .tags(tag("a", ""))
                                        .transitiveTagKeys("b"))),
                        new Refusal(
                                "InvalidParameterValue",
                                "Duplicate tag keys found.",
                                () -> sts.assumeRole(r -> r.roleArn(arn("role/r"))
                                        .roleSessionName("s1")
                                        .tags(tag("a", ""), tag("A", "")))))
                .map(each -> DynamicTest.dynamicTest(
                        each.message(), () -> refused(each.code(), each.message(), each.call())));
    }
}
