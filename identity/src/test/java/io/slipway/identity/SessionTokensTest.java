package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.testing.People;
import io.slipway.kit.testing.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTokensTest {
    private static final Caller ANN = People.ANN;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final SessionTokens tokens = new SessionTokens(new byte[32], clock);
    private final String token = tokens.issue(ANN.workspace(), ANN.id(), Duration.ofMinutes(1));

    @Test
    void a_token_stands_for_its_caller_until_its_time_is_over() {
        assertThat(tokens.authenticate(token)).contains(new SessionTokens.Claim(ANN.workspace(), ANN.id()));
        clock.advance(Duration.ofMillis(59_999));
        assertThat(tokens.authenticate(token)).contains(new SessionTokens.Claim(ANN.workspace(), ANN.id()));
        clock.advance(Duration.ofMillis(1));
        assertThat(tokens.authenticate(token)).isEmpty();
    }

    @Test
    void a_restart_with_the_same_key_knows_the_token_and_another_platform_does_not() {
        assertThat(new SessionTokens(new byte[32], clock).authenticate(token))
                .contains(new SessionTokens.Claim(ANN.workspace(), ANN.id()));
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(new SessionTokens(other, clock).authenticate(token)).isEmpty();
    }

    @Test
    void claims_that_were_changed_are_worth_nothing() {
        List<String> parts = List.of(token.split("\\.", -1));
        String claims = new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8);
        String promoted = claims.replaceFirst("[0-9]+", "1");
        assertThat(promoted).isNotEqualTo(claims);
        String forged = parts.get(0) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(promoted.getBytes(StandardCharsets.UTF_8))
                + "." + parts.get(2);
        assertThat(tokens.authenticate(forged)).isEmpty();
    }

    @Test
    void what_is_no_token_is_nobodys() {
        for (String text : List.of("", "slip", "slip..", "slip.a.b", "dapi1", token + ".x", "x" + token)) {
            assertThat(tokens.authenticate(text)).as(text).isEmpty();
        }
    }

    @Test
    void a_secret_of_one_purpose_opens_nothing_else() {
        assertThat(tokens.derive("a")).isEqualTo(tokens.derive("a")).isNotEqualTo(tokens.derive("b"));
        String payload = token.split("\\.", -1)[1];
        assertThat(tokens.authenticate("slip." + payload + "." + tokens.derive(payload)))
                .isEmpty();
    }

    @Test
    void a_short_key_is_refused() {
        assertThatThrownBy(() -> new SessionTokens(new byte[31], clock)).isInstanceOf(IllegalArgumentException.class);
    }
}
