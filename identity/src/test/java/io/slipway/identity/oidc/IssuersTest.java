package io.slipway.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.testing.FakeProvider;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading documents and keys of issuers, which may be down, wrong or hostile. */
@NullUnmarked
class IssuersTest {
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final Issuers issuers = new Issuers(clock);
    private FakeProvider provider;

    @BeforeEach
    void start() {
        provider = new FakeProvider(clock::millis);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private ForeignToken check(String token) {
        return issuers.checked(
                token, provider.issuer(), Set.of(FakeProvider.CLIENT), new KeySource.OfIssuer(provider.issuer()));
    }

    private String token() {
        return provider.token(provider.claims("1").build());
    }

    private static void unreachable(String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining(why);
    }

    /** After the pause that follows each try. */
    private void unreachableNow(String why) {
        clock.advance(Fetched.PAUSE);
        unreachable(why, () -> issuers.document(provider.issuer()));
    }

    @Test
    void keys_are_read_once_and_again_when_one_is_unknown_but_not_at_every_try() {
        assertThat(check(token()).issuer()).isEqualTo(provider.issuer());
        assertThat(check(token()).issuer()).isEqualTo(provider.issuer());
        assertThat(provider.reads("/jwks")).isEqualTo(1);
        assertThat(provider.reads(DISCOVERY)).isEqualTo(1);
        String before = token();
        provider.rotate();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> check(token())).hasMessageContaining("does not publish");
        }
        assertThat(provider.reads("/jwks")).isEqualTo(1);
        clock.advance(Fetched.PAUSE);
        assertThat(check(token()).issuer()).isEqualTo(provider.issuer());
        assertThat(provider.reads("/jwks")).isEqualTo(2);
        assertThatThrownBy(() -> check(before)).hasMessageContaining("does not publish");
        assertThat(provider.reads("/jwks")).isEqualTo(2);
    }

    @Test
    void a_provider_that_is_down_is_believed_for_an_hour_and_asked_now_and_then() {
        assertThat(check(token()).issuer()).isEqualTo(provider.issuer());
        provider.answers(DISCOVERY, 503, "");
        provider.answers("/jwks", 503, "");
        clock.advance(Fetched.FRESH);
        assertThat(check(token()).issuer()).isEqualTo(provider.issuer());
        assertThat(check(token()).issuer()).isEqualTo(provider.issuer());
        assertThat(provider.reads("/jwks")).isEqualTo(2);
        clock.advance(Fetched.GOOD);
        unreachable(
                "The provider at " + provider.issuer() + DISCOVERY + " cannot be reached: it answers 503.",
                () -> check(token()));
        provider.answersAsUsual(DISCOVERY);
        provider.answersAsUsual("/jwks");
        unreachable("it answers 503", () -> check(token()));
        clock.advance(Fetched.PAUSE);
        assertThat(check(token()).issuer()).isEqualTo(provider.issuer());
    }

    @Test
    void a_document_that_is_not_the_issuers_own_is_refused() {
        provider.document().put("issuer", provider.issuer() + "/");
        unreachableNow(
                "says that its issuer is '" + provider.issuer() + "/', and '" + provider.issuer() + "' is expected");
        provider.document().put("issuer", provider.issuer()).put("jwks_uri", "http://keys.example.com/jwks");
        unreachableNow("jwks_uri must be an address that begins with https://");
        provider.document().remove("jwks_uri");
        unreachableNow("it does not name its jwks_uri");
    }

    @Test
    void an_answer_that_leads_elsewhere_is_too_long_or_no_json_is_refused() {
        provider.answers(DISCOVERY, 302, "http://127.0.0.1:1/elsewhere");
        unreachableNow("it answers with a redirect (302), which is not followed");
        provider.answers(DISCOVERY, 200, "{\"issuer\":\"" + "x".repeat(ForeignHttp.LONGEST) + "\"}");
        unreachableNow("its answer is longer than 512 KB");
        provider.answers(DISCOVERY, 200, "<html>");
        unreachableNow("its answer is no JSON");
        provider.answersAsUsual(DISCOVERY);
        provider.answers("/jwks", 200, "{\"keys\":7}");
        clock.advance(Fetched.PAUSE);
        unreachable("its keys cannot be read", () -> check(token()));
    }

    @Test
    void nobody_who_listens_is_told_as_such() {
        provider.close();
        unreachable("cannot be reached: the connection is refused", () -> issuers.document(provider.issuer()));
    }

    @Test
    void keys_may_be_at_an_address_of_their_own() {
        provider.answers(DISCOVERY, 404, "");
        KeySource source = new KeySource.At(java.net.URI.create(provider.issuer() + "/jwks"));
        assertThat(issuers.checked(token(), provider.issuer(), Set.of(FakeProvider.CLIENT), source)
                        .issuer())
                .isEqualTo(provider.issuer());
        assertThat(provider.reads(DISCOVERY)).isZero();
    }
}
