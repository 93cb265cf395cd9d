package io.slipway.iam.policy;

/** Where a policy is kept: that decides what it may say, and how long it may be (IAM and STS quotas; S3, bucket policies). */
public enum PolicyKind {
    /** A policy with a name of its own, attached to many; also a permissions boundary. */
    MANAGED(6_144),
    ROLE_INLINE(10_240),
    USER_INLINE(2_048),
    GROUP_INLINE(5_120),
    /** Handed in when a session is made. */
    SESSION(2_048),
    /** Who may take a role. Names principals and no resources. */
    TRUST(2_048),
    /** On a bucket, or another thing. */
    RESOURCE(20_480),
    /** Of an organization: the most that anybody in an account may do. */
    GUARD(5_120);

    private final int limit;

    PolicyKind(int limit) {
        this.limit = limit;
    }

    /** In characters; white space does not count but in the policy of a bucket. */
    public int limit() {
        return limit;
    }

    boolean namesPrincipals() {
        return this == TRUST || this == RESOURCE;
    }

    boolean namesResources() {
        return this != TRUST;
    }

    /** Only managed policies refuse the first edition of the language. */
    boolean needsNewest() {
        return this == MANAGED;
    }
}
