package io.slipway.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.Context;
import io.slipway.store.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People and programs for whom a provider vouches, which an account has made known. */
final class WebIdentities {
    private final IamRecords records;
    private final WebTokens tokens;

    /** @param known what trust policies may ask about them, by names that begin with the provider's */
    record Found(String provider, String subject, String audience, Context known) {}

    WebIdentities(IamRecords records, WebTokens tokens) {
        this.records = records;
        this.tokens = tokens;
    }

    /** The provider must be known to the account of the role. */
    Found check(String roleArn, String token) {
        String issuer = issuer(token);
        String name = issuer.replaceFirst("^https?://", "").replaceAll("/+$", "");
        Entity provider = Arn.of(roleArn)
                .flatMap(Arn::owner)
                .flatMap(account -> records.database()
                        .read(handle -> records.entities().named(handle, account, EntityKind.OIDC_PROVIDER, name)))
                .orElseThrow(() -> StsFault.token("No OpenIDConnect provider found in your account for " + issuer));
        Map<String, List<String>> claims = tokens.claims(issuer, token)
                .orElseThrow(() -> StsFault.token("The signature of the token could not be verified."));
        long now = records.clock().millis() / 1_000;
        if (one(claims, "exp").filter(each -> seconds(each) > now).isEmpty()) {
            throw StsFault.expired(
                    "Token expired: current date/time " + now + " must be before the expiration date/time"
                            + one(claims, "exp").map(each -> " " + each).orElse(""));
        }
        String subject = one(claims, "sub").orElseThrow(() -> StsFault.token("Missing a required claim: sub"));
        List<String> clients = provider.provider().clients();
        String audience = claims.getOrDefault("aud", List.of()).stream()
                .filter(clients::contains)
                .findFirst()
                .orElseThrow(() -> StsFault.token("Incorrect token audience"));
        Map<String, List<String>> known = new HashMap<>();
        claims.forEach((claim, values) -> known.put(name + ":" + claim, values));
        known.put(name + ":aud", List.of(audience));
        return new Found(provider.arn(), subject, audience, Context.of(known));
    }

    private static Optional<String> one(Map<String, List<String>> claims, String name) {
        return claims.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static long seconds(String text) {
        try {
            return (long) Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw StsFault.token("The claim exp is no time.");
        }
    }

    /** As the token says: nothing is believed before its signature is checked with this issuer's keys. */
    private static String issuer(String token) {
        List<String> parts = new ArrayList<>(List.of(token.split("\\.", -1)));
        if (parts.size() == 3) {
            try {
                byte[] payload = Base64.getUrlDecoder().decode(parts.get(1));
                JsonNode issuer = Json.mapper()
                        .readTree(new String(payload, StandardCharsets.UTF_8))
                        .path("iss");
                if (issuer.isTextual()) {
                    return issuer.asText();
                }
            } catch (IllegalArgumentException | JsonProcessingException e) {
                throw StsFault.token("The ID Token provided is not a valid JWT.");
            }
        }
        throw StsFault.token("The ID Token provided is not a valid JWT.");
    }
}
