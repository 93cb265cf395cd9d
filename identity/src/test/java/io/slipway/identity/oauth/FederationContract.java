package io.slipway.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import io.slipway.identity.Caller;
import io.slipway.identity.Entry;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.testing.FakeProvider;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Federation policies and tokens for tokens, in any database. */
@NullUnmarked
@SuppressWarnings("JavaUtilDate")
abstract class FederationContract extends OauthContract {
    private static final String SUBJECT = "repo:example/app:environment:prod";

    private FakeProvider provider;
    private Caller chief;

    @BeforeEach
    void start_a_provider() {
        provider = new FakeProvider(clock::millis);
        chief = identity.identities().caller(WorkspaceId.ACCOUNT, admin.id()).orElseThrow();
    }

    @AfterEach
    void stop_it() {
        provider.close();
    }

    private FederationPolicy.Rule rule(List<String> audiences, Optional<String> subject, Optional<String> claim) {
        return new FederationPolicy.Rule(
                provider.issuer(), audiences, subject, claim, Optional.empty(), Optional.empty());
    }

    private FederationPolicy.Rule ofRobot() {
        return rule(List.of("slipway"), Optional.of(SUBJECT), Optional.empty());
    }

    private FederationPolicy create(Optional<PrincipalId> program, String id, FederationPolicy.Rule rule) {
        return room.policies().create(chief, program, Optional.of(id), new FederationPolicies.Content("d", rule));
    }

    private Optional<PrincipalId> robotId() {
        return Optional.of(robot.id());
    }

    private String token(String subject) {
        return token(subject, same -> same);
    }

    private String token(String subject, UnaryOperator<JWTClaimsSet.Builder> change) {
        return provider.token(change.apply(provider.claims(subject)).build());
    }

    private FederatedTokens.Exchanged exchange(WorkspaceId where, Optional<String> client, String token) {
        return room.federated()
                .exchange(
                        where,
                        new FederatedTokens.Asked(client, token, Optional.of("all-apis")),
                        OauthContract::fromAnywhere);
    }

    private FederatedTokens.Exchanged exchange(Optional<String> client, String token) {
        return exchange(WorkspaceId.FIRST, client, token);
    }

    private String exchanged(Optional<String> client, String token) {
        return exchange(client, token).issued().accessToken();
    }

    private void refused(String why, Optional<String> client, String token) {
        OauthContract.refused(OauthError.INVALID_GRANT, () -> exchange(client, token));
        OauthContract.refused(ErrorCode.INVALID_PARAMETER_VALUE, why, () -> exchange(client, token));
    }

    @Test
    void a_workload_gets_a_token_of_its_service_principal_by_the_policy_that_names_it() {
        create(robotId(), "prod", ofRobot());
        FederatedTokens.Exchanged got = exchange(Optional.of(client()), token(SUBJECT));
        assertThat(holder(got.issued().accessToken())).contains(client());
        assertThat(got.issued().life()).isEqualTo(AccessTokens.LIFE);
        assertThat(got.policy())
                .isEqualTo("accounts/" + PLACE.account() + "/servicePrincipals/" + robot.id()
                        + "/federationPolicies/prod");
        refused("is not the subject of the policy", Optional.of(client()), token("repo:example/app:environment:dev"));
        refused("No federation policy of the account", Optional.empty(), token(SUBJECT));
        refused("No federation policy of another", Optional.of("another"), token(SUBJECT));
        refused(
                "it has expired",
                Optional.of(client()),
                token(SUBJECT, claims -> claims.expirationTime(new Date(clock.millis() - 90_000))));
        refused(
                "it is for 'others', not for slipway",
                Optional.of(client()),
                token(SUBJECT, claims -> claims.audience("others")));
        refused(
                "No federation policy of " + client() + " takes tokens of this issuer",
                Optional.of(client()),
                token(SUBJECT, claims -> claims.issuer("https://evil.example")));
        refused("no signed JWT", Optional.of(client()), "nonsense");
    }

    @Test
    void people_and_programs_get_their_own_by_a_policy_of_the_account() {
        create(Optional.empty(), "company", rule(List.of(), Optional.empty(), Optional.of("email")));
        UnaryOperator<JWTClaimsSet.Builder> here = claims -> claims.audience(PLACE.account());
        String hers = exchanged(
                Optional.empty(), token("1", claims -> here.apply(claims).claim("email", "Ann@example.com")));
        assertThat(holder(hers)).contains("ann@example.com");
        assertThat(holder(exchanged(
                        Optional.empty(),
                        token("1", claims -> here.apply(claims).claim("email", client())))))
                .contains(client());
        refused(
                "names no user and no service principal",
                Optional.empty(),
                token("1", claims -> here.apply(claims).claim("email", "eve@example.com")));
        refused(
                "names no user",
                Optional.empty(),
                token("1", claims -> here.apply(claims).claim("email", "admins")));
        refused("no text in the claim email", Optional.empty(), token("1", here));
        refused(
                "no text in the claim email",
                Optional.empty(),
                token("1", claims -> here.apply(claims).claim("email", List.of("admin@example.com"))));
        refused(
                "it is for 'slipway', not for " + PLACE.account(),
                Optional.empty(),
                token("1", claims -> claims.claim("email", "ann@example.com")));
        refused(
                "No federation policy of " + client(),
                Optional.of(client()),
                token("1", claims -> here.apply(claims).claim("email", client())));
    }

