package io.slipway.iam.policy;

import java.util.List;
import java.util.function.Function;

/** Whether a text is what a pattern means. */
enum Match {
    YES,
    NO,
    /** The pattern has a variable without a value. */
    UNKNOWN;

    static Match of(boolean yes) {
        return yes ? YES : NO;
    }

    /** Yes if one says yes; unknown if none does and one does not know. */
    static <T> Match any(List<T> all, Function<T, Match> each) {
        Match best = NO;
        for (int i = 0; i < all.size(); i++) {
            Match one = each.apply(all.get(i));
            if (one == YES) {
                return YES;
            }
            best = one == UNKNOWN ? UNKNOWN : best;
        }
        return best;
    }

    boolean yes() {
        return this == YES;
    }

    /**
     * For {@code NotResource} and negated operators. What is not known must not open anything: it is taken for no where something is
     * allowed, and for yes where it is denied.
     */
    boolean negated(Effect effect) {
        return this == NO || (this == UNKNOWN && effect == Effect.DENY);
    }
}
