package io.slipway.object.bucket;

import io.slipway.iam.AwsCaller;
import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Requester;
import java.util.Optional;

/**
 * Who makes one call.
 *
 * @param trusted the platform itself, whom no policy keeps out
 */
public record Visitor(AwsCaller caller, boolean trusted) {
    public Optional<AccountId> account() {
        return caller.account();
    }

    public boolean signed() {
        return caller.requester().kind() != Requester.Kind.ANONYMOUS;
    }

    public boolean of(AccountId account) {
        return account().filter(account::equals).isPresent();
    }

    boolean rootOf(AccountId account) {
        return of(account) && caller.requester().kind() == Requester.Kind.ROOT;
    }
}
