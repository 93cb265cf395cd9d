package io.slipway.identity;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;
import java.util.List;

/** What happens to users, tokens and sessions of browsers. Never holds a secret or its hash. */
public sealed interface IdentityFact extends Fact {
    record Created(Ref subject, Object details) implements IdentityFact {
        @Override
        public Object body() {
            return details;
        }
    }

    record Changed(Ref subject, Named details) implements IdentityFact {
        @Override
        public Object body() {
            return details;
        }
    }

    /** What the subject is called. */
    record Named(String name) {}

    record Deleted(Ref subject) implements IdentityFact {}

    /** The subject is in a workspace from now on, or is something else there: {@code USER} or {@code ADMIN}. */
    record Assigned(Ref subject, String workspace, String as) implements IdentityFact {}

    record Unassigned(Ref subject, String workspace) implements IdentityFact {}

    /** The user was given a link with which to choose a password. */
    record Invited(Ref subject) implements IdentityFact {}

    record PasswordChanged(Ref subject) implements IdentityFact {}

    /** The user has signed in by a provider for the first time; from now on it says when it is them. */
    record Bound(Ref subject, String issuer) implements IdentityFact {}

    /** Somebody has tried a wrong password of the user, or comes from a provider and may not come in. */
    record Refused(Ref subject, String address) implements IdentityFact {}

    /** Who has which role on the subject from now on. */
    record RolesGiven(Ref subject, List<RuleSet.Rule> rules) implements IdentityFact {
        public RolesGiven {
            rules = List.copyOf(rules);
        }
    }

    /** Somebody has signed in; the subject is the session's user. */
    record Begun(Ref subject) implements IdentityFact {}
}
