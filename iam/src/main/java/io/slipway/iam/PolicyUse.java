package io.slipway.iam;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a policy is to those who have it. */
enum PolicyUse {
    PERMISSIONS,
    BOUNDARY;

    /** Without a word, what is attached. */
    static PolicyUse of(@Nullable String word) {
        if (word == null || word.equals("PermissionsPolicy")) {
            return PERMISSIONS;
        }
        if (word.equals("PermissionsBoundary")) {
            return BOUNDARY;
        }
        throw Checks.unsatisfied(
                "policyUsageFilter", "Member must satisfy enum value set: [PermissionsPolicy, PermissionsBoundary]");
    }

    boolean uses(IamCall call, Handle handle, String arn) {
        return switch (this) {
            case PERMISSIONS ->
                !call.records()
                        .policies()
                        .attachedTo(handle, call.account(), arn)
                        .isEmpty();
            case BOUNDARY ->
                !call.records()
                        .entities()
                        .boundedBy(handle, call.account(), arn)
                        .isEmpty();
        };
    }
}
