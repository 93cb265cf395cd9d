package io.slipway.wire.databricks;

import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import io.slipway.wire.ShownToken;
import java.util.Optional;
import java.util.function.Function;

/** Finds the caller behind a personal access token. */
public final class TokenCredentials implements Credentials {
    private final Function<String, Optional<Caller>> tokens;

    /** @param tokens finds the holder of a token value */
    public TokenCredentials(Function<String, Optional<Caller>> tokens) {
        this.tokens = tokens;
    }

    @Override
    public Caller caller(Request request) {
        return holder(ShownToken.in(request.headers())
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.UNAUTHENTICATED,
                        "Credential was not sent or was of an unsupported type for this API.")));
    }

    /** Who holds this token. */
    public Caller holder(String token) {
        return tokens.apply(token)
                .orElseThrow(() -> new PlatformException(ErrorCode.PERMISSION_DENIED, "Invalid access token."));
    }
}
