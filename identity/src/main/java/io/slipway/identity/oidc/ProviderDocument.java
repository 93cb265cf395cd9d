package io.slipway.identity.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider tells of itself (OpenID Connect Discovery 1.0, 3). Issuers of tokens for programs tell of their keys only.
 *
 * @param issuer as tokens name it
 * @param authorize where people sign in
 * @param token where codes become tokens
 * @param userInfo where more is told of somebody
 * @param secretInForm whether it takes a client's secret in the form only
 */
public record ProviderDocument(
        String issuer,
        URI keys,
        Optional<URI> authorize,
        Optional<URI> token,
        Optional<URI> userInfo,
        boolean secretInForm) {
    private static final String PLACE = "/.well-known/openid-configuration";

    static ProviderDocument read(ForeignHttp http, String issuer) {
        URI address = URI.create((issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + PLACE);
        JsonNode told = http.get(address, Map.of());
        String itself = told.path("issuer").asText();
        if (!itself.equals(issuer)) {
            throw new PlatformException(
                    ErrorCode.UNAVAILABLE,
                    "The provider at " + ForeignHttp.where(address) + " says that its issuer is '" + itself + "', and '"
                            + issuer + "' is expected. Both must be the same, letter by letter.");
        }
        try {
            return new ProviderDocument(
                    issuer,
                    endpoint(told, "jwks_uri").orElseThrow(() -> missing(address, "jwks_uri")),
                    endpoint(told, "authorization_endpoint"),
                    endpoint(told, "token_endpoint"),
                    endpoint(told, "userinfo_endpoint"),
                    secretInForm(told.path("token_endpoint_auth_methods_supported")));
        } catch (PlatformException e) {
            throw e.code() == ErrorCode.UNAVAILABLE ? e : ForeignHttp.unreachable(address, e.message());
        }
    }

    private static PlatformException missing(URI address, String field) {
        return ForeignHttp.unreachable(address, "it does not name its " + field);
    }

    private static Optional<URI> endpoint(JsonNode told, String field) {
        return told.path(field).isTextual()
                ? Optional.of(ForeignAddress.checked(field, told.path(field).asText()))
                : Optional.empty();
    }

    /** Without the list it is the header (OpenID Connect Discovery 1.0, 3). */
    private static boolean secretInForm(JsonNode methods) {
        List<String> all = new ArrayList<>();
        methods.forEach(each -> all.add(each.asText()));
        return all.contains("client_secret_post") && !all.contains("client_secret_basic");
    }

    URI authorizeRequired() {
        return authorize.orElseThrow(() -> missing(keys, "authorization_endpoint"));
    }

    URI tokenRequired() {
        return token.orElseThrow(() -> missing(keys, "token_endpoint"));
    }
}
