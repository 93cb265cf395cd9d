package io.slipway.catalog;

import io.slipway.identity.Access;
import io.slipway.identity.Action;
import io.slipway.identity.Caller;
import java.util.List;

/** Ownership goes down the tree: whoever owns a catalog manages what is in it. */
final class Rights {
    /** Owner of what everybody may create things in, as {@code main} and its {@code default} schema. */
    static final String EVERYBODY = "account users";

    private final Access access;

    Rights(Access access) {
        this.access = access;
    }

    void requireAdmin(Caller caller, String what) {
        access.requireAdmin(caller, what);
    }

    /** @param owners of the thing itself and of those above it, from the bottom up */
    void requireManage(Caller caller, String subject, List<String> owners) {
        String owner = owners.stream()
                .filter(name -> name.equalsIgnoreCase(caller.userName()))
                .findFirst()
                .orElse(owners.get(0));
        access.require(caller, Action.MANAGE, subject, owner);
    }

    /** @param owners of the container and of those above it, from the bottom up */
    void requireCreate(Caller caller, String container, List<String> owners) {
        if (!owners.get(0).equals(EVERYBODY)) {
            requireManage(caller, container, owners);
        }
    }
}
