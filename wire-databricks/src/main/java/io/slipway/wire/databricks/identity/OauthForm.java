package io.slipway.wire.databricks.identity;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import io.slipway.identity.oauth.OauthError;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Parameters of OAuth, of which none may come twice (RFC 6749, 3.1 and 3.2). */
record OauthForm(QueryParams params) {
    static OauthForm ofQuery(Request request) {
        return new OauthForm(request.context().queryParams());
    }

    static OauthForm ofBody(Request request) {
        MediaType type = request.http().contentType();
        if (type == null || !type.is(MediaType.FORM_DATA)) {
            throw OauthError.INVALID_REQUEST.because("The body must be application/x-www-form-urlencoded.");
        }
        return new OauthForm(QueryParams.fromQueryString(request.body().toStringUtf8()));
    }

    /** Empty if it is missing or has no value. */
    Optional<String> one(String name) {
        List<String> all = params.getAll(name);
        if (all.size() > 1) {
            throw OauthError.INVALID_REQUEST.because(name + " comes twice.");
        }
        try {
            all.forEach(WireJson::checkText);
        } catch (PlatformException noText) {
            throw OauthError.INVALID_REQUEST.because(noText.message());
        }
        return all.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    String required(String name) {
        return one(name)
                .orElseThrow(() -> OauthError.INVALID_REQUEST.because("The parameter " + name + " is missing."));
    }

    /** The program that asks, and what it shows for itself. */
    record Client(String id, Optional<String> secret) {
        String requireSecret() {
            return secret.orElseThrow(() -> OauthError.INVALID_CLIENT.because("Client authentication failed."));
        }
    }

    /** By HTTP Basic or in the form, never both (RFC 6749, 2.3). */
    Client client(Request request) {
        String header = request.headers().get("authorization", "");
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return new Client(required("client_id"), one("client_secret"));
        }
        if (one("client_secret").isPresent()) {
            throw OauthError.INVALID_REQUEST.because("The client authenticates twice.");
        }
        Client shown = basic(header.substring(6).strip());
        if (one("client_id").filter(id -> !id.equals(shown.id())).isPresent()) {
            throw OauthError.INVALID_REQUEST.because("client_id is another one than in the header Authorization.");
        }
        return shown;
    }

    private static Client basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                WireJson.checkText(pair);
                return new Client(pair.substring(0, colon), Optional.of(pair.substring(colon + 1)));
            }
        } catch (IllegalArgumentException | PlatformException notReadable) {
            throw OauthError.INVALID_CLIENT.because("The header Authorization cannot be read.");
        }
        throw OauthError.INVALID_CLIENT.because("The header Authorization cannot be read.");
    }
}
