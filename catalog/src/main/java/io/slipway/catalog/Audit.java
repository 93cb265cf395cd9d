package io.slipway.catalog;

import io.slipway.identity.Principal;

/** Who made and last changed a thing, and when in epoch milliseconds. */
public record Audit(long createdAt, Principal createdBy, long updatedAt, Principal updatedBy) {
    static Audit made(long at, Principal by) {
        return new Audit(at, by, at, by);
    }

    Audit changed(long at, Principal by) {
        return new Audit(createdAt, createdBy, at, by);
    }
}
