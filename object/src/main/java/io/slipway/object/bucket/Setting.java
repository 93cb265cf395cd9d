package io.slipway.object.bucket;

/** What may be set for a bucket. */
public enum Setting {
    POLICY,
    PUBLIC_ACCESS_BLOCK,
    OWNERSHIP,
    ACL,
    CORS,
    LIFECYCLE,
    ENCRYPTION,
    NOTIFICATION,
    TAGS
}
