package io.slipway.catalog;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Owned;
import io.slipway.identity.Permissions;
import io.slipway.identity.Principal;
import io.slipway.identity.Right;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.store.Tx;
import java.util.List;
import java.util.Optional;

/** Ownership goes down the tree: whoever owns a catalog manages what is in it. */
final class Rights {
    /** Owner of what everybody may create things in, as {@code main} and its {@code default} schema. */
    static final Principal EVERYBODY = new Principal(PrincipalId.ACCOUNT_USERS, "account users");

    private final Permissions permissions;
    private final Identities identities;

    Rights(IdentityArea identity) {
        this.permissions = identity.permissions();
        this.identities = identity.identities();
    }

    void requireAdmin(Caller caller, String what) {
        permissions.requireAdmin(caller, what);
    }

    /** @param owners of the thing itself and of those above it, from the bottom up */
    void requireManage(Caller caller, Ref thing, String title, List<Principal> owners) {
        PrincipalId owner = owners.stream()
                .map(Principal::id)
                .map(Rights::manager)
                .filter(caller.principals()::contains)
                .findFirst()
                .orElse(manager(owners.get(0).id()));
        permissions.require(caller, Right.MANAGE, new Owned(thing, owner, title));
    }

    /** What everybody may create in, admins manage. */
    private static PrincipalId manager(PrincipalId owner) {
        return owner.equals(PrincipalId.ACCOUNT_USERS) ? PrincipalId.ADMINS : owner;
    }

    /** @param owners of the container and of those above it, from the bottom up */
    void requireCreate(Caller caller, Ref container, String title, List<Principal> owners) {
        if (!owners.get(0).equals(EVERYBODY)) {
            requireManage(caller, container, title, owners);
        }
    }

    /** Who owns a thing from now on, given by name. */
    Principal owner(Tx tx, Caller caller, Optional<String> name, Principal before) {
        return name.map(wanted -> identities
                        .principal(tx, caller.workspace(), wanted)
                        .orElseThrow(() -> Refusal.missing("Principal", wanted)))
                .orElse(before);
    }
}
