package io.slipway.identity.secret;

/** What somebody may do with a scope; each includes those before it. */
public enum SecretRight {
    /** List its keys and read its values. */
    READ,
    /** Put and delete secrets. */
    WRITE,
    /** Delete it, and say who may do what with it. */
    MANAGE;

    boolean includes(SecretRight other) {
        return compareTo(other) >= 0;
    }
}
