package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Decision;
import io.slipway.iam.policy.Evaluator;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Request;
import io.slipway.iam.policy.Requester;
import java.util.Optional;

/**
 * Who makes one call of a service of AWS. Made anew for each call, so that what they may do is never older than the call.
 *
 * @param policies all that has a say about them; what is written at things is added by whoever guards those
 * @param context what is known of the call: from where it comes, when, and whether it was encrypted. Nothing that the caller chose
 * @param region to which the call is addressed
 * @param keyId of the access key by which it is signed; empty: not signed, or made by the platform itself
 */
public record AwsCaller(
        Requester requester, Policies policies, Context context, String region, Optional<String> keyId) {
    public Optional<AccountId> account() {
        return requester.account();
    }

    /** Whether they may do {@code action} with a thing of their own account that has no policy. */
    public Decision decide(String action, String resource) {
        return decide(request(action, resource), Optional.empty());
    }

    /** @param atThing what is written at the thing: a bucket's policy, the trust policy of a role */
    public Decision decide(Request request, Optional<Policies.Named> atThing) {
        return Evaluator.decide(request, atThing.map(policies::withResource).orElse(policies));
    }

    /** Something that they want to do, to be made more precise: whose the thing is, what else is known. */
    public Request request(String action, String resource) {
        return new Request(requester, action, resource, Optional.empty(), context);
    }
}
