package io.slipway.wire.databricks.identity;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import io.slipway.wire.ShownToken;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds who asks the account: whoever has a token of the account, or whoever asks in a workspace and is in the account too. The tokens that
 * code on a cluster is given do not open it: an admin's cell would otherwise be all that somebody needs who shares their cluster.
 */
public final class AccountCredentials implements Credentials {
    private final String account;
    private final Credentials workspaces;
    private final Function<String, Optional<Caller>> tokens;
    private final Identities identities;

    /**
     * @param account its id, which paths name
     * @param tokens finds the holder of a token of the account
     */
    public AccountCredentials(
            String account, Credentials workspaces, Function<String, Optional<Caller>> tokens, Identities identities) {
        this.account = account;
        this.workspaces = workspaces;
        this.tokens = tokens;
        this.identities = identities;
    }

    @Override
    public Caller caller(Request request) {
        Caller known = known(request);
        Optional.ofNullable(request.context().pathParam("account"))
                .filter(named -> !named.equals(account))
                .ifPresent(other -> {
                    throw PlatformException.notFound("Account " + other + " does not exist.");
                });
        return known;
    }

    private Caller known(Request request) {
        Optional<String> token = ShownToken.in(request.headers());
        if (token.filter(SessionTokens::looksLikeOne).isPresent()) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    "The token of code on a cluster is of its workspace, not of the account.");
        }
        return token.flatMap(tokens).orElseGet(() -> {
            Caller caller = workspaces.caller(request);
            return identities
                    .caller(WorkspaceId.ACCOUNT, caller.id())
                    .orElseThrow(() -> new PlatformException(
                            ErrorCode.PERMISSION_DENIED, caller.name() + " is not in the account."));
        });
    }
}
