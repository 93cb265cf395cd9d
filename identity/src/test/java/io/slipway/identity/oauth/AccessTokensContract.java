package io.slipway.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.slipway.identity.secret.KeySealing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Which tokens are believed, in any database. */
@NullUnmarked
@SuppressWarnings("JavaUtilDate")
abstract class AccessTokensContract extends OauthContract {
    @Test
    void keys_outlive_the_server_are_sealed_and_the_one_of_before_is_shown_while_it_counts() throws Exception {
        String value = secret().value();
        String first = issue(client(), value).accessToken();
        begin();
        assertThat(holder(first)).contains(client());
        String kept = database.read(handle -> handle.createQuery("select sealed from signing_key")
                .map((row, context) -> new String(row.getBytes("sealed"), StandardCharsets.ISO_8859_1))
                .one());
        assertThat(kept).doesNotContain("\"d\"").doesNotContain("RSA");
        clock.advance(SigningKeys.SIGNS.minus(Duration.ofMinutes(30)));
        String before = issue(client(), value).accessToken();
        clock.advance(Duration.ofMinutes(30));
        String after = issue(client(), value).accessToken();
        assertThat(kid(before)).isNotEqualTo(kid(after));
        assertThat(published()).containsExactlyInAnyOrder(kid(before), kid(after));
        assertThat(holder(before)).contains(client());
        clock.advance(Duration.ofDays(2));
        String late = issue(client(), value).accessToken();
        assertThat(published()).containsExactly(kid(late));
        assertThat(kid(late)).isEqualTo(kid(after));
    }

    private static String kid(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private List<String> published() throws Exception {
        assertThat(room.publicKeys().toString()).doesNotContain(" d=", "{d=", " p=", "{p=", " dp=");
        return JWKSet.parse(room.publicKeys()).getKeys().stream()
                .map(key -> key.getKeyID())
                .toList();
    }

    /** A token like one of ours but for what {@code change} makes of its claims. */
    private static String forged(
            String like, JWSHeader header, JWSSigner signer, UnaryOperator<JWTClaimsSet.Builder> change)
            throws Exception {
        SignedJWT token = new SignedJWT(
                header,
                change.apply(new JWTClaimsSet.Builder(SignedJWT.parse(like).getJWTClaimsSet()))
                        .build());
        token.sign(signer);
        return token.serialize();
    }

    @Test
    void what_others_have_signed_or_nobody_is_no_token() throws Exception {
        String real = issue(client(), secret().value()).accessToken();
        JWTClaimsSet claims = SignedJWT.parse(real).getJWTClaimsSet();
        String kid = kid(real);
        RSAKey own = new RSAKeyGenerator(2048).keyID(kid).generate();
        RSAKey published = JWKSet.parse(room.publicKeys()).getKeys().get(0).toRSAKey();
        byte[] asSecret = published.toRSAPublicKey().getEncoded();
        JWSHeader rs256 = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build();
        String[] parts = real.split("\\.", -1);
        List<String> attacks = List.of(
                new PlainJWT(claims).serialize(),
                Base64URL.encode("{\"alg\":\"none\",\"kid\":\"" + kid + "\"}") + "." + parts[1] + ".",
                forged(real, rs256, new RSASSASigner(own), same -> same),
                forged(
                        real,
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(kid)
                                .jwk(own.toPublicJWK())
                                .build(),
                        new RSASSASigner(own),
                        same -> same),
                forged(
                        real,
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(kid).build(),
                        new MACSigner(asSecret),
                        same -> same),
                forged(
                        real,
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("other").build(),
                        new RSASSASigner(own),
                        same -> same),
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + parts[2].substring(1),
                parts[0] + "." + Base64URL.encode(claims.toString().replace(client(), "admin@example.com")) + "."
                        + parts[2],
                real + "." + parts[2],
                "a.b.c",
                "..",
                "e".repeat(10_000));
        for (String attack : attacks) {
            assertThat(room.holder(attack, Optional.empty())).as(attack).isEmpty();
            assertThat(room.accountHolder(attack)).as(attack).isEmpty();
        }
        assertThat(holder(real)).contains(client());
    }

    /** Somebody who has our key cannot use what is for another place or time; so neither can who was given such a token. */
    @Test
    void what_is_for_another_place_or_time_is_no_token_here() throws Exception {
        String real = issue(client(), secret().value()).accessToken();
        RSAKey ours = new SigningKeys(base, new KeySealing(identity.tokens(), base.ids())).signing();
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(ours.getKeyID()).build();
        RSASSASigner signer = new RSASSASigner(ours);
        assertThat(holder(forged(real, header, signer, same -> same))).contains(client());
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> changes = Map.ofEntries(
                Map.entry("issuer", claims -> claims.issuer("https://evil.example/oidc")),
                Map.entry("no issuer", claims -> claims.issuer(null)),
                Map.entry("audience", claims -> claims.audience("https://evil.example")),
                Map.entry("another workspace", claims -> claims.audience("2002")),
                Map.entry("two audiences", claims -> claims.audience(List.of("1001", "2002"))),
                Map.entry("no audience", claims -> claims.audience((String) null)),
                Map.entry("expired", claims -> claims.expirationTime(new Date(clock.millis()))),
                Map.entry("endless", claims -> claims.expirationTime(null)),
                Map.entry("of tomorrow", claims -> claims.issueTime(new Date(clock.millis() + 86_400_000))),
                Map.entry("another secret", claims -> claims.claim("grant_id", "other")),
                Map.entry("another grant", claims -> claims.claim("grant_type", "authorization_code")),
                Map.entry("no grant", claims -> claims.claim("grant_type", null)),
                Map.entry(
                        "another principal",
                        claims -> claims.claim("principal_id", admin.id().toString())),
                Map.entry("no principal", claims -> claims.claim("principal_id", "x")));
        for (Map.Entry<String, UnaryOperator<JWTClaimsSet.Builder>> change : changes.entrySet()) {
            assertThat(holder(forged(real, header, signer, change.getValue())))
                    .as(change.getKey())
                    .isEmpty();
        }
    }
}
