package io.slipway.iam.policy;

import java.util.List;
import java.util.Optional;

/**
 * One statement of a policy, made ready.
 *
 * @param index its place in the policy, from 0
 * @param resources none: about every thing, as trust policies are
 * @param principals empty in policies of identities
 */
record Statement(
        int index,
        Optional<String> sid,
        Effect effect,
        boolean notActions,
        List<TextPattern> actions,
        boolean notResources,
        List<ArnPattern> resources,
        Optional<Principals> principals,
        List<Condition> conditions) {
    Statement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    /** Whether it speaks about the request, whoever asks. */
    boolean about(Request request, String foldedAction) {
        return aboutAction(foldedAction) && aboutResource(request) && underConditions(request);
    }

    private boolean aboutAction(String folded) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).matches(folded, Context.EMPTY).yes()) {
                return !notActions;
            }
        }
        return notActions;
    }

    private boolean aboutResource(Request request) {
        if (resources.isEmpty()) {
            return true;
        }
        Match match = named(request.resource(), request.context());
        return notResources ? match.negated(effect) : match.yes();
    }

    /** As {@link Match#any}; asked so often that it is worth a loop. */
    private Match named(String resource, Context context) {
        boolean unknown = false;
        for (int i = 0; i < resources.size(); i++) {
            Match match = resources.get(i).matches(resource, context);
            if (match == Match.YES) {
                return match;
            }
            unknown |= match == Match.UNKNOWN;
        }
        return unknown ? Match.UNKNOWN : Match.NO;
    }

    private boolean underConditions(Request request) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).holds(request.context(), effect)) {
                return false;
            }
        }
        return true;
    }

    Principals.Meant meant(Requester who) {
        return principals.map(all -> all.meant(who, effect)).orElse(Principals.Meant.DIRECTLY);
    }
}
