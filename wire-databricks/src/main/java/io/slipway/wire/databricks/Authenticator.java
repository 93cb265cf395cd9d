package io.slipway.wire.databricks;

import com.linecorp.armeria.common.RequestHeaders;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.platform.identity.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** Finds the caller behind {@code Authorization: Bearer <token>} or {@code Basic token:<token>} (legacy CLI, curl, netrc). */
final class Authenticator {
    private final Function<String, Optional<Caller>> tokens;

    Authenticator(Function<String, Optional<Caller>> tokens) {
        this.tokens = tokens;
    }

    Caller authenticate(RequestHeaders headers) {
        String header = headers.get("authorization", "");
        String token = token(header)
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.UNAUTHENTICATED,
                        "Credential was not sent or was of an unsupported type for this API."));
        return tokens.apply(token)
                .orElseThrow(() -> new PlatformException(ErrorCode.PERMISSION_DENIED, "Invalid access token."));
    }

    private static Optional<String> token(String header) {
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(header.substring(7).trim());
        }
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String pair = new String(
                        Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
                if (pair.startsWith("token:")) {
                    return Optional.of(pair.substring("token:".length()));
                }
            } catch (IllegalArgumentException notBase64) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
