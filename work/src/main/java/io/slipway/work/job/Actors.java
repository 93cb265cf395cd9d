package io.slipway.work.job;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Principal;
import io.slipway.identity.RuleSets;
import io.slipway.kit.PlatformException;
import io.slipway.store.Tx;
import java.util.Optional;

/** As whom work acts, and who may say what it does: nobody gets the rights of another by writing what runs as them. */
final class Actors {
    private final Identities identities;
    private final RuleSets roles;

    Actors(IdentityArea identity) {
        this.identities = identity.identities();
        this.roles = identity.ruleSets();
    }

    /** The principal by this name. */
    Optional<Principal> find(Tx tx, Caller caller, Optional<RunAs> wanted) {
        return wanted.map(runAs -> identities
                .principal(tx, caller.workspace(), runAs.kind(), runAs.name())
                .orElseThrow(() ->
                        PlatformException.notFound(runAs.kind().title() + " " + runAs.name() + " does not exist.")));
    }

    /** Throws PERMISSION_DENIED unless the caller may write what is to act as this one. */
    void require(Tx tx, Caller caller, Principal actor, String title) {
        roles.requireActing(tx, caller, actor, false, title);
    }

    /** As {@link #require}, of work that acts as {@code before} until now. */
    void requireChange(Tx tx, Caller caller, Principal before, Principal actor, String title) {
        roles.requireActing(tx, caller, actor, before.id().equals(actor.id()), title);
    }
}
