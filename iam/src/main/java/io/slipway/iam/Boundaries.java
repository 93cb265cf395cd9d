package io.slipway.iam;

import io.slipway.iam.policy.Context;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The most that a user or role may do. */
final class Boundaries {
    private static final Pattern ARN =
            Pattern.compile("arn:aws:iam::(?:aws|[0-9]{12}):policy/(?:[!-~]+/)?[\\w+=,.@-]{1,128}");
    private static final String KEY = "iam:PermissionsBoundary";

    private Boundaries() {}

    static Optional<String> checked(IamCall call, @Nullable String policy) {
        if (policy == null) {
            return Optional.empty();
        }
        boolean ours = policy.startsWith("arn:aws:iam::aws:") || policy.startsWith(Attachments.prefix(call.account()));
        if (!ARN.matcher(policy).matches() || !ours) {
            throw IamFault.validation("Value (" + policy + ") for parameter PermissionsBoundary is invalid.");
        }
        return Optional.of(policy);
    }

    static Context wanted(Optional<String> boundary, Context more) {
        return boundary.map(policy -> more.with(KEY, policy)).orElse(more);
    }

    static void put(IamCall call, EntityKind kind, String name, String policy, String action) {
        Optional<String> boundary = checked(call, policy);
        call.change(handle -> {
            Entity entity = call.entity(handle, kind, name, action, wanted(boundary, Context.EMPTY));
            ServiceRoles.refuse(entity);
            Attachments.attachable(call, handle, policy);
            call.records().entities().update(handle, entity.bounded(boundary));
        });
    }

    static void remove(IamCall call, EntityKind kind, String name, String action) {
        call.change(handle -> {
            Entity entity = call.entity(handle, kind, name, action);
            if (entity.boundary().isEmpty()) {
                throw IamFault.missing(
                        kind == EntityKind.USER
                                ? "User " + name + " does not have a permissions boundary."
                                : "Role " + name + " does not have a permissions boundary.");
            }
            call.records().entities().update(handle, entity.bounded(Optional.empty()));
        });
    }
}
