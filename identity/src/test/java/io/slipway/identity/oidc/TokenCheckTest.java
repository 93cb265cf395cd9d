package io.slipway.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens of others are believed, and which attacks are not. */
@NullUnmarked
@SuppressWarnings("JavaUtilDate")
class TokenCheckTest {
    private static final String ISSUER = "https://login.example.com/realm";
    private static RSAKey rsa;
    private static ECKey ec;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final Issuers issuers = new Issuers(clock);

    @BeforeAll
    static void make_keys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject("1")
                .audience("slipway")
                .issueTime(new Date(clock.millis()))
                .expirationTime(new Date(clock.millis() + 60_000));
    }

    private static String signed(JWSHeader.Builder header, JWSSigner signer, JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(header.build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static JWSHeader.Builder by(JWSAlgorithm algorithm, String kid) {
        return new JWSHeader.Builder(algorithm).keyID(kid);
    }

    private String signed(JWTClaimsSet claims) throws Exception {
        return signed(by(JWSAlgorithm.RS256, "r"), new RSASSASigner(rsa), claims);
    }

    private ForeignToken check(String token) {
        return check(token, new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())));
    }

    private ForeignToken check(String token, JWKSet keys) {
        return issuers.checked(token, ISSUER, Set.of("slipway"), new KeySource.Given(keys.toString(false)));
    }

    private void refused(String why, String token) {
        assertThatThrownBy(() -> check(token))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED))
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void what_the_issuer_has_signed_is_believed(String algorithm) throws Exception {
        JWTClaimsSet claims = claims().claim("email", "ann@example.com").build();
        String token = signed(by(JWSAlgorithm.parse(algorithm), "r"), new RSASSASigner(rsa), claims);
        assertThat(check(token).claims().text("email")).contains("ann@example.com");
    }

    @Test
    void keys_of_curves_count_too_and_a_token_need_not_name_its_key() throws Exception {
        assertThat(check(signed(by(JWSAlgorithm.ES256, "e"), new ECDSASigner(ec), claims().build()))
                        .issuer())
                .isEqualTo(ISSUER);
        String unnamed = signed(new JWSHeader.Builder(JWSAlgorithm.RS256), new RSASSASigner(rsa), claims().build());
        assertThat(check(unnamed).audience()).containsExactly("slipway");
    }

    @Test
    void who_signs_with_nothing_or_with_the_published_key_as_a_secret_is_refused() throws Exception {
        JWTClaimsSet claims = claims().build();
        byte[] asSecret = rsa.toPublicJWK().toRSAPublicKey().getEncoded();
        byte[] asText = rsa.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8);
        String real = signed(claims);
        String[] parts = real.split("\\.", -1);
        refused("no signed JWT", new PlainJWT(claims).serialize());
        refused("no signed JWT", Base64URL.encode("{\"alg\":\"none\",\"kid\":\"r\"}") + "." + parts[1] + ".");
        refused("it is signed with 'None'", Base64URL.encode("{\"alg\":\"None\"}") + "." + parts[1] + "." + parts[2]);
        for (byte[] secret : List.of(asSecret, asText)) {
            for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS512)) {
                refused(
                        "it is signed with '" + algorithm + "'",
                        signed(by(algorithm, "r"), new MACSigner(secret), claims));
            }
        }
        OctetSequenceKey shared =
                new OctetSequenceKey.Builder(asSecret).keyID("s").build();
        String byShared = signed(by(JWSAlgorithm.HS256, "s"), new MACSigner(asSecret), claims);
        assertThatThrownBy(() -> check(byShared, new JWKSet(shared))).hasMessageContaining("it is signed with 'HS256'");
    }

    @Test
    void what_others_have_signed_or_was_changed_is_refused() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).keyID("r").generate();
        RSAKey unknown = new RSAKeyGenerator(2048).keyID("x").generate();
        RSAKey shortKey = new RSAKeyGenerator(1024, true).keyID("short").generate();
        JWTClaimsSet claims = claims().build();
        String real = signed(claims);
        String[] parts = real.split("\\.", -1);
        refused("its signature is wrong", signed(by(JWSAlgorithm.RS256, "r"), new RSASSASigner(own), claims));
        refused(
                "its signature is wrong",
                signed(by(JWSAlgorithm.RS256, "r").jwk(own.toPublicJWK()), new RSASSASigner(own), claims));
        refused(
                "a key that " + ISSUER + " does not publish",
                signed(by(JWSAlgorithm.RS256, "x").jwk(unknown.toPublicJWK()), new RSASSASigner(unknown), claims));
        refused(
                "its signature is wrong",
                parts[0] + "." + Base64URL.encode(claims().subject("2").build().toString()) + "." + parts[2]);
        String other = parts[2].startsWith("A") ? "B" : "A";
        refused("its signature is wrong", parts[0] + "." + parts[1] + "." + other + parts[2].substring(1));
        refused("no signed JWT", parts[0] + "." + parts[1] + ".");
        String weak = signed(
                by(JWSAlgorithm.RS256, "short"),
                new RSASSASigner(shortKey, Set.of(AllowWeakRSAKey.getInstance())),
                claims);
        assertThatThrownBy(() -> check(weak, new JWKSet(shortKey.toPublicJWK())))
                .hasMessageContaining("its signature is wrong");
        refused(
                "its signature is wrong",
                signed(
                        by(JWSAlgorithm.RS256, "r").criticalParams(Set.of("b")).customParam("b", true),
                        new RSASSASigner(rsa),
                        claims));
        for (String nonsense : List.of("", "..", "a.b.c", "eyJ", real + "." + parts[2], "e".repeat(40_000))) {
            assertThatThrownBy(() -> check(nonsense)).as(nonsense).hasMessageStartingWith("The token is refused: ");
        }
    }

    @Test
    void what_is_of_another_for_another_or_for_another_time_is_refused() throws Exception {
        Map<UnaryOperator<JWTClaimsSet.Builder>, String> changes = Map.ofEntries(
                Map.entry(claims -> claims.issuer(ISSUER + "/"), "its issuer is '" + ISSUER + "/'"),
                Map.entry(claims -> claims.issuer("https://evil.example"), "its issuer is"),
                Map.entry(claims -> claims.issuer(null), "its issuer is"),
                Map.entry(claims -> claims.audience("others"), "it is for 'others', not for slipway"),
                Map.entry(claims -> claims.audience((String) null), "it is for"),
                Map.entry(claims -> claims.expirationTime(new Date(clock.millis() - 61_000)), "it has expired"),
                Map.entry(claims -> claims.expirationTime(null), "it has no end"),
                Map.entry(claims -> claims.notBeforeTime(new Date(clock.millis() + 90_000)), "not valid yet"),
                Map.entry(claims -> claims.issueTime(new Date(clock.millis() + 90_000)), "not valid yet"),
                Map.entry(claims -> claims.claim("exp", "tomorrow"), "has no claims"));
        for (Map.Entry<UnaryOperator<JWTClaimsSet.Builder>, String> change : changes.entrySet()) {
            refused(change.getValue(), signed(change.getKey().apply(claims()).build()));
        }
    }

    @Test
    void clocks_may_differ_by_a_minute_and_one_audience_of_several_is_enough() throws Exception {
        assertThat(check(signed(claims().expirationTime(new Date(clock.millis() - 59_000))
                                .notBeforeTime(new Date(clock.millis() + 59_000))
                                .audience(List.of("others", "slipway"))
                                .build()))
                        .audience())
                .hasSize(2);
    }

    @Test
    void a_token_of_another_kind_is_refused() throws Exception {
        refused(
                "it is of type 'logout+jwt'",
                signed(
                        by(JWSAlgorithm.RS256, "r").type(new JOSEObjectType("logout+jwt")),
                        new RSASSASigner(rsa),
                        claims().build()));
        assertThat(check(signed(
                                by(JWSAlgorithm.RS256, "r").type(new JOSEObjectType("at+jwt")),
                                new RSASSASigner(rsa),
                                claims().build()))
                        .issuer())
                .isEqualTo(ISSUER);
    }

    @Test
    void what_a_token_says_of_itself_is_shown_shortened_and_in_plain_letters() throws Exception {
        refused("'a?b'", signed(claims().issuer("a\u202eb").build()));
        assertThatThrownBy(() -> check(signed(claims().issuer("x".repeat(5_000)).build())))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.com",
                "ftp://login.example.com",
                "login.example.com",
                "https://",
                "https://a@login.example.com",
                "https://login.example.com/#x",
                "file:///etc/passwd",
                "http://127.0.0.1.evil.example",
                "http://169.254.169.254/latest",
                "not an address"
            })
    void an_address_without_tls_elsewhere_is_refused(String address) {
        assertThatThrownBy(() -> ForeignAddress.checked("issuer", address))
                .hasMessageContaining("issuer must be an address that begins with https://");
    }

    @Test
    void keys_that_could_sign_or_are_shared_are_refused() throws Exception {
        for (String keys : List.of(
                new JWKSet(rsa).toString(false),
                new JWKSet(new OctetSequenceKey.Builder(new byte[32]).build()).toString(false),
                "{\"keys\":[]}")) {
            assertThatThrownBy(() -> Issuers.requireKeys("jwks_json", keys)).hasMessageContaining("public keys");
        }
        assertThatThrownBy(() -> Issuers.requireKeys("jwks_json", "{}")).hasMessageContaining("no JSON Web Key Set");
        Issuers.requireKeys("jwks_json", new JWKSet(rsa.toPublicJWK()).toString());
    }
}
