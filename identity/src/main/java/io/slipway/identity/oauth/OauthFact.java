package io.slipway.identity.oauth;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to secrets of service principals, to logins of programs and to federation policies. Never holds a secret or its hash. */
public sealed interface OauthFact extends Fact {
    record SecretCreated(Ref subject, String secretId) implements OauthFact {}

    record SecretDeleted(Ref subject, String secretId) implements OauthFact {}

    /** Somebody has tried a wrong secret of the service principal, or one of a client that is {@code unknown}. */
    record SecretRefused(Ref subject, String address) implements OauthFact {}

    /** The user let a program act as them. */
    record LoggedIn(Ref subject, String clientId) implements OauthFact {}

    /** A code or a refresh token of the user came a second time, so one of those who have it has stolen it: all that came of it ends. */
    record Replayed(Ref subject, String clientId, String address) implements OauthFact {}

    record PolicyCreated(Ref subject, String issuer) implements OauthFact {}

    record PolicyChanged(Ref subject, String issuer) implements OauthFact {}

    record PolicyDeleted(Ref subject) implements OauthFact {}
}
