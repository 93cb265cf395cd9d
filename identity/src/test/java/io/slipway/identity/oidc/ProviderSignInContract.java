package io.slipway.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.slipway.identity.Caller;
import io.slipway.identity.Entry;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.testing.FakeProvider;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in by a provider, in any database. */
@NullUnmarked
abstract class ProviderSignInContract {
    private static final String BACK = "https://slipway.example/sign-in";
    private static final String HERE = "192.0.2.7";
    private static final String ANN = "ann@example.com";

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private Base base;
    private Database database;
    private IdentityArea identity;
    private FakeProvider provider;
    private Caller admin;
    private PrincipalId ann;
    private ProviderSignIn signIn;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        identity = new IdentityArea(base, new byte[32]);
        provider = new FakeProvider(clock::millis);
        admin = identity.identities().bootstrapAdmin("admin@example.com").orElseThrow();
        ann = user(ANN);
        begin(Optional.empty(), Set.of(), false);
    }

    @AfterEach
    void close() {
        provider.close();
        database.close();
    }

    private PrincipalId user(String name) {
        return identity.directory()
                .create(admin, PrincipalKind.USER, Entry.Content.named(name))
                .id();
    }

    private PrincipalId group(Caller by, String name, PrincipalId... members) {
        return identity.directory()
                .create(by, PrincipalKind.GROUP, Entry.Content.named(name).with(Set.of(), Set.of(members)))
                .id();
    }

    private Caller accountAdmin() {
        return identity.identities().caller(WorkspaceId.ACCOUNT, admin.id()).orElseThrow();
    }

    private void begin(Optional<String> groups, Set<String> adminGroups, boolean create) {
        begin("email", Optional.empty(), groups, adminGroups, create);
    }

    private void begin(
            String user, Optional<Path> secret, Optional<String> groups, Set<String> adminGroups, boolean create) {
        signIn = new OidcRoom(
                        base,
                        identity,
                        OidcRoom.Settings.of(new ProviderSettings(
                                provider.issuer(),
                                FakeProvider.CLIENT,
                                secret,
                                "Example",
                                "openid profile email",
                                user,
                                groups,
                                adminGroups,
                                create)))
                .signIn()
                .orElseThrow();
    }

    private static UnaryOperator<JWTClaimsSet.Builder> email(String email) {
        return claims -> claims.claim("email", email).claim("email_verified", true);
    }

    private static UnaryOperator<JWTClaimsSet.Builder> groups(String email, String... groups) {
        return claims -> email(email).apply(claims).claim("groups", List.of(groups));
    }

    private ProviderSignIn.Answer answer(ProviderSignIn.Begun begun, String code) {
        return new ProviderSignIn.Answer(
                Optional.of(FakeProvider.query(begun.location()).get("state")),
                Optional.of(code),
                Optional.empty(),
                Optional.empty());
    }

    private String finish(ProviderSignIn.Begun begun, String code) {
        return signIn.finish(Optional.of(begun.attempt()), answer(begun, code), BACK, HERE, Optional.empty());
    }

    /** Who has signed in. */
    private Caller signIn(String subject, UnaryOperator<JWTClaimsSet.Builder> change) {
        ProviderSignIn.Begun begun = signIn.begin(BACK);
        String secret = finish(begun, provider.signIn(begun.location(), subject, change));
        return identity.sessions().authenticate(secret).orElseThrow();
    }

    private static void refused(ErrorCode code, String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(why);
    }

    private void refused(ErrorCode code, String why, String subject, UnaryOperator<JWTClaimsSet.Builder> change) {
        refused(code, why, () -> signIn(subject, change));
    }

    private List<String> groupsOf(PrincipalId user) {
        return identity.directory().get(admin, PrincipalKind.USER, user).groups().stream()
                .map(held -> held.principal().name())
                .filter(name -> !name.equals("users"))
                .sorted()
                .toList();
    }

    @Test
    void the_browser_is_sent_with_what_the_provider_needs_and_nothing_secret() {
        ProviderSignIn.Begun begun = signIn.begin(BACK);
        assertThat(begun.location()).startsWith(provider.issuer() + "/authorize?tenant=1&response_type=code&");
        Map<String, String> asked = FakeProvider.query(begun.location());
        assertThat(asked)
                .containsEntry("client_id", FakeProvider.CLIENT)
                .containsEntry("redirect_uri", BACK)
                .containsEntry("scope", "openid profile email")
                .containsEntry("code_challenge_method", "S256");
        assertThat(asked.get("code_challenge")).matches("[A-Za-z0-9_-]{43}");
        assertThat(Set.of(asked.get("state"), asked.get("nonce"))).hasSize(2);
        assertThat(begun.location()).doesNotContain(begun.attempt().substring(0, 43));
        assertThat(FakeProvider.query(signIn.begin(BACK).location()).get("state"))
                .isNotEqualTo(asked.get("state"));
    }

    @Test
    void who_is_in_the_directory_comes_in_and_is_known_by_the_providers_number_from_then_on() {
        assertThat(signIn("7", email("Ann@Example.com")).id()).isEqualTo(ann);
        assertThat(signIn("7", email("ann.married@example.com")).id()).isEqualTo(ann);
        assertThat(signIn("7", email("admin@example.com")).name()).isEqualTo(ANN);
        refused(ErrorCode.PERMISSION_DENIED, "Somebody else of the provider signs in here as " + ANN, "8", email(ANN));
        assertThat(signIn("8", email("admin@example.com")).id()).isEqualTo(admin.id());
    }

    @Test
    void who_is_not_in_the_directory_is_refused_and_nothing_is_left_of_them() {
        refused(
                ErrorCode.PERMISSION_DENIED,
                "eve@example.com is not a user here. Ask an admin to add you.",
                "9",
                email("eve@example.com"));
        identity.directory().create(admin, PrincipalKind.SERVICE_PRINCIPAL, Entry.Content.named("robot@example.com"));
        refused(ErrorCode.PERMISSION_DENIED, "is no user", "9", email("robot@example.com"));
        refused(ErrorCode.PERMISSION_DENIED, "is no user", "9", email("admins"));
        PrincipalId eve = user("eve@example.com");
        assertThat(signIn("9", email("eve@example.com")).id()).isEqualTo(eve);
    }

    @Test
    void who_is_not_in_the_directory_is_made_a_user_of_the_first_workspace_if_that_is_wanted() {
        begin(Optional.empty(), Set.of(), true);
        Caller eve = signIn(
                "9",
                claims -> email("Eve@Example.com")
                        .apply(claims)
                        .claim("name", "Eve Example")
                        .claim("family_name", "Example"));
        assertThat(eve.workspace()).isEqualTo(WorkspaceId.FIRST);
        assertThat(eve.principals()).doesNotContain(PrincipalId.ADMINS);
        assertThat(eve.name()).isEqualTo("eve@example.com");
        Entry entry = identity.directory().me(eve);
        assertThat(entry.content().profile().displayName()).isEqualTo("Eve Example");
        assertThat(entry.content().profile().emails()).hasSize(1);
        identity.directory().delete(accountAdmin(), PrincipalKind.USER, eve.id());
        assertThat(signIn("9", email("eve@example.com")).id())
                .as("whoever comes again is somebody new")
                .isNotEqualTo(eve.id());
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "cannot be seen", "10", email("a\u202eb@example.com"));
    }

    @Test
    void who_is_deactivated_or_in_no_workspace_is_refused() {
        assertThat(signIn("7", email(ANN)).id()).isEqualTo(ann);
        identity.directory()
                .change(
                        admin,
                        PrincipalKind.USER,
                        ann,
                        content -> new Entry.Content(
                                content.name(),
                                content.profile(),
                                false,
                                content.externalId(),
                                content.groups(),
                                content.members(),
                                content.entitlements(),
                                content.roles()));
        refused(ErrorCode.PERMISSION_DENIED, ANN + " is not active here", "7", email(ANN));
        PrincipalId bob = user("bob@example.com");
        identity.directory().delete(admin, PrincipalKind.USER, bob);
        refused(ErrorCode.PERMISSION_DENIED, "bob@example.com is in no workspace", "8", email("bob@example.com"));
        ProviderSignIn.Begun begun = signIn.begin(BACK);
        String code = provider.signIn(begun.location(), "9", email("admin@example.com"));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "admin@example.com is not in workspace 2002",
                () -> signIn.finish(
                        Optional.of(begun.attempt()),
                        answer(begun, code),
                        BACK,
                        HERE,
                        Optional.of(new WorkspaceId(2002))));
    }

    @Test
    void an_address_that_is_not_verified_says_nothing() {
        provider.tells("7", "{\"sub\":\"7\",\"email\":\"" + ANN + "\"}");
        for (Object no : List.of(false, "false", 1, Optional.empty())) {
            refused(
                    ErrorCode.UNAUTHENTICATED,
                    "Example does not say that it has verified the e-mail address " + ANN,
                    "7",
                    claims -> no instanceof Optional
                            ? claims.claim("email", ANN)
                            : claims.claim("email", ANN).claim("email_verified", no));
        }
        assertThat(signIn("7", claims -> claims.claim("email", ANN).claim("email_verified", "true"))
                        .id())
                .isEqualTo(ann);
    }

    @Test
    void who_says_nothing_of_the_name_is_asked_and_must_speak_of_the_same_person() {
        refused(ErrorCode.UNAVAILABLE, "/me cannot be reached: it answers 401", "7", claims -> claims);
        provider.tells("7", "{\"sub\":\"7\",\"email\":\"" + ANN + "\",\"email_verified\":true}");
        assertThat(signIn("7", claims -> claims).id()).isEqualTo(ann);
        provider.tells("8", "{\"sub\":\"7\",\"email\":\"" + ANN + "\"}");
        refused(ErrorCode.UNAUTHENTICATED, "is of somebody else", "8", claims -> claims);
        provider.tells("8", "{\"sub\":\"8\"}");
        refused(ErrorCode.UNAUTHENTICATED, "the claim email is missing", "8", claims -> claims);
        begin("preferred_username", Optional.empty(), Optional.empty(), Set.of(), false);
        assertThat(signIn("9", claims -> claims.claim("preferred_username", "admin@example.com"))
                        .id())
                .isEqualTo(admin.id());
    }

    @Test
    void a_sign_in_works_once_within_ten_minutes_and_in_its_own_browser() {
        ProviderSignIn.Begun begun = signIn.begin(BACK);
        ProviderSignIn.Begun other = signIn.begin(BACK);
        String code = provider.signIn(begun.location(), "7", email(ANN));
        String old = "This sign-in is older than ten minutes, or began in another browser";
        refused(
                ErrorCode.UNAUTHENTICATED,
                old,
                () -> signIn.finish(Optional.empty(), answer(begun, code), BACK, HERE, Optional.empty()));
        refused(
                ErrorCode.UNAUTHENTICATED,
                old,
                () -> signIn.finish(Optional.of(other.attempt()), answer(begun, code), BACK, HERE, Optional.empty()));
        refused(
                ErrorCode.UNAUTHENTICATED,
                old,
                () -> signIn.finish(
                        Optional.of(begun.attempt()),
                        new ProviderSignIn.Answer(
                                Optional.empty(), Optional.of(code), Optional.empty(), Optional.empty()),
                        BACK,
                        HERE,
                        Optional.empty()));
        String longer = begun.attempt().replaceFirst("\\.\\d+\\.", "." + Long.MAX_VALUE + ".");
        refused(
                ErrorCode.UNAUTHENTICATED,
                old,
                () -> signIn.finish(Optional.of(longer), answer(begun, code), BACK, HERE, Optional.empty()));
        assertThat(finish(begun, code)).isNotEmpty();
        refused(ErrorCode.UNAUTHENTICATED, "This sign-in was used already", () -> finish(begun, code));
        clock.advance(SignInAttempts.LIFE);
        refused(
                ErrorCode.UNAUTHENTICATED,
                old,
                () -> finish(other, provider.signIn(other.location(), "7", email(ANN))));
    }

    @Test
    void a_code_or_a_token_of_another_sign_in_is_refused() {
        ProviderSignIn.Begun victim = signIn.begin(BACK);
        String stolen = provider.signIn(victim.location(), "7", email(ANN));
        refused(
                ErrorCode.UNAUTHENTICATED,
                "Example does not take its own code back: invalid_grant.",
                () -> finish(signIn.begin(BACK), stolen));
        refused(
                ErrorCode.UNAUTHENTICATED,
                "The token is of another sign-in",
                "7",
                claims -> email(ANN).apply(claims).claim("nonce", "0"));
        refused(
                ErrorCode.UNAUTHENTICATED,
                "it is for 'others', not for slipway",
                "7",
                claims -> email(ANN).apply(claims).audience("others"));
        for (List<String> audience : List.of(List.of("slipway", "others"), List.of("slipway"))) {
            refused(
                    ErrorCode.UNAUTHENTICATED,
                    "The token is for another application",
                    "7",
                    claims -> email(ANN)
                            .apply(claims)
                            .audience(audience)
                            .claim("azp", audience.size() == 1 ? "others" : null));
        }
        ProviderSignIn.Begun begun = signIn.begin(BACK);
        String code = provider.signIn(begun.location(), "7", email(ANN));
        String state = FakeProvider.query(begun.location()).get("state");
        refused(
                ErrorCode.UNAUTHENTICATED,
                "The answer is of another provider",
                () -> signIn.finish(
                        Optional.of(begun.attempt()),
                        new ProviderSignIn.Answer(
                                Optional.of(state),
                                Optional.of(code),
                                Optional.of("https://evil.example"),
                                Optional.empty()),
                        BACK,
                        HERE,
                        Optional.empty()));
    }

    @Test
    void what_the_provider_refuses_is_told_in_our_words() {
        Map<String, String> told = Map.of(
                "access_denied", "Example has refused the sign-in, or it was cancelled there.",
                "login_required", "Example refuses the sign-in: login_required.",
                "<b>call 555-1234</b>", "Example refuses the sign-in: unknown error.");
        told.forEach((error, words) -> {
            ProviderSignIn.Begun begun = signIn.begin(BACK);
            refused(
                    ErrorCode.UNAUTHENTICATED,
                    words,
                    () -> signIn.finish(
                            Optional.of(begun.attempt()),
                            new ProviderSignIn.Answer(
                                    Optional.of(
                                            FakeProvider.query(begun.location()).get("state")),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(error)),
                            BACK,
                            HERE,
                            Optional.empty()));
        });
        provider.answers("/token", 500, "");
        refused(ErrorCode.UNAVAILABLE, "/token cannot be reached: it answers 500", "7", email(ANN));
        provider.answers("/token", 200, "{}");
        refused(ErrorCode.UNAVAILABLE, "it sends no id_token", "7", email(ANN));
    }

    @Test
    void a_server_with_a_secret_shows_it_as_the_provider_takes_it() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), FakeProvider.SECRET + "\n");
        begin("email", Optional.of(secret), Optional.empty(), Set.of(), false);
        assertThat(signIn("7", email(ANN)).id()).isEqualTo(ann);
        provider.document().putArray("token_endpoint_auth_methods_supported").add("client_secret_post");
        begin("email", Optional.of(secret), Optional.empty(), Set.of(), false);
        assertThat(signIn("7", email(ANN)).id()).isEqualTo(ann);
        Files.writeString(secret, "wrong");
        refused(
                ErrorCode.UNAVAILABLE,
                "Example does not take this server as its client (invalid_client)",
                "7",
                email(ANN));
        Files.delete(secret);
        refused(ErrorCode.UNAVAILABLE, "oidc.client.secret.file cannot be read", "7", email(ANN));
    }

    @Test
    void groups_of_the_provider_are_replaced_at_each_sign_in_and_those_given_by_hand_stay() {
        PrincipalId inHand = group(admin, "by hand", ann);
        group(accountAdmin(), "engineers");
        group(admin, "analysts");
        identity.directory()
                .change(
                        admin,
                        PrincipalKind.GROUP,
                        group(admin, "known elsewhere"),
                        content -> new Entry.Content(
                                content.name(),
                                content.profile(),
                                true,
                                Optional.of("4711"),
                                content.groups(),
                                content.members(),
                                content.entitlements(),
                                content.roles()));
        assertThat(signIn("7", groups(ANN, "analysts")).id()).isEqualTo(ann);
        assertThat(groupsOf(ann)).as("no claim is named").containsExactly("by hand");
        begin(Optional.of("groups"), Set.of(), false);
        assertThat(signIn("7", groups(ANN, "Analysts", "engineers", "4711", "nobody knows", "by hand"))
                        .id())
                .isEqualTo(ann);
        assertThat(groupsOf(ann)).containsExactly("analysts", "by hand", "engineers", "known elsewhere");
        assertThat(signIn("7", groups(ANN, "engineers")).id()).isEqualTo(ann);
        assertThat(groupsOf(ann)).containsExactly("by hand", "engineers");
        identity.directory()
                .change(admin, PrincipalKind.GROUP, inHand, content -> content.with(content.groups(), Set.of()));
        provider.tells("7", "{\"sub\":\"7\"}");
        assertThat(signIn("7", email(ANN)).id()).isEqualTo(ann);
        assertThat(groupsOf(ann)).as("who is in no group may have no claim").isEmpty();
        provider.tells("7", "{\"sub\":\"7\",\"groups\":\"analysts\"}");
        assertThat(signIn("7", email(ANN)).id()).isEqualTo(ann);
        assertThat(groupsOf(ann)).as("told to who asks, as one text").containsExactly("analysts");
        refused(
                ErrorCode.UNAUTHENTICATED,
                "Example names too many groups",
                "7",
                claims -> email(ANN).apply(claims).claim("_claim_names", Map.of("groups", "src1")));
    }

    @Test
    void what_was_given_by_hand_afterwards_is_not_taken_by_the_provider() {
        PrincipalId analysts = group(admin, "analysts");
        begin(Optional.of("groups"), Set.of(), false);
        assertThat(signIn("7", groups(ANN, "analysts")).id()).isEqualTo(ann);
        identity.directory()
                .change(admin, PrincipalKind.GROUP, analysts, content -> content.with(content.groups(), Set.of()));
        assertThat(groupsOf(ann)).isEmpty();
        identity.directory()
                .change(admin, PrincipalKind.GROUP, analysts, content -> content.with(content.groups(), Set.of(ann)));
        assertThat(signIn("7", groups(ANN)).id()).isEqualTo(ann);
        assertThat(groupsOf(ann)).containsExactly("analysts");
    }

    @Test
    void nobody_becomes_an_admin_by_a_name_that_the_provider_has_made_up() {
        PrincipalId chiefs = group(admin, "chiefs");
        identity.directory()
                .change(
                        admin,
                        PrincipalKind.GROUP,
                        PrincipalId.ADMINS,
                        content -> content.with(content.groups(), Set.of(admin.id(), chiefs)));
        Entry inner = identity.directory()
                .create(admin, PrincipalKind.GROUP, Entry.Content.named("inner").with(Set.of(chiefs), Set.of()));
        assertThat(inner.admin()).isTrue();
        PrincipalId ofAccount = group(accountAdmin(), "account chiefs");
        identity.directory()
                .change(
                        accountAdmin(),
                        PrincipalKind.GROUP,
                        ofAccount,
                        content -> new Entry.Content(
                                content.name(),
                                content.profile(),
                                true,
                                content.externalId(),
                                content.groups(),
                                content.members(),
                                content.entitlements(),
                                Set.of("account_admin")));
        String[] all = {"admins", "chiefs", "inner", "account chiefs", "account users", "users"};
        begin(Optional.of("groups"), Set.of(), false);
        Caller there = signIn("7", groups(ANN, all));
        assertThat(groupsOf(ann)).isEmpty();
        assertThat(there.principals()).doesNotContain(PrincipalId.ADMINS);
        assertThat(identity.directory().administersAccount(there)).isFalse();

        begin(Optional.of("groups"), Set.of("chiefs"), false);
        assertThat(signIn("7", groups(ANN, all)).principals()).contains(PrincipalId.ADMINS);
        assertThat(groupsOf(ann)).containsExactly("admins", "chiefs");
        begin(Optional.of("groups"), Set.of("admins"), false);
        assertThat(signIn("7", groups(ANN, all)).principals()).contains(PrincipalId.ADMINS);
        assertThat(groupsOf(ann)).containsExactly("admins");
        assertThat(identity.directory().administersAccount(there)).isFalse();
        begin(Optional.of("groups"), Set.of("account chiefs"), false);
        assertThat(signIn("7", groups(ANN, all)).principals()).doesNotContain(PrincipalId.ADMINS);
        assertThat(identity.directory().administersAccount(there)).isTrue();
        assertThat(signIn("7", groups(ANN)).id()).isEqualTo(ann);
        assertThat(identity.directory().administersAccount(there)).isFalse();
    }

    @Test
    void the_last_admin_stays_one_whatever_the_provider_says() {
        begin(Optional.of("groups"), Set.of("admins"), false);
        assertThat(signIn("7", groups(ANN, "admins")).principals()).contains(PrincipalId.ADMINS);
        identity.directory()
                .change(
                        identity.identities().caller(WorkspaceId.FIRST, ann).orElseThrow(),
                        PrincipalKind.GROUP,
                        PrincipalId.ADMINS,
                        content -> content.with(content.groups(), Set.of(ann)));
        assertThat(signIn("7", groups(ANN)).principals()).contains(PrincipalId.ADMINS);
    }

    @Test
    void a_refused_sign_in_of_a_known_user_is_told() {
        refused(ErrorCode.PERMISSION_DENIED, "", "9", email("eve@example.com"));
        assertThat(told("refused")).isZero();
        assertThat(signIn("7", email(ANN)).id()).isEqualTo(ann);
        refused(ErrorCode.PERMISSION_DENIED, "", "8", email(ANN));
        assertThat(told("refused")).isEqualTo(1);
    }

    private long told(String kind) {
        return database.read(handle -> handle.createQuery("select count(*) from event where kind like :kind")
                .bind("kind", "%" + kind)
                .mapTo(Long.class)
                .one());
    }
}
