package io.slipway.identity.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Access tokens: signed, so that others can check them by {@link SigningKeys#published}, and never believed alone: what stands behind
 * one, and what its principal may do, is looked up at each request.
 */
final class AccessTokens {
    static final Duration LIFE = Duration.ofHours(1);

    private static final int LONGEST = 4096;
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final String GRANT = "grant_type";
    private static final String GRANT_ID = "grant_id";
    /** Names can be given to somebody else; numbers are not. */
    private static final String PRINCIPAL = "principal_id";

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final Identities identities;
    private final SigningKeys keys;
    private final OauthRoom.Place place;
    private final OauthStore store = new OauthStore();

    AccessTokens(Base base, Identities identities, SigningKeys keys, OauthRoom.Place place) {
        this.database = base.database();
        this.clock = base.clock();
        this.ids = base.ids();
        this.identities = identities;
        this.keys = keys;
        this.place = place;
    }

    String issue(Caller caller, Grant grant) {
        Instant now = clock.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(place.issuer(grant.workspace()))
                .audience(place.audience(grant.workspace()))
                .subject(caller.name())
                .jwtID(ids.uuid())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .claim("client_id", grant.clientId())
                .claim("scope", Scopes.KNOWN.get(0))
                .claim(GRANT, grant.kind().word())
                .claim(GRANT_ID, grant.id())
                .claim(PRINCIPAL, grant.principal().toString())
                .build();
        RSAKey key = keys.signing();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new PlatformException(ErrorCode.INTERNAL, "a token cannot be signed", e);
        }
        return token.serialize();
    }

    /** Who holds the token. Empty: it is not ours, its time is over, or what stood behind it is gone. */
    Optional<Caller> holder(String token) {
        return read(token)
                .filter(grant -> database.read(handle -> store.stands(handle, grant, clock.millis())))
                .flatMap(grant -> identities.caller(grant.workspace(), grant.principal()));
    }

    private Optional<Grant> read(String text) {
        if (text.length() > LONGEST || text.chars().filter(each -> each == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            SignedJWT token = SignedJWT.parse(text);
            return signed(token) ? grant(token.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** The algorithm is ours, never the token's: otherwise it could ask to be checked with the public key as a shared secret. */
    private boolean signed(SignedJWT token) throws JOSEException {
        JWSHeader header = token.getHeader();
        if (!JWSAlgorithm.RS256.equals(header.getAlgorithm()) || header.getKeyID() == null) {
            return false;
        }
        Optional<RSAKey> key = keys.believed(header.getKeyID());
        return key.isPresent() && token.verify(new RSASSAVerifier(key.get()));
    }

    private Optional<Grant> grant(JWTClaimsSet claims) throws ParseException {
        Date issued = claims.getIssueTime();
        Date expires = claims.getExpirationTime();
        List<String> audience = claims.getAudience();
        if (issued == null || expires == null || audience.size() != 1) {
            return Optional.empty();
        }
        Instant now = clock.now();
        if (!expires.toInstant().isAfter(now) || issued.toInstant().isAfter(now.plus(SKEW))) {
            return Optional.empty();
        }
        WorkspaceId workspace = audience.get(0).equals(place.account())
                ? WorkspaceId.ACCOUNT
                : new WorkspaceId(Long.parseLong(audience.get(0)));
        if (!place.issuer(workspace).equals(claims.getIssuer())) {
            return Optional.empty();
        }
        return Arrays.stream(Grant.Kind.values())
                .filter(kind -> kind.word().equals(claims.getClaims().get(GRANT)))
                .findFirst()
                .map(kind -> new Grant(
                        kind,
                        String.valueOf(claims.getClaims().get(GRANT_ID)),
                        workspace,
                        new PrincipalId(
                                Long.parseLong(String.valueOf(claims.getClaims().get(PRINCIPAL)))),
                        String.valueOf(claims.getClaims().get("client_id"))));
    }
}
