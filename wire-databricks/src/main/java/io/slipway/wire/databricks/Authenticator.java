package io.slipway.wire.databricks;

import com.linecorp.armeria.common.RequestHeaders;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.platform.identity.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the caller behind {@code Authorization: Bearer <token>} or {@code Basic token:<token>} (legacy CLI, curl, netrc); behind the
 * session cookie of a browser only if neither is there.
 */
public final class Authenticator {
    private final Function<String, Optional<Caller>> tokens;
    private final Function<String, Optional<Caller>> sessions;

    /**
     * @param tokens finds the holder of a token value
     * @param sessions finds the user of a browser session's secret
     */
    public Authenticator(Function<String, Optional<Caller>> tokens, Function<String, Optional<Caller>> sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /** Knows tokens only. */
    public static Authenticator ofTokens(Function<String, Optional<Caller>> tokens) {
        return new Authenticator(tokens, secret -> Optional.empty());
    }

    /** Whoever sent this request; changes by a session must show its CSRF token. */
    public Caller authenticate(RequestHeaders headers) {
        Optional<String> cookie = Cookies.session(headers);
        if (cookie.isPresent() && !headers.contains("authorization")) {
            Cookies.check(headers, cookie.get());
            return sessions.apply(cookie.get())
                    .orElseThrow(() ->
                            new PlatformException(ErrorCode.UNAUTHENTICATED, "The session is over. Sign in again."));
        }
        return holder(headers);
    }

    /** Who holds the token that the request shows; a session does not count. */
    public Caller holder(RequestHeaders headers) {
        String token = token(headers)
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.UNAUTHENTICATED,
                        "Credential was not sent or was of an unsupported type for this API."));
        return holder(token);
    }

    /** Who holds this token. */
    public Caller holder(String token) {
        return tokens.apply(token)
                .orElseThrow(() -> new PlatformException(ErrorCode.PERMISSION_DENIED, "Invalid access token."));
    }

    /** The token that the request shows. */
    public static Optional<String> token(RequestHeaders headers) {
        String header = headers.get("authorization", "");
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
