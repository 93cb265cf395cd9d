package io.slipway.identity;

/** A person or robot that can sign in. Times are epoch milliseconds. */
public record User(long id, String userName, String displayName, boolean admin, long createdAt) {
    public Caller caller() {
        return new Caller(id, userName, admin);
    }
}
