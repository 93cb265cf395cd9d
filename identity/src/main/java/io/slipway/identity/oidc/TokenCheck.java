package io.slipway.identity.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a token of another issuer is good: signed by that issuer, for us, and now (RFC 7519 and RFC 8725). Only algorithms count whose
 * checking key cannot sign: a token could otherwise ask to be checked with the published key as a shared secret, or not at all.
 */
final class TokenCheck {
    static final int LONGEST = 32 << 10;
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final int SHORTEST_RSA = 2048;
    private static final int SHOWN = 200;

    private static final Set<JWSAlgorithm> RSA = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);
    private static final Set<JWSAlgorithm> EC = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    /** Of identities and of access; tokens that end a session, for instance, are none of them. */
    private static final Set<String> TYPES = Set.of("", "jwt", "at+jwt", "application/at+jwt", "id_token+jwt");

    private final Clock clock;

    /**
     * What a token must be.
     *
     * @param issuer exactly
     * @param audiences one of them must be the token's
     */
    record Expected(String issuer, Set<String> audiences) {}

    TokenCheck(Clock clock) {
        this.clock = clock;
    }

    /** @param keys that may have signed a token with this head */
    ForeignToken of(String text, Expected expected, Function<JWSHeader, List<JWK>> keys) {
        SignedJWT token = parsed(text);
        JWSHeader header = token.getHeader();
        if (!RSA.contains(header.getAlgorithm()) && !EC.contains(header.getAlgorithm())) {
            throw refused("it is signed with " + shown(header.getAlgorithm().getName())
                    + "; RS, PS and ES with 256, 384 or 512 bits are accepted");
        }
        String type = Optional.ofNullable(header.getType())
                .map(JOSEObjectType::getType)
                .orElse("");
        if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw refused("it is of type " + shown(type));
        }
        JWTClaimsSet claims = claims(token);
        if (!expected.issuer().equals(claims.getIssuer())) {
            throw refused("its issuer is " + shown(String.valueOf(claims.getIssuer())) + ", not " + expected.issuer());
        }
        List<JWK> candidates = keys.apply(header);
        if (candidates.isEmpty()) {
            throw refused("it is signed with a key that " + expected.issuer() + " does not publish");
        }
        if (candidates.stream().noneMatch(key -> signed(token, key))) {
            throw refused("its signature is wrong");
        }
        times(claims);
        List<String> audience = claims.getAudience();
        if (audience.stream().noneMatch(expected.audiences()::contains)) {
            throw refused("it is for " + shown(String.join(", ", audience)) + ", not for "
                    + expected.audiences().stream().sorted().collect(Collectors.joining(" or ")));
        }
        return new ForeignToken(expected.issuer(), audience, new Claims(claims.getClaims()));
    }

    /** Who says that they have issued it. Nothing of it is believed yet. */
    static String issuer(String text) {
        return Optional.ofNullable(claims(parsed(text)).getIssuer())
                .orElseThrow(() -> refused("it does not name its issuer"));
    }

    /** For whom it says that it is. Nothing of it is believed yet. */
    static Set<String> audience(String text) {
        return Set.copyOf(claims(parsed(text)).getAudience());
    }

    private static SignedJWT parsed(String text) {
        if (text.length() > LONGEST) {
            throw refused("it is longer than " + (LONGEST >> 10) + " KB");
        }
        try {
            return SignedJWT.parse(text);
        } catch (ParseException | IllegalArgumentException notSigned) {
            throw new PlatformException(
                    ErrorCode.UNAUTHENTICATED, "The token is refused: it is no signed JWT.", notSigned);
        }
    }

    private static JWTClaimsSet claims(SignedJWT token) {
        try {
            JWTClaimsSet claims = token.getJWTClaimsSet();
            if (claims != null) {
                return claims;
            }
        } catch (ParseException noClaims) {
            throw new PlatformException(ErrorCode.UNAUTHENTICATED, "The token is refused: it has no claims.", noClaims);
        }
        throw refused("it has no claims");
    }

    static boolean usable(JWK key) {
        return key instanceof ECKey || (key instanceof RSAKey rsa && rsa.size() >= SHORTEST_RSA);
    }

    private static boolean signed(SignedJWT token, JWK key) {
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        try {
            JWSVerifier verifier;
            if (key instanceof RSAKey rsa && RSA.contains(algorithm) && rsa.size() >= SHORTEST_RSA) {
                verifier = new RSASSAVerifier(rsa);
            } else if (key instanceof ECKey ec && EC.contains(algorithm)) {
                verifier = new ECDSAVerifier(ec);
            } else {
                return false;
            }
            return token.verify(verifier);
        } catch (JOSEException otherKey) {
            return false;
        }
    }

    private void times(JWTClaimsSet claims) {
        Instant now = clock.now();
        Instant expires = Optional.ofNullable(claims.getExpirationTime())
                .map(Date::toInstant)
                .orElseThrow(() -> refused("it has no end"));
        if (!expires.plus(SKEW).isAfter(now)) {
            throw refused("it has expired");
        }
        boolean early = Optional.ofNullable(claims.getNotBeforeTime())
                        .filter(from -> from.toInstant().isAfter(now.plus(SKEW)))
                        .isPresent()
                || Optional.ofNullable(claims.getIssueTime())
                        .filter(issued -> issued.toInstant().isAfter(now.plus(SKEW)))
                        .isPresent();
        if (early) {
            throw refused("it is not valid yet");
        }
    }

    static PlatformException refused(String why) {
        return new PlatformException(ErrorCode.UNAUTHENTICATED, "The token is refused: " + why + ".");
    }

    /** Words of whoever has made the token, for the one who has sent it. */
    private static String shown(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (clean.length() > SHOWN ? clean.substring(0, SHOWN) + "..." : clean) + "'";
    }
}
