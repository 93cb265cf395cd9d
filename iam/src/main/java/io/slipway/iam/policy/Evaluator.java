package io.slipway.iam.policy;

import io.slipway.iam.policy.Decision.Part;
import io.slipway.iam.policy.Decision.Spoken;
import io.slipway.iam.policy.Decision.Verdict;
import io.slipway.iam.policy.Policies.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides requests (IAM user guide, policy evaluation logic).
 *
 * <p>Nothing is allowed unless something allows it, and whatever denies it has the last word. Beyond that:
 *
 * <ul>
 *   <li>Within one account, the policies of whoever asks and that of the thing are alternatives. A policy of the thing that names a
 *       user, a session, a service or everybody needs nothing else, so neither boundary nor session policies narrow it. One that
 *       names a role, or the user behind a federated session, replaces the identity's policies only. One that names the account
 *       leaves it to the account's own policies.
 *   <li>Across accounts, both sides must allow it, and whatever narrows the requester counts.
 *   <li>Nobody takes a role whose trust policy does not let them, not even within the account.
 *   <li>Guards of the organization narrow everybody in the account, its root too.
 * </ul>
 */
public final class Evaluator {
    private final Request request;
    private final Policies policies;
    private final String action;

    private Evaluator(Request request, Policies policies) {
        this.request = request;
        this.policies = policies;
        this.action = request.foldedAction();
    }

    public static Decision decide(Request request, Policies policies) {
        return new Evaluator(request, policies).decision();
    }

    private Decision decision() {
        Optional<Decision> denied = denied();
        if (denied.isPresent()) {
            return denied.get();
        }
        Granted granted = granted();
        Requester who = request.requester();
        if (!who.hasOwnPolicies()) {
            return granted.meant() == Principals.Meant.NOT ? silence(Part.RESOURCE) : allowed(granted.statements());
        }
        for (List<Named> level : policies.guards()) {
            if (allowing(Part.GUARD, level).isEmpty()) {
                return silence(Part.GUARD);
            }
        }
        if (request.acrossAccounts()) {
            return granted.meant() == Principals.Meant.NOT ? silence(Part.RESOURCE) : byIdentity(granted.statements());
        }
        return switch (granted.meant()) {
            case DIRECTLY -> allowed(granted.statements());
            case BY_ROLE -> narrowed(granted.statements());
            case BY_ACCOUNT -> byIdentity(List.of());
            case NOT -> mustBeNamed() ? silence(Part.RESOURCE) : byIdentity(List.of());
        };
    }

    private boolean mustBeNamed() {
        return policies.resource()
                .filter(each -> each.document().kind() == PolicyKind.TRUST)
                .isPresent();
    }

    /** Denied in the order in which AWS names it. */
    private Optional<Decision> denied() {
        if (request.requester().hasOwnPolicies()) {
            for (List<Named> level : policies.guards()) {
                Optional<Decision> denied = denied(Part.GUARD, level);
                if (denied.isPresent()) {
                    return denied;
                }
            }
        }
        Optional<Decision> byResource = policies.resource().flatMap(this::deniedByResource);
        if (byResource.isPresent() || !request.requester().hasOwnPolicies()) {
            return byResource;
        }
        return denied(Part.IDENTITY, policies.identity())
                .or(() -> policies.boundary().flatMap(each -> denied(Part.BOUNDARY, List.of(each))))
                .or(() -> policies.session().flatMap(each -> denied(Part.SESSION, each)));
    }

    private Optional<Decision> denied(Part part, List<Named> all) {
        for (int i = 0; i < all.size(); i++) {
            Named each = all.get(i);
            for (Statement statement : each.document().statements()) {
                if (about(statement, Effect.DENY)) {
                    return Optional.of(denied(part, each, statement));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Decision> deniedByResource(Named policy) {
        for (Statement each : policy.document().statements()) {
            if (about(each, Effect.DENY) && each.meant(request.requester()) != Principals.Meant.NOT) {
                return Optional.of(denied(Part.RESOURCE, policy, each));
            }
        }
        return Optional.empty();
    }

    private boolean about(Statement statement, Effect effect) {
        return statement.effect() == effect && statement.about(request, action);
    }

    private static Decision denied(Part part, Named policy, Statement statement) {
        return new Decision(Verdict.EXPLICITLY_DENIED, part, List.of(spoken(part, policy, statement)));
    }

    /** What the thing's own policy gives, by the statement that gives most. */
    private record Granted(Principals.Meant meant, List<Spoken> statements) {}

    private Granted granted() {
        Granted best = new Granted(Principals.Meant.NOT, List.of());
        if (policies.resource().isEmpty()) {
            return best;
        }
        Named policy = policies.resource().get();
        for (Statement each : policy.document().statements()) {
            if (about(each, Effect.ALLOW)) {
                Principals.Meant meant = each.meant(request.requester());
                if (meant.compareTo(best.meant()) > 0) {
                    best = new Granted(meant, List.of(spoken(Part.RESOURCE, policy, each)));
                }
            }
        }
        return best;
    }

    /** @param already what allows it on the other side */
    private Decision byIdentity(List<Spoken> already) {
        boolean root = request.requester().kind() == Requester.Kind.ROOT;
        List<Spoken> all = new ArrayList<>(already);
        if (root) {
            return policies.session().isPresent() ? narrowed(all) : new Decision(Verdict.ALLOWED, Part.ROOT, all);
        }
        List<Spoken> mine = allowing(Part.IDENTITY, policies.identity());
        if (mine.isEmpty()) {
            return silence(Part.IDENTITY);
        }
        all.addAll(0, mine);
        return narrowed(all);
    }

    private Decision narrowed(List<Spoken> allowing) {
        if (policies.boundary().isPresent()
                && allowing(Part.BOUNDARY, List.of(policies.boundary().get())).isEmpty()) {
            return silence(Part.BOUNDARY);
        }
        if (policies.session().isPresent()
                && allowing(Part.SESSION, policies.session().get()).isEmpty()) {
            return silence(Part.SESSION);
        }
        return allowed(allowing);
    }

    private List<Spoken> allowing(Part part, List<Named> all) {
        List<Spoken> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Named each = all.get(i);
            for (Statement statement : each.document().statements()) {
                if (about(statement, Effect.ALLOW)) {
                    found.add(spoken(part, each, statement));
                }
            }
        }
        return found;
    }

    private static Decision allowed(List<Spoken> by) {
        return new Decision(
                Verdict.ALLOWED, by.isEmpty() ? Part.ROOT : by.get(0).part(), by);
    }

    private static Decision silence(Part part) {
        return new Decision(Verdict.IMPLICITLY_DENIED, part, List.of());
    }

    private static Spoken spoken(Part part, Named policy, Statement statement) {
        return new Spoken(part, policy, statement.index(), statement.sid());
    }
}
