package io.slipway.server;

import io.slipway.iam.WebTokens;
import io.slipway.identity.oauth.OauthRoom;
import io.slipway.identity.oidc.Claims;
import io.slipway.identity.oidc.Issuers;
import io.slipway.identity.oidc.KeySource;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.store.Json;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens for which roles of AWS are given: the platform's own, and those of issuers elsewhere that an account has made known. */
record WebIdentityTokens(OauthRoom oauth, Issuers issuers) implements WebTokens {
    @Override
    public Optional<Map<String, List<String>>> claims(String issuer, String token) {
        KeySource keys = oauth.place().owns(issuer)
                ? new KeySource.Given(Json.write(oauth.publicKeys()))
                : new KeySource.OfIssuer(issuer);
        try {
            // For whom it is says the account: with its provider it keeps the audiences.
            return Optional.of(texts(issuers.checked(token, issuer, Issuers.claimedAudience(token), keys)
                    .claims()));
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.UNAUTHENTICATED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, List<String>> texts(Claims claims) {
        Map<String, List<String>> texts = new HashMap<>();
        claims.all().forEach((name, value) -> {
            if (value instanceof Collection<?> many) {
                texts.put(name, many.stream().map(WebIdentityTokens::text).toList());
            } else {
                texts.put(name, List.of(text(value)));
            }
        });
        return texts;
    }

    /** Times are seconds, as they stand in the token. */
    private static String text(Object value) {
        return value instanceof Date date ? String.valueOf(date.toInstant().getEpochSecond()) : String.valueOf(value);
    }
}
