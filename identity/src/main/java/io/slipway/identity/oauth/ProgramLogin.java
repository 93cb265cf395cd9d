package io.slipway.identity.oauth;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;

/**
 * That a person lets a program act as them: it begins with a code, and lasts while the program renews what it got for it.
 *
 * @param workspace 0 = the account
 * @param codeUsed whether the code was turned into tokens
 * @param challenge what the verifier of the program must answer
 * @param expiresAt epoch milliseconds: the end of the code, then the end of all that came of it
 */
record ProgramLogin(
        String id,
        WorkspaceId workspace,
        PrincipalId user,
        String clientId,
        String scope,
        boolean codeUsed,
        String redirectUri,
        String challenge,
        long expiresAt) {
    Grant grant() {
        return new Grant(Grant.Kind.LOGIN, id, workspace, user, clientId);
    }
}
