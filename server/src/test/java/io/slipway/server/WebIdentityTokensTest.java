package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.slipway.identity.Caller;
import io.slipway.identity.Entry;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.oauth.OauthRoom;
import io.slipway.identity.oidc.Issuers;
import io.slipway.identity.testing.FakeProvider;
import io.slipway.kit.Ids;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose word counts when somebody wants a role of AWS. */
@NullUnmarked
class WebIdentityTokensTest {
    private static final String OWN = "https://slipway.example/oidc";

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);

    private Database database;
    private FakeProvider provider;
    private IdentityArea identity;
    private OauthRoom oauth;
    private WebIdentityTokens tokens;

    @BeforeEach
    void make(@TempDir Path folder) {
        database = TestDatabases.sqlite(folder);
        Base base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        identity = new IdentityArea(base, new byte[32]);
        Issuers issuers = new Issuers(clock);
        oauth = new OauthRoom(
                base, identity, issuers, new OauthRoom.Place(OWN, "00000000-0000-4000-8000-000000000001"));
        tokens = new WebIdentityTokens(oauth, issuers);
        provider = new FakeProvider(clock::millis);
    }

    @AfterEach
    void close() {
        provider.close();
        database.close();
    }

    @Test
    void what_an_issuer_has_signed_is_told_as_texts_for_whomever_it_is() {
        JWTClaimsSet claims = provider.claims("bob")
                .audience(List.of("sts.amazonaws.com", "other"))
                .claim("repository", "team/code")
                .build();
        assertThat(tokens.claims(provider.issuer(), provider.token(claims)).orElseThrow())
                .containsEntry("sub", List.of("bob"))
                .containsEntry("aud", List.of("sts.amazonaws.com", "other"))
                .containsEntry("repository", List.of("team/code"))
                .containsEntry(
                        "exp",
                        List.of(String.valueOf(
                                claims.getExpirationTime().toInstant().getEpochSecond())));
    }

    @Test
    void what_it_has_not_signed_or_is_over_is_nobodys_word() {
        String token = provider.token(provider.claims("bob").build());
        int signature = token.lastIndexOf('.') + 1;
        String other = token.charAt(signature) == 'A' ? "B" : "A";
        assertThat(tokens.claims(
                        provider.issuer(), token.substring(0, signature) + other + token.substring(signature + 1)))
                .isEmpty();
        assertThat(tokens.claims(OWN, token)).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(tokens.claims(provider.issuer(), token)).isEmpty();
    }

    @Test
    void the_platforms_own_tokens_count_without_asking_anybody() {
        Caller admin = identity.identities().bootstrapAdmin("admin@example.com").orElseThrow();
        Entry robot = identity.directory().create(admin, PrincipalKind.SERVICE_PRINCIPAL, Entry.Content.named(""));
        String secret =
                oauth.secrets().create(admin, robot.id(), Duration.ofDays(1)).value();
        String token = oauth.programs()
                .issue(WorkspaceId.FIRST, robot.content().name(), secret, Optional.empty(), "192.0.2.7", caller -> {})
                .accessToken();
        assertThat(tokens.claims(OWN, token).orElseThrow())
                .containsEntry("sub", List.of(robot.content().name()));
    }
}
