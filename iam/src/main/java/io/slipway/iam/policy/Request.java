package io.slipway.iam.policy;

import java.util.Locale;
import java.util.Optional;

/**
 * What somebody wants to do.
 *
 * @param action {@code s3:GetObject}
 * @param resource the name of the thing, or {@code *} where an action is about none
 * @param owner the account that the thing belongs to; empty: the requester's own
 * @param context what else is known; what follows from the requester is added
 */
public record Request(Requester requester, String action, String resource, Optional<AccountId> owner, Context context) {
    public Request {
        context = context.with(requester, owner);
    }

    public static Request of(Requester requester, String action, String resource) {
        return new Request(requester, action, resource, Optional.empty(), Context.EMPTY);
    }

    public Request with(Context more) {
        return new Request(requester, action, resource, owner, more.or(context));
    }

    public Request ownedBy(AccountId account) {
        return new Request(requester, action, resource, Optional.of(account), context);
    }

    /** Case does not matter in actions. */
    String foldedAction() {
        return action.toLowerCase(Locale.ROOT);
    }

    /** Whether requester and thing are of different accounts. Who has none comes from elsewhere always. */
    boolean acrossAccounts() {
        return requester.account().isEmpty()
                || owner.filter(other -> !other.equals(requester.account().get()))
                        .isPresent();
    }
}
