package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.store.Fact;
import java.util.List;

/** What happens to levels on things. */
public sealed interface GrantFact extends Fact {
    /** Who was given what, by name; whoever is not among them and not above has nothing any more. */
    record Shared(Ref subject, List<Grant> grants) implements GrantFact {
        public Shared {
            grants = List.copyOf(grants);
        }
    }

    /** The thing, which has exactly one owner, is another's now. */
    record Handed(Ref subject, PrincipalId owner) implements GrantFact {}
}
