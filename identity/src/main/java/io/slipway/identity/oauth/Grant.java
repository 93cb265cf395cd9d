package io.slipway.identity.oauth;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;

/**
 * What stands behind an access token, and is looked at whenever it is shown: a secret, a login or a policy that is gone takes its tokens along.
 *
 * @param workspace in which its holder acts; 0 = the account
 * @param principal as whom its holder acts
 * @param clientId the program that got it
 */
record Grant(Kind kind, String id, WorkspaceId workspace, PrincipalId principal, String clientId) {
    enum Kind {
        SECRET("client_credentials"),
        LOGIN("authorization_code"),
        /** A federation policy, as it was. */
        POLICY("token_exchange");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it is written in tokens. */
        String word() {
            return word;
        }
    }
}
