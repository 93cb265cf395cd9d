package io.slipway.iam.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that has a say in a request.
 *
 * @param identity of the user and their groups, or of the role
 * @param boundary the most that the user or role may do
 * @param session what the session was narrowed to when it was made; empty: it was not. An empty list allows nothing
 * @param guards of the organization, one list for each level from its root to the account; every level must allow
 * @param resource of the thing itself
 */
public record Policies(
        List<Named> identity,
        Optional<Named> boundary,
        Optional<List<Named>> session,
        List<List<Named>> guards,
        Optional<Named> resource) {
    public static final Policies NONE =
            new Policies(List.of(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    /** A policy and the name by which a decision tells of it. */
    public record Named(String name, PolicyDocument document) {}

    public Policies {
        identity = List.copyOf(identity);
        session = session.map(List::copyOf);
        guards = guards.stream().map(List::copyOf).toList();
    }

    public static Policies of(Named... identity) {
        return NONE.withIdentity(identity);
    }

    public Policies withIdentity(Named... more) {
        List<Named> all = new ArrayList<>(identity);
        all.addAll(List.of(more));
        return new Policies(all, boundary, session, guards, resource);
    }

    public Policies withBoundary(Named policy) {
        return new Policies(identity, Optional.of(policy), session, guards, resource);
    }

    public Policies withSession(Named... all) {
        return new Policies(identity, boundary, Optional.of(List.of(all)), guards, resource);
    }

    /** One level more. */
    public Policies withGuards(Named... level) {
        List<List<Named>> levels = new ArrayList<>(guards);
        levels.add(List.of(level));
        return new Policies(identity, boundary, session, levels, resource);
    }

    public Policies withResource(Named policy) {
        return new Policies(identity, boundary, session, guards, Optional.of(policy));
    }
}