    @Test
    void a_token_of_the_account_opens_the_account() {
        create(Optional.empty(), "company", rule(List.of("slipway"), Optional.empty(), Optional.empty()));
        String token = exchange(WorkspaceId.ACCOUNT, Optional.empty(), token("ann@example.com"))
                .issued()
                .accessToken();
        assertThat(room.accountHolder(token).map(Caller::name)).contains("ann@example.com");
        assertThat(room.holder(token, Optional.empty())).isEmpty();
        OauthContract.refused(
                OauthError.INVALID_GRANT,
                () -> exchange(new WorkspaceId(2002), Optional.empty(), token("ann@example.com")));
    }

    @Test
    void tokens_end_with_their_policy_with_its_change_and_with_their_principal() {
        FederationPolicy policy = create(robotId(), "prod", ofRobot());
        String first = exchanged(Optional.of(client()), token(SUBJECT));
        room.policies()
                .change(chief, robotId(), "prod", before -> new FederationPolicies.Content("new", before.rule()));
        assertThat(holder(first)).as("another description changes nothing").contains(client());
        room.policies()
                .change(
                        chief,
                        robotId(),
                        "prod",
                        before -> new FederationPolicies.Content(
                                "new", rule(List.of("slipway", "more"), Optional.of(SUBJECT), Optional.empty())));
        assertThat(holder(first)).isEmpty();
        String second = exchanged(Optional.of(client()), token(SUBJECT));
        room.policies().delete(chief, robotId(), "prod");
        assertThat(holder(second)).isEmpty();
        refused("No federation policy", Optional.of(client()), token(SUBJECT));

        assertThat(create(robotId(), "prod", ofRobot()).uid()).isNotEqualTo(policy.uid());
        assertThat(holder(second)).as("a new one of the same name").isEmpty();
        String third = exchanged(Optional.of(client()), token(SUBJECT));
        identity.directory()
                .change(
                        admin,
                        PrincipalKind.SERVICE_PRINCIPAL,
                        robot.id(),
                        content -> new Entry.Content(
                                content.name(),
                                content.profile(),
                                false,
                                content.externalId(),
                                content.groups(),
                                content.members(),
                                content.entitlements(),
                                content.roles()));
        assertThat(holder(third)).isEmpty();
        refused("is not active", Optional.of(client()), token(SUBJECT));
    }

    @Test
    void a_token_lasts_its_hour_whatever_the_other_one_does() {
        create(robotId(), "prod", ofRobot());
        String token = exchanged(Optional.of(client()), token(SUBJECT));
        clock.advance(Duration.ofMinutes(59));
        assertThat(holder(token)).contains(client());
        clock.advance(Duration.ofMinutes(1));
        assertThat(holder(token)).isEmpty();
    }

    @Test
    void policies_go_with_their_service_principal() {
        create(robotId(), "prod", ofRobot());
        identity.directory().delete(admin, PrincipalKind.SERVICE_PRINCIPAL, robot.id());
        assertThat(count()).as("it has left the workspace only").isEqualTo(1);
        identity.directory().delete(chief, PrincipalKind.SERVICE_PRINCIPAL, robot.id());
        assertThat(count()).isZero();
    }

