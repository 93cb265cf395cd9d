package io.slipway.object.bucket;

/** Whether a bucket keeps what is overwritten. */
public enum Versioning {
    /** Has never been asked to. */
    NEVER,
    ENABLED,
    /** Keeps the versions that it has, and makes new objects without a version. */
    SUSPENDED
}
