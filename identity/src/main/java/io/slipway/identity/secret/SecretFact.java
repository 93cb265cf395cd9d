package io.slipway.identity.secret;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to scopes of secrets and to what they hold. Never holds a value. */
public sealed interface SecretFact extends Fact {
    record Created(Ref subject, String name) implements SecretFact {}

    record Deleted(Ref subject, String name) implements SecretFact {}

    record SecretPut(Ref subject, String name, String key) implements SecretFact {}

    record SecretDeleted(Ref subject, String name, String key) implements SecretFact {}

    record AclPut(Ref subject, String name, String principal, SecretRight permission) implements SecretFact {}

    record AclDeleted(Ref subject, String name, String principal) implements SecretFact {}
}