    private long count() {
        return database.read(handle -> handle.createQuery("select count(*) from federation_policy")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void the_first_policy_that_takes_a_token_counts_and_one_whose_keys_are_gone_does_not_hinder() {
        provider.answers("/gone", 404, "");
        create(
                robotId(),
                "gone",
                new FederationPolicy.Rule(
                        provider.issuer(),
                        List.of(),
                        Optional.of(SUBJECT),
                        Optional.empty(),
                        Optional.of(provider.issuer() + "/gone"),
                        Optional.empty()));
        create(robotId(), "dev", rule(List.of("slipway"), Optional.of("dev"), Optional.empty()));
        OauthContract.refused(OauthError.INVALID_GRANT, () -> exchange(Optional.of(client()), token(SUBJECT)));
        create(robotId(), "prod", ofRobot());
        assertThat(exchange(Optional.of(client()), token(SUBJECT)).policy()).endsWith("/prod");
        assertThat(exchange(Optional.of(client()), token("dev")).policy()).endsWith("/dev");
    }

    @Test
    void keys_may_be_in_the_policy_and_then_nobody_is_asked() {
        create(
                robotId(),
                "offline",
                new FederationPolicy.Rule(
                        provider.issuer(),
                        List.of("slipway"),
                        Optional.of(SUBJECT),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new JWKSet(provider.key().toPublicJWK()).toString())));
        assertThat(holder(exchanged(Optional.of(client()), token(SUBJECT)))).contains(client());
        assertThat(provider.reads("/jwks")).isZero();
        provider.rotate();
        refused("does not publish", Optional.of(client()), token(SUBJECT));
    }

    @Test
    void a_provider_that_is_down_is_no_fault_of_the_token() {
        create(robotId(), "prod", ofRobot());
        provider.answers("/jwks", 500, "");
        OauthContract.refused(
                ErrorCode.UNAVAILABLE,
                "/jwks cannot be reached",
                () -> exchange(Optional.of(client()), token(SUBJECT)));
    }

    @Test
    void only_admins_of_the_account_see_and_write_policies() {
        create(robotId(), "prod", ofRobot());
        Caller hers =
                identity.identities().caller(WorkspaceId.ACCOUNT, ann.id()).orElseThrow();
        for (Optional<PrincipalId> of : List.of(robotId(), Optional.<PrincipalId>empty())) {
            OauthContract.refused(
                    ErrorCode.PERMISSION_DENIED,
                    "Only admins",
                    () -> room.policies().list(hers, of));
            OauthContract.refused(
                    ErrorCode.PERMISSION_DENIED,
                    "Only admins",
                    () -> room.policies().delete(hers, of, "prod"));
            OauthContract.refused(
                    ErrorCode.PERMISSION_DENIED,
                    "Only admins",
                    () -> room.policies().get(hers, of, "prod"));
        }
        OauthContract.refused(
                ErrorCode.NOT_FOUND,
                "does not exist",
                () -> room.policies().list(chief, Optional.of(new PrincipalId(4711))));
        OauthContract.refused(
                ErrorCode.NOT_FOUND, "does not exist", () -> room.policies().list(chief, Optional.of(ann.id())));
        OauthContract.refused(
                ErrorCode.NOT_FOUND,
                "Federation policy other does not exist",
                () -> room.policies().get(chief, robotId(), "other"));
    }

    @Test
    void a_policy_that_cannot_be_kept_is_refused() {
        bad(
                "Missing required field 'oidc_policy.subject'",
                robotId(),
                rule(List.of(), Optional.empty(), Optional.empty()));
        bad("must not be set for a policy of the account", Optional.empty(), ofRobot());
        bad("oidc_policy.audiences must have", robotId(), rule(List.of(" "), Optional.of("s"), Optional.empty()));
        bad(
                "oidc_policy.issuer must be an address",
                robotId(),
                new FederationPolicy.Rule(
                        "http://example.com",
                        List.of(),
                        Optional.of("s"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        bad(
                "not both",
                robotId(),
                new FederationPolicy.Rule(
                        provider.issuer(),
                        List.of(),
                        Optional.of("s"),
                        Optional.empty(),
                        Optional.of("https://example.com/keys"),
                        Optional.of("{}")));
        bad(
                "public keys",
                robotId(),
                new FederationPolicy.Rule(
                        provider.issuer(),
                        List.of(),
                        Optional.of("s"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new JWKSet(provider.key()).toString(false))));
        OauthContract.refused(
                ErrorCode.INVALID_PARAMETER_VALUE, "policy_id has", () -> create(robotId(), "A b", ofRobot()));
        create(robotId(), "p-0", ofRobot());
        OauthContract.refused(
                ErrorCode.ALREADY_EXISTS, "p-0 already exists", () -> create(robotId(), "p-0", ofRobot()));
        for (int i = 1; i < FederationPolicies.MOST; i++) {
            create(robotId(), "p-" + i, ofRobot());
        }
        OauthContract.refused(
                ErrorCode.INVALID_PARAMETER_VALUE, "at most 20", () -> create(robotId(), "p-20", ofRobot()));
        assertThat(room.policies().list(chief, robotId())).hasSize(FederationPolicies.MOST);
        assertThat(room.policies()
                        .create(
                                chief,
                                Optional.empty(),
                                Optional.empty(),
                                new FederationPolicies.Content("", rule(List.of(), Optional.empty(), Optional.empty())))
                        .id())
                .matches("[0-9a-f-]{36}");
    }

    private void bad(String why, Optional<PrincipalId> program, FederationPolicy.Rule rule) {
        OauthContract.refused(ErrorCode.INVALID_PARAMETER_VALUE, why, () -> create(program, "x", rule));
    }

    @Test
    void who_may_not_come_from_an_address_gets_nothing() {
        create(robotId(), "prod", ofRobot());
        OauthContract.refused(
                ErrorCode.PERMISSION_DENIED,
                "not from here",
                () -> room.federated()
                        .exchange(
                                WorkspaceId.FIRST,
                                new FederatedTokens.Asked(Optional.of(client()), token(SUBJECT), Optional.empty()),
                                caller -> {
                                    throw new PlatformException(ErrorCode.PERMISSION_DENIED, "not from here");
                                }));
        OauthContract.refused(
                OauthError.INVALID_SCOPE,
                () -> room.federated()
                        .exchange(
                                WorkspaceId.FIRST,
                                new FederatedTokens.Asked(Optional.of(client()), token(SUBJECT), Optional.of("sql")),
                                OauthContract::fromAnywhere));
    }
}
