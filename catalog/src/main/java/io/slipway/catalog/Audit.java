package io.slipway.catalog;

/** Who made and last changed a thing, and when: user names and epoch milliseconds. */
public record Audit(long createdAt, String createdBy, long updatedAt, String updatedBy) {
    static Audit made(long at, String by) {
        return new Audit(at, by, at, by);
    }

    Audit changed(long at, String by) {
        return new Audit(createdAt, createdBy, at, by);
    }
}
