package io.slipway.work.job;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.Permissions;
import io.slipway.identity.Principal;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.store.Tx;
import java.util.Optional;

/** As whom work acts, and who may say what it does: nobody gets the rights of another by writing what runs as them. */
final class Actors {
    private final Identities identities;
    private final Permissions permissions;

    Actors(Identities identities, Permissions permissions) {
        this.identities = identities;
        this.permissions = permissions;
    }

    /** The principal by this name. */
    Optional<Principal> find(Tx tx, Caller caller, Optional<RunAs> wanted) {
        return wanted.map(runAs -> identities
                .principal(tx, caller.workspace(), runAs.kind(), runAs.name())
                .orElseThrow(() ->
                        PlatformException.notFound(runAs.kind().title() + " " + runAs.name() + " does not exist.")));
    }

    /** Throws PERMISSION_DENIED unless the caller may write what acts as this one: as themselves, or as an admin. */
    void require(Caller caller, Principal actor, String title) {
        if (!actor.id().equals(caller.id()) && !permissions.admin(caller)) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    caller.name() + " cannot change what acts as " + actor.name() + ": " + title + " must run as "
                            + caller.name() + " (run_as), or an admin must change it.");
        }
    }
}
