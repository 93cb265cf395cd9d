package io.slipway.identity.oauth;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.Locale;
import java.util.Map;

/** Why a program gets no token, in the words of RFC 6749 (4.1.2.1 and 5.2). */
public enum OauthError {
    INVALID_REQUEST,
    INVALID_CLIENT,
    INVALID_GRANT,
    INVALID_SCOPE,
    UNSUPPORTED_GRANT_TYPE,
    UNSUPPORTED_RESPONSE_TYPE,
    ACCESS_DENIED,
    /** OpenID Connect, 3.1.2.6: nobody is signed in, and nobody may be asked to. */
    LOGIN_REQUIRED;

    /** The refusal; its detail {@code reason} is the word for the wire. */
    public PlatformException because(String why) {
        return new PlatformException(
                this == INVALID_CLIENT ? ErrorCode.UNAUTHENTICATED : ErrorCode.INVALID_PARAMETER_VALUE,
                why,
                Map.of("reason", name().toLowerCase(Locale.ROOT)));
    }
}
