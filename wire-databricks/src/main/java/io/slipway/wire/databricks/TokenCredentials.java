package io.slipway.wire.databricks;

import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Addressing;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import io.slipway.wire.ShownToken;
import java.util.Optional;

/** Finds the caller behind a personal access token. */
public final class TokenCredentials implements Credentials {
    /** Finds the holder of a token's value, in the workspace that is named; empty for a token that opens nothing there. */
    public interface Tokens {
        Optional<Caller> holder(String value, Optional<WorkspaceId> named);
    }

    private final Tokens tokens;
    private final Addressing addressing;

    public TokenCredentials(Tokens tokens, Addressing addressing) {
        this.tokens = tokens;
        this.addressing = addressing;
    }

    @Override
    public Caller caller(Request request) {
        String token = ShownToken.in(request.headers())
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.UNAUTHENTICATED,
                        "Credential was not sent or was of an unsupported type for this API."));
        return holder(token, addressing.workspace(request));
    }

    /** Who holds this token, in the workspace that is named. */
    public Caller holder(String token, Optional<WorkspaceId> named) {
        return tokens.holder(token, named)
                .orElseThrow(() -> new PlatformException(ErrorCode.PERMISSION_DENIED, "Invalid access token."));
    }
}
