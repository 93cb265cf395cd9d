package io.slipway.iam;

import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Policies.Named;
import io.slipway.iam.policy.Requester;
import java.util.Map;

/**
 * Somebody, with all that says what they may do.
 *
 * @param known what conditions may ask about them besides what follows from who they are: their tags
 * @param sources kinds of the policies, as simulations tell them
 */
record Loaded(Requester requester, Policies policies, Context known, Map<Named, String> sources) {
    Loaded {
        sources = Map.copyOf(sources);
    }
}
